import { numberOf } from "../../evaluate-answers/read-documents.ts";
import { activeDays, dayOf, meanOf, sumOf } from "../figures.ts";
import type { ComputedQuestion } from "../question.ts";

export const activityQuestions: readonly ComputedQuestion[] = [
  {
    id: "q05",
    topic: "goals",
    person: "everyday",
    question: "Did I hit my movement goal yet today? How many metres are left?",
    figures: {
      reached: { kind: "choice", options: ["yes", "no"] },
      metres_left: { kind: "number", unit: "metres, 0 if reached", tolerance: 10 },
    },
    async right(documents) {
      const left = numberOf(await dayOf(documents, "daily_activity", "2026-11-20"), "meters_to_target");
      return { values: { reached: left > 0 ? "no" : "yes", metres_left: Math.max(0, left) } };
    },
  },
  {
    id: "q06",
    topic: "goals",
    person: "everyday",
    question: "How many hours did I spend sitting last week, Monday to Sunday, all in all?",
    figures: { hours: { kind: "number", unit: "hours", tolerance: 0.3 } },
    async right(documents) {
      const days = await activeDays(documents, "2026-11-09", "2026-11-15");
      return { values: { hours: sumOf(days, "sedentary_time") / 3_600 } };
    },
  },
  {
    id: "q07",
    topic: "goals",
    person: "far_east",
    question: "How many kilometres have I covered on foot this month?",
    figures: { km: { kind: "number", unit: "km", tolerance: 0.5 } },
    // Oura's only distance of a day is the walking-equivalent one. Today is unfinished, so it may be left out.
    async right(documents) {
      const finished = await activeDays(documents, "2026-11-01", "2026-11-20");
      const today = await dayOf(documents, "daily_activity", "2026-11-21");
      return [finished, [...finished, today]].map((days) => ({
        values: { km: sumOf(days, "equivalent_walking_distance") / 1_000 },
      }));
    },
  },
  {
    id: "q08",
    topic: "goals",
    language: "es",
    person: "everyday",
    question: "¿Cuántas veces me avisó ayer el anillo de que llevaba demasiado tiempo sin moverme?",
    figures: { times: { kind: "number", unit: "times", tolerance: 0 } },
    async right(documents) {
      const day = await dayOf(documents, "daily_activity", "2026-11-19");
      return { values: { times: numberOf(day, "inactivity_alerts") } };
    },
  },
  {
    id: "q09",
    topic: "one week against another",
    person: "everyday",
    question:
      "Am I walking more this week than last? Steps a day on average, Monday to yesterday against Monday to Sunday.",
    figures: {
      this_week: { kind: "number", unit: "steps a day", tolerance: 15 },
      last_week: { kind: "number", unit: "steps a day", tolerance: 15 },
    },
    async right(documents) {
      const thisWeek = await activeDays(documents, "2026-11-16", "2026-11-19");
      const lastWeek = await activeDays(documents, "2026-11-09", "2026-11-15");
      return { values: { this_week: meanOf(thisWeek, "steps"), last_week: meanOf(lastWeek, "steps") } };
    },
  },
];
