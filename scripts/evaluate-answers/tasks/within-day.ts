import { highestRow, missingIn, numberIn, rowsAt, rowsOf, textIn } from "../answers.ts";
import { between, highest, numberOf, onDay, textOf } from "../read-documents.ts";
import type { HeldDocument, SyntheticPeople } from "../synthetic-people.ts";
import type { Task } from "../task.ts";

const tool = "oura_get_intraday";

/** Rows of heart rate in a stretch of time; both ends as Oura takes them, with their offset. */
async function heartRate(people: SyntheticPeople, person: string, start: string, end: string): Promise<HeldDocument[]> {
  const rows = await people.held(person, "heartrate", { start, end });
  return rows.filter((row) => Date.parse(textOf(row, "timestamp")) < Date.parse(end));
}

/** A row's time as New York reads it in November, without its offset. */
function inNewYork(row: HeldDocument): string {
  return new Date(Date.parse(textOf(row, "timestamp")) - 5 * 3_600_000).toISOString();
}

export const withinDayTasks: readonly Task[] = [
  {
    question: "How many steps did I take between 18:00 and 19:00 on 19 November?",
    person: "everyday",
    tolerance: 500, // a tenth. Oura does not say when steps were taken: the answer is an estimate and calls itself one
    async rightValue(people) {
      const before = await people.heldAt("2026-11-19T18:00:00-05:00", "everyday", "daily_activity");
      const after = await people.heldAt("2026-11-19T19:00:00-05:00", "everyday", "daily_activity");
      const [first, last] = [before, after].map((days) => numberOf(onDay(days, "2026-11-19"), "steps"));
      return (last ?? 0) - (first ?? 0);
    },
    async solve(assistant) {
      const input = { metric: "steps", start_date: "2026-11-19", start_time: "18:00", end_time: "19:00" };
      const [hour] = rowsAt(await assistant.call(tool, input), "series");
      return numberIn(hour, "steps_estimated");
    },
  },
  {
    question: "What was my highest heart rate on 19 November, and when, to five minutes?",
    person: "everyday",
    async rightValue(people) {
      const rows = await heartRate(people, "everyday", "2026-11-19T05:00:00Z", "2026-11-20T05:00:00Z");
      const peak = highest(rows, (row) => numberOf(row, "bpm"));
      const minute = Number(inNewYork(peak).slice(14, 16));
      const bucket = String(minute - (minute % 5)).padStart(2, "0");
      return `${numberOf(peak, "bpm")} bpm at ${inNewYork(peak).slice(11, 14)}${bucket}`;
    },
    async solve(assistant) {
      const answer = await assistant.call(tool, { start_date: "2026-11-19", resolution_minutes: 5 });
      const peak = highestRow(rowsAt(answer, "series"), "max_bpm");
      return `${numberIn(peak, "max_bpm")} bpm at ${textIn(peak, "time")}`;
    },
  },
  {
    question: "On which day from 13 to 19 November did my heart beat fastest?",
    person: "everyday",
    async rightValue(people) {
      const rows = await heartRate(people, "everyday", "2026-11-13T05:00:00Z", "2026-11-20T05:00:00Z");
      const fastest = highest(rows, (row) => numberOf(row, "bpm"));
      return inNewYork(fastest).slice(0, 10);
    },
    async solve(assistant) {
      const answer = await assistant.call(tool, { start_date: "2026-11-13", end_date: "2026-11-19" });
      return textIn(highestRow(rowsAt(answer, "by_day"), "max_bpm"), "day");
    },
  },
  {
    question: "On the day of November with most steps, what was my highest heart rate between noon and six?",
    person: "everyday",
    async rightValue(people) {
      const days = between(await people.held("everyday", "daily_activity"), "2026-11-06", "2026-11-20");
      const day = textOf(
        highest(days, (document) => numberOf(document, "steps")),
        "day",
      );
      const rows = await heartRate(people, "everyday", `${day}T12:00:00-05:00`, `${day}T18:00:00-05:00`);
      return Math.max(...rows.map((row) => numberOf(row, "bpm")));
    },
    async solve(assistant) {
      const range = { start_date: "2026-11-06", end_date: "today", sections: ["activity"] };
      const days = rowsOf(await assistant.call("oura_get_daily_summary", range));
      const day = textIn(highestRow(days, "steps"), "day");
      const input = { start_date: day, start_time: "12:00", end_time: "18:00" };
      return numberIn(highestRow(rowsAt(await assistant.call(tool, input), "series"), "max_bpm"), "max_bpm");
    },
  },
  {
    question: "What was my lowest heart rate while awake yesterday?",
    person: "two_rings",
    async rightValue(people) {
      const rows = await heartRate(people, "two_rings", "2026-11-19T00:00:00Z", "2026-11-20T00:00:00Z");
      return Math.min(...rows.filter(({ source }) => source === "awake").map((row) => numberOf(row, "bpm")));
    },
    async solve(assistant) {
      const answer = await assistant.call(tool, { start_date: "yesterday", summary_only: true });
      return numberIn(
        rowsAt(answer, "by_source").find(({ source }) => source === "awake"),
        "min_bpm",
      );
    },
  },
  {
    question: "Why is there no heart rate of yesterday's daytime?",
    person: "gen2",
    async rightValue(people) {
      const rings = await people.held("gen2", "ring_configuration");
      return rings.every(({ hardware_type }) => hardware_type === "gen2") ? "not_supported" : "not_synced";
    },
    async solve(assistant) {
      const gaps = missingIn(await assistant.call(tool, { start_date: "yesterday" }));
      return [...new Set(gaps.map(({ reason }) => reason))].join(", ");
    },
  },
];
