import { z } from "zod";
import { highestRow, missingIn, numberIn, type Row, rowsAt, rowsOf, textIn } from "../answers.ts";
import { between, daysBetween, highest, mainNights, mean, numberOf, onDay, textOf } from "../read-documents.ts";
import type { HeldDocument } from "../synthetic-people.ts";
import type { Task } from "../task.ts";

const tool = "oura_get_daily_summary";

export const dayTasks: readonly Task[] = [
  {
    question: "On which of the last 90 days did I walk most, and how many steps?",
    person: "everyday",
    async rightValue(people) {
      const days = between(await people.held("everyday", "daily_activity"), "2026-08-23", "2026-11-20");
      const best = highest(days, (day) => numberOf(day, "steps"));
      return `${numberOf(best, "steps")} on ${textOf(best, "day")}`;
    },
    async solve(assistant) {
      const input = { start_date: "2026-08-23", end_date: "today", sections: ["activity"] };
      const best = highestRow(rowsOf(await assistant.call(tool, input)), "steps");
      return `${numberIn(best, "steps")} on ${textIn(best, "day")}`;
    },
  },
  {
    question: "How many days in October does Oura call stressful?",
    person: "everyday",
    async rightValue(people) {
      const days = between(await people.held("everyday", "daily_stress"), "2026-10-01", "2026-10-31");
      return days.filter(({ day_summary }) => day_summary === "stressful").length;
    },
    async solve(assistant) {
      const input = { start_date: "2026-10-01", end_date: "2026-10-31", sections: ["stress"] };
      const rows = rowsOf(await assistant.call(tool, input));
      return rows.filter(({ stress_day }) => stress_day === "stressful").length;
    },
  },
  {
    question: "What was my lowest blood oxygen in the last 90 nights?",
    person: "everyday",
    tolerance: 0.05,
    async rightValue(people) {
      const days = between(await people.held("everyday", "daily_spo2"), "2026-08-23", "2026-11-20");
      const measured = days.filter((day) => spo2Of(day) > 0); // 0.0 is Oura's way to say that it measured nothing
      const lowest = highest(measured, (day) => -spo2Of(day));
      return spo2Of(lowest);
    },
    async solve(assistant) {
      const input = { start_date: "2026-08-23", end_date: "today", sections: ["spo2"] };
      const rows = rowsOf(await assistant.call(tool, input)).filter(({ spo2_pct }) => spo2_pct !== null);
      return Math.min(...rows.map((row) => numberIn(row, "spo2_pct")));
    },
  },
  {
    question: "What is my newest VO2 max, and from when?",
    person: "everyday",
    async rightValue(people) {
      const newest = (await people.held("everyday", "vO2_max")).at(-1);
      return `${numberOf(newest, "vo2_max")} on ${textOf(newest, "day")}`;
    },
    async solve(assistant) {
      const input = { start_date: "2026-08-21", end_date: "today", sections: ["heart_health"] };
      const { notes } = z.object({ notes: z.array(z.string()) }).parse(await assistant.call(tool, input));
      const told = notes.find((note) => note.startsWith("vo2_max_ml_kg_min:"))?.match(/\d+ on \d{4}-\d\d-\d\d/g);
      return told?.at(-1) ?? null;
    },
  },
  {
    question: "After my worst night of October by sleep score, how many steps did I take the next day?",
    person: "everyday",
    async rightValue(people) {
      const scores = between(await people.held("everyday", "daily_sleep"), "2026-10-01", "2026-10-31");
      const worst = highest(scores, (night) => -numberOf(night, "score"));
      const [, next] = daysBetween(textOf(worst, "day"), "2026-11-01");
      return numberOf(onDay(await people.held("everyday", "daily_activity"), next ?? ""), "steps");
    },
    async solve(assistant) {
      const input = { start_date: "2026-10-01", end_date: "2026-11-01", sections: ["sleep", "activity"] };
      const rows = rowsOf(await assistant.call(tool, input));
      const scored = rows.filter(({ day, sleep_score }) => day !== "2026-11-01" && sleep_score !== null);
      const worst = Math.min(...scored.map((row) => numberIn(row, "sleep_score")));
      const at = rows.findIndex(({ sleep_score }) => sleep_score === worst);
      return numberIn(rows[at + 1], "steps");
    },
  },
  {
    question: "How many steps did I take yesterday, and which date was that?",
    person: "far_east",
    async rightValue(people) {
      const yesterday = (await people.held("far_east", "daily_activity")).at(-2);
      return `${numberOf(yesterday, "steps")} on ${textOf(yesterday, "day")}`;
    },
    async solve(assistant) {
      const input = { start_date: "yesterday", sections: ["activity"] };
      const [yesterday] = rowsOf(await assistant.call(tool, input));
      return `${numberIn(yesterday, "steps")} on ${textIn(yesterday, "day")}`;
    },
  },
  {
    question: "Was my resting heart rate on 9 October as usual?",
    person: "everyday",
    async rightValue(people) {
      const nights = mainNights(await people.held("everyday", "sleep"));
      const before = between(nights, "2026-09-11", "2026-10-08").map((night) => numberOf(night, "lowest_heart_rate"));
      const that = numberOf(onDay(nights, "2026-10-09"), "lowest_heart_rate");
      // Beyond everything seen in four weeks is unusual by any definition; anything less clear would be no question.
      if (that <= Math.max(...before)) throw new Error("9 October is not plainly unusual");
      return "above";
    },
    async solve(assistant) {
      const input = { start_date: "2026-10-09", sections: ["sleep"], include_baselines: true };
      const rows = rowsAt(await assistant.call(tool, input), "baselines");
      return textIn(
        rows.find(({ metric }) => metric === "resting_heart_rate"),
        "stands",
      );
    },
  },
  {
    question: "In which month from January to October was my readiness best on average?",
    person: "everyday",
    async rightValue(people) {
      const days = between(await people.held("everyday", "daily_readiness"), "2026-01-01", "2026-10-31");
      const scored = days.filter(({ score }) => score !== null);
      return bestMonth(scored.map((day) => [textOf(day, "day"), numberOf(day, "score")]));
    },
    async solve(assistant) {
      const rows: Row[] = [];
      const parts = [
        ["2026-01-01", "2026-03-31"],
        ["2026-04-01", "2026-06-30"],
        ["2026-07-01", "2026-09-30"],
        ["2026-10-01", "2026-10-31"],
      ];
      for (const [start_date, end_date] of parts) {
        rows.push(...rowsOf(await assistant.call(tool, { start_date, end_date, sections: ["readiness"] })));
      }
      const scored = rows.filter(({ readiness_score }) => readiness_score !== null);
      return bestMonth(scored.map((row) => [textIn(row, "day"), numberIn(row, "readiness_score")]));
    },
  },
  {
    question: "Which kinds of data can my ring not measure?",
    person: "gen2",
    async rightValue(people) {
      const routes = [
        ["heart_health", "daily_cardiovascular_age"],
        ["resilience", "daily_resilience"],
        ["spo2", "daily_spo2"],
        ["stress", "daily_stress"],
      ] as const;
      const held = await Promise.all(routes.map(([, route]) => people.held("gen2", route)));
      return routes.flatMap(([kind], index) => (held[index]?.length === 0 ? [kind] : [])).join(", ");
    },
    async solve(assistant) {
      const gaps = missingIn(await assistant.call(tool, { start_date: "2026-11-14", end_date: "today" }));
      const unsupported = gaps.filter(({ reason }) => reason === "not_supported");
      return unsupported
        .flatMap(({ what }) => what.split(", "))
        .toSorted()
        .join(", ");
    },
  },
];

function spo2Of(day: HeldDocument): number {
  const parsed = z.object({ average: z.number() }).safeParse(day.spo2_percentage);
  return parsed.success ? parsed.data.average : 0;
}

function bestMonth(scores: readonly (readonly [day: string, score: number])[]): string {
  const months = Map.groupBy(scores, ([day]) => day.slice(0, 7));
  const means = Array.from(months, ([month, list]) => ({ month, mean: mean(list.map(([, score]) => score)) }));
  const best = means.toSorted((left, right) => right.mean - left.mean)[0];
  return best ? `${best.month}: ${best.mean.toFixed(1)}` : "none";
}
