import { numberOf, textOf } from "../../evaluate-answers/read-documents.ts";
import { dayOf, weakest } from "../figures.ts";
import type { ComputedQuestion, Slot } from "../question.ts";

const partOfReadiness: Slot = {
  kind: "choice",
  options: [
    "activity_balance",
    "body_temperature",
    "hrv_balance",
    "previous_day_activity",
    "previous_night",
    "recovery_index",
    "resting_heart_rate",
    "sleep_balance",
    "sleep_regularity",
  ],
};
const points: Slot = { kind: "number", unit: "points", tolerance: 0.5 };

export const scoreQuestions: readonly ComputedQuestion[] = [
  {
    id: "q01",
    topic: "contributors",
    person: "everyday",
    question: "My readiness is only 68 today. Which part of it came out worst, and with how many points?",
    figures: { part: partOfReadiness, points },
    async right(documents) {
      const { contributors } = await dayOf(documents, "daily_readiness", "2026-11-20");
      const { name, points } = weakest(contributors);
      return { values: { part: name, points } };
    },
  },
  {
    id: "q02",
    topic: "contributors",
    person: "everyday",
    question:
      "I was in bed for over seven hours and still got a bad sleep score last night. What part of it was lowest?",
    figures: {
      part: {
        kind: "choice",
        options: ["deep_sleep", "efficiency", "latency", "rem_sleep", "restfulness", "timing", "total_sleep"],
      },
      points,
    },
    async right(documents) {
      const { contributors } = await dayOf(documents, "daily_sleep", "2026-11-20");
      const { name, points } = weakest(contributors);
      return { values: { part: name, points } };
    },
  },
  {
    id: "q03",
    topic: "contributors",
    language: "de",
    person: "everyday",
    question:
      "Am 10. Oktober war meine Readiness im Keller. Wie hoch war sie, und welcher Teil davon war am schlechtesten?",
    figures: { score: points, part: partOfReadiness },
    async right(documents) {
      const day = await dayOf(documents, "daily_readiness", "2026-10-10");
      return { values: { score: numberOf(day, "score"), part: weakest(day.contributors).name } };
    },
  },
  {
    id: "q04",
    topic: "contributors",
    person: "two_rings",
    question: "What is my resilience at the moment, and which of the things it is made of is the weakest?",
    figures: {
      level: { kind: "choice", options: ["limited", "adequate", "solid", "strong", "exceptional"] },
      weakest: { kind: "choice", options: ["sleep_recovery", "daytime_recovery", "stress"] },
      points,
    },
    async right(documents) {
      const day = await dayOf(documents, "daily_resilience", "2026-11-20");
      const { name, points } = weakest(day.contributors);
      return { values: { level: textOf(day, "level"), weakest: name, points } };
    },
  },
];
