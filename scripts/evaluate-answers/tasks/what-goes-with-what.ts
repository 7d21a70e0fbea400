import { numberIn, type Row, rowsOf, textIn } from "../answers.ts";
import { between, textOf } from "../read-documents.ts";
import type { Task } from "../task.ts";
import { hrvChangeOfFourWeeks } from "./hrv-change.ts";

const october = { start_date: "2026-10-01", end_date: "2026-10-31" };
const year = { start_date: "2025-11-21", end_date: "2026-11-20" };

export const whatGoesWithWhatTasks: readonly Task[] = [
  {
    question: "On how many evenings of October did I note alcohol?",
    person: "everyday",
    async rightValue(people) {
      const tags = await people.held("everyday", "enhanced_tag");
      return tags.filter((tag) => tag.tag_type_code === "tag_generic_alcohol" && isInOctober(textOf(tag, "start_day")))
        .length;
    },
    async solve(assistant) {
      const input = { ...october, kinds: ["tag"], name: "alcohol" };
      return rowsOf(await assistant.call("oura_get_events", input)).length;
    },
  },
  {
    question: "When did the first workout of October begin?",
    person: "two_rings",
    async rightValue(people) {
      const workouts = between(await people.held("two_rings", "workout"), october.start_date, october.end_date);
      const starts = workouts.map((workout) => textOf(workout, "start_datetime").slice(0, 16));
      return starts.toSorted()[0] ?? null;
    },
    async solve(assistant) {
      // A whole month of walks is more than one answer lists, as it says.
      const week = { start_date: "2026-10-01", end_date: "2026-10-07", kinds: ["workout"] };
      const rows = rowsOf(await assistant.call("oura_get_events", week));
      return (
        rows
          .map((row) => textIn(row, "start").slice(0, 16))
          .toSorted()
          .at(0) ?? null
      );
    },
  },
  {
    question:
      "By how many milliseconds does the geometric mean of my HRV differ between 26 September to 23 October and the four weeks since?",
    person: "two_rings",
    tolerance: 0.1, // the difference of two means that are rounded to a tenth
    rightValue: hrvChangeOfFourWeeks,
    async solve(assistant) {
      const answer = await assistant.call("oura_compare_periods", { last_days: 28, metrics: ["hrv"] });
      return numberIn(rowsOf(answer)[0], "difference");
    },
  },
  {
    question: "In the days of my illness, did I breathe faster or slower than in the days before?",
    person: "everyday",
    async rightValue(people) {
      // An illness adds up to 1.5 breaths a minute; see sandbox/people/physiology.ts.
      return (await people.illnessOf("everyday")) === null ? null : "faster";
    },
    async solve(assistant) {
      // Rest mode was on through the illness.
      const rest = { start_date: "2026-09-01", end_date: "2026-10-31", kinds: ["rest_mode"] };
      const [spell] = rowsOf(await assistant.call("oura_get_events", rest));
      const first = textIn(spell, "start").slice(0, 10);
      const period = { start_date: first, end_date: sixDaysAfter(first), metrics: ["breathing_rate"] };
      const answer = await assistant.call("oura_compare_periods", period);
      return numberIn(rowsOf(answer)[0], "difference") > 0 ? "faster" : "slower";
    },
  },
  {
    question: "By about how many beats is my resting heart rate higher after alcohol?",
    person: "everyday",
    tolerance: 1,
    // Planted: 4 bpm in the night after; see sandbox/people/physiology.ts.
    rightValue: async () => 4,
    async solve(assistant) {
      const answer = await assistant.call("oura_find_influences", { ...year, outcomes: ["resting_heart_rate"] });
      const alcohol = rowsOf(answer).find(({ factor }) => factor === "tag alcohol");
      return middleOf(alcohol);
    },
  },
  {
    question: "Does a day without caffeine do anything to my HRV?",
    person: "everyday",
    // Planted: nothing; see sandbox/people/physiology.ts.
    rightValue: async () => "nothing found",
    async solve(assistant) {
      const answer = await assistant.call("oura_find_influences", { ...year, outcomes: ["hrv"] });
      const isFound = rowsOf(answer).some(({ factor }) => factor === "tag no caffeine");
      return isFound ? "found" : "nothing found";
    },
  },
];

function isInOctober(day: string): boolean {
  return day >= october.start_date && day <= october.end_date;
}

/** The middle of an interval, where the answer gives one. */
function middleOf(row: Row | undefined): number {
  return (numberIn(row, "low") + numberIn(row, "high")) / 2;
}

/** As many days as a comparison needs at least. */
function sixDaysAfter(day: string): string {
  return new Date(Date.parse(day) + 6 * 86_400_000).toISOString().slice(0, 10);
}
