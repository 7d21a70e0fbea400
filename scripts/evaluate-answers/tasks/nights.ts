import { z } from "zod";
import { parseIsoDay } from "../../../src/analytics/day.ts";
import { formatDay } from "../../../src/words/present.ts";
import { highestRow, missingIn, numberIn, rowsOf, textIn } from "../answers.ts";
import {
  between,
  clockOf,
  daysBetween,
  highest,
  mainNights,
  naps,
  numberOf,
  offsetOf,
  onDay,
  textOf,
} from "../read-documents.ts";
import type { HeldDocument, SyntheticPeople } from "../synthetic-people.ts";
import type { Task } from "../task.ts";

async function sleepOf(people: SyntheticPeople, person: string, first: string, last: string): Promise<HeldDocument[]> {
  return between(await people.held(person, "sleep"), first, last);
}

const tool = "oura_get_sleep_sessions";
const sleep = z.object({ kind: z.string(), rows: z.unknown() });

export const nightTasks: readonly Task[] = [
  {
    question: "What was my lowest resting heart rate of a night in October, and on which night?",
    person: "everyday",
    async rightValue(people) {
      const nights = mainNights(await sleepOf(people, "everyday", "2026-10-01", "2026-10-31"));
      const lowest = highest(nights, (night) => -numberOf(night, "lowest_heart_rate"));
      return `${numberOf(lowest, "lowest_heart_rate")} bpm on ${textOf(lowest, "day")}`;
    },
    async solve(assistant) {
      const rows = rowsOf(await assistant.call(tool, { start_date: "2026-10-01", end_date: "2026-10-31" }));
      const nights = rows.filter(({ kind, hr_low_bpm }) => kind === "night" && hr_low_bpm !== null);
      const lowest = Math.min(...nights.map((night) => numberIn(night, "hr_low_bpm")));
      return `${lowest} bpm on ${nights.find((night) => night.hr_low_bpm === lowest)?.day}`;
    },
  },
  {
    question: "How many naps did I take in September?",
    person: "everyday",
    rightValue: async (people) => naps(await sleepOf(people, "everyday", "2026-09-01", "2026-09-30")).length,
    async solve(assistant) {
      const rows = rowsOf(await assistant.call(tool, { start_date: "2026-09-01", end_date: "2026-09-30" }));
      return rows.filter(({ kind }) => kind === "nap").length;
    },
  },
  {
    question: "On which of the last 30 nights was the ring not worn?",
    person: "everyday",
    async rightValue(people) {
      const [first, last] = ["2026-10-22", "2026-11-20"];
      const worn = mainNights(await sleepOf(people, "everyday", first, last)).map((night) => textOf(night, "day"));
      return daysBetween(first, last)
        .filter((day) => !worn.includes(day))
        .join(", ");
    },
    async solve(assistant) {
      const answer = await assistant.call(tool, { start_date: "2026-10-22", end_date: "2026-11-20" });
      const gaps = missingIn(answer).filter(({ what, reason }) => what === "night" && reason === "not_worn");
      return gaps.flatMap(({ days = "" }) => days.split(", ").flatMap(unfold)).join(", ");
    },
  },
  {
    question: "On which mornings since 20 October did I wake up in another time zone than the day before?",
    person: "everyday",
    async rightValue(people) {
      const nights = mainNights(await sleepOf(people, "everyday", "2026-10-20", "2026-11-20"));
      const offsets = nights.map((night) => [textOf(night, "day"), offsetOf(textOf(night, "bedtime_end"))] as const);
      return offsets
        .filter(([, offset], index) => index > 0 && offset !== offsets[index - 1]?.[1])
        .map(([day, offset]) => `${day} ${offset}`)
        .join(", ");
    },
    async solve(assistant) {
      const answer = await assistant.call(tool, { start_date: "2026-10-20", end_date: "today" });
      const { utc_offset_changes } = z
        .object({ utc_offset_changes: z.array(z.object({ from_day: z.string(), utc_offset: z.string() })) })
        .parse(answer);
      return utc_offset_changes.map(({ from_day, utc_offset }) => `${from_day} ${utc_offset}`).join(", ");
    },
  },
  {
    question: "When did I get up on 3 November, on the clock of where I was?",
    person: "everyday",
    async rightValue(people) {
      const nights = mainNights(await people.held("everyday", "sleep"));
      return clockOf(textOf(onDay(nights, "2026-11-03"), "bedtime_end"));
    },
    async solve(assistant) {
      const rows = rowsOf(await assistant.call(tool, { start_date: "2026-11-03" }));
      return textIn(
        rows.find(({ kind }) => kind === "night"),
        "end",
      );
    },
  },
  {
    question: "How many minutes of REM had I had by 03:00 last night?",
    person: "everyday",
    tolerance: 1, // twelve or so buckets, each rounded to a tenth of a minute
    async rightValue(people) {
      const night = onDay(mainNights(await people.held("everyday", "sleep")), "2026-11-20");
      const seconds = (Date.parse("2026-11-20T03:00:00-05:00") - Date.parse(textOf(night, "bedtime_start"))) / 1_000;
      const phases = [...textOf(night, "sleep_phase_30_sec")];
      const overlap = (index: number) => Math.min(30, Math.max(0, seconds - index * 30));
      return phases.reduce((sum, phase, index) => sum + (phase === "3" ? overlap(index) : 0), 0) / 60;
    },
    async solve(assistant) {
      const answer = await assistant.call(tool, { start_date: "today", include_time_series: true });
      const { time_series } = z
        .object({ time_series: z.object({ columns: z.unknown(), sleeps: z.array(sleep) }) })
        .parse(answer);
      const night = time_series.sleeps.find(({ kind }) => kind === "night");
      const rows = rowsOf({ columns: time_series.columns, rows: night?.rows });
      const until = rows.findIndex(({ time }) => time === "03:00");
      return rows.slice(0, until).reduce((sum, row) => sum + (typeof row.rem_min === "number" ? row.rem_min : 0), 0);
    },
  },
  {
    question: "How long was my last night? If it has not been synced yet: the newest one, and of which day?",
    person: "far_east",
    async rightValue(people) {
      const newest = mainNights(await people.held("far_east", "sleep")).at(-1);
      return `${Math.round(numberOf(newest, "total_sleep_duration") / 60)} min on ${textOf(newest, "day")}`;
    },
    async solve(assistant) {
      const { summary, rows } = z
        .object({ summary: z.string(), rows: z.array(z.unknown()) })
        .parse(await assistant.call(tool));
      const said = /The newest night is (.+)\.$/.exec(summary)?.[1];
      const newest = daysBetween("2026-11-14", "2026-11-21")
        .map(parseIsoDay)
        .find((day) => day !== null && formatDay(day) === said);
      if (rows.length > 0 || !newest) return null;
      const night = rowsOf(await assistant.call(tool, { start_date: newest })).find(({ kind }) => kind === "night");
      return `${numberIn(night, "asleep_min")} min on ${newest}`;
    },
  },
  {
    question: "In which of the last 14 nights did I take longest to fall asleep, and how many minutes?",
    person: "gen2",
    async rightValue(people) {
      const nights = mainNights(await sleepOf(people, "gen2", "2026-11-07", "2026-11-20"));
      const slowest = highest(nights, (night) => numberOf(night, "latency"));
      return `${textOf(slowest, "day")}: ${Math.round(numberOf(slowest, "latency") / 60)} min`;
    },
    async solve(assistant) {
      const rows = rowsOf(await assistant.call(tool, { start_date: "2026-11-07", end_date: "2026-11-20" }));
      const slowest = highestRow(
        rows.filter(({ kind }) => kind === "night"),
        "latency_min",
      );
      return `${textIn(slowest, "day")}: ${numberIn(slowest, "latency_min")} min`;
    },
  },
  {
    question: "What was the latest I got up in the last seven days?",
    person: "two_rings",
    async rightValue(people) {
      const nights = mainNights(await sleepOf(people, "two_rings", "2026-11-14", "2026-11-20"));
      const times = nights.map((night) => clockOf(textOf(night, "bedtime_end")));
      return times.toSorted().at(-1) ?? null;
    },
    async solve(assistant) {
      const [row] = rowsOf(await assistant.call("oura_get_trends", { metrics: ["wake_time"], window_days: 7 }));
      return textIn(row, "max");
    },
  },
];

/** "2026-11-04..2026-11-06" as its days. */
function unfold(days: string): string[] {
  const [first = days, last = first] = days.split("..");
  return daysBetween(first, last);
}
