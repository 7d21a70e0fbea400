import { z } from "zod";
import { numberIn, rowsOf } from "../answers.ts";
import { between, mean, numberOf } from "../read-documents.ts";
import type { Task } from "../task.ts";
import { hrvChangeOfFourWeeks } from "./hrv-change.ts";

export const overWeeksTasks: readonly Task[] = [
  {
    question: "By how many percent did my steps change from the week of 6 November to that of 13 November?",
    person: "everyday",
    tolerance: 0.5,
    async rightValue(people) {
      const days = await people.held("everyday", "daily_activity");
      const [before = 0, after = 0] = [
        between(days, "2026-11-06", "2026-11-12"),
        between(days, "2026-11-13", "2026-11-19"),
      ].map((week) => mean(week.map((day) => numberOf(day, "steps"))));
      return (100 * (after - before)) / before;
    },
    async solve(assistant) {
      const input = { metrics: ["steps"], window_days: 7, end_date: "2026-11-19" };
      return numberIn(rowsOf(await assistant.call("oura_get_trends", input))[0], "vs_window_pct");
    },
  },
  {
    question:
      "By how many milliseconds does the geometric mean of my HRV of the last four weeks differ from the four weeks before?",
    person: "two_rings",
    tolerance: 0.1, // the difference of two means that are rounded to a tenth
    rightValue: hrvChangeOfFourWeeks,
    async solve(assistant) {
      const answer = await assistant.call("oura_get_trends", { metrics: ["hrv"], window_days: 28 });
      return numberIn(rowsOf(answer)[0], "vs_month");
    },
  },
  {
    question: "On which day of October did a spell of several signs of strain together begin, give or take a day?",
    person: "everyday",
    tolerance: 1,
    async rightValue(people) {
      const illness = await people.illnessOf("everyday");
      return illness && dayOfOctober(illness.first);
    },
    async solve(assistant) {
      const input = { start_date: "2026-10-01", end_date: "2026-10-31" };
      const { together } = spells.parse(await assistant.call("oura_detect_anomalies", input));
      const [only, ...more] = together;
      return only && more.length === 0 ? dayOfOctober(only.from) : null;
    },
  },
];

const spells = z.object({ together: z.array(z.object({ from: z.string() })) });

function dayOfOctober(day: string): number {
  return (Date.parse(day) - Date.parse("2026-09-30")) / 86_400_000;
}
