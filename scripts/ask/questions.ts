import type { ComputedQuestion } from "./question.ts";
import { activityQuestions } from "./questions/activity.ts";
import { countQuestions } from "./questions/counts.ts";
import { habitAndGapQuestions } from "./questions/habits-and-gaps.ts";
import { healthAndRhythmQuestions } from "./questions/health-and-rhythm.ts";
import { scoreQuestions } from "./questions/scores.ts";
import { weekdayAndRecordQuestions } from "./questions/weekdays-and-records.ts";
import { withinTheDayQuestions } from "./questions/within-the-day.ts";

/** Sixty questions as people ask them, about the eight synthetic people at the instant at which runs start. */
export const questions: readonly ComputedQuestion[] = [
  ...scoreQuestions,
  ...activityQuestions,
  ...countQuestions,
  ...weekdayAndRecordQuestions,
  ...healthAndRhythmQuestions,
  ...withinTheDayQuestions,
  ...habitAndGapQuestions,
];
