import { defineTool } from "../../question/define-tool.ts";
import { oneRange } from "../../question/range-input.ts";
import { byDay, essential, nothing, support } from "../../question/reads.ts";
import { answerHeartRate } from "./answer-heart-rate.ts";
import { answerSteps } from "./answer-steps.ts";
import { intradayInput, intradayOutput } from "./intraday-question.ts";
import { checkTimes } from "./local-time.ts";
import { readHours } from "./read-heart-rate.ts";
import { readCurve } from "./steps.ts";

const heartRateDays = { maximumDays: 30 };
const stepDays = { maximumDays: 2 };

const activityWithSeries = byDay("daily_activity_with_series", {
  over: ({ asked }) => asked,
  figures: [{ name: "steps", on: (days) => days.map(readCurve).findLast((curve) => curve !== null) }],
});

/** Workouts tell swims and rides from walks. Without them the estimate says what it lacks. */
const workouts = byDay("workout_details", { over: ({ asked }) => asked, figures: [{ name: "workouts" }] });

/** How a failed read of the workouts is reported. */
const workoutsLost = {
  what: "workouts",
  under: "missing",
  without: () => "Minutes of a swim or a ride look like walking.",
} as const;

/** How a failed read of the daily activity is reported. It shows the wearer's UTC offset and the last sync. */
const daysLost = {
  what: "days' own records",
  under: "missing",
  without: ({ utcOffset }: { utcOffset: string }) => `Times are at UTC${utcOffset} throughout, as last known.`,
} as const;

export const intradayTool = defineTool({
  name: "oura_get_intraday",
  title: "Ōura within the day",
  description:
    "Heart rate or steps within the day, for whole days or between two clock times. Heart rate, up to 30 days: " +
    "lowest, highest, mean and resting floor, also by source (sleep, awake, workout), with a series or, over more " +
    "than two days, by day. Steps, up to 2 days: a series of estimates. Nights: oura_get_sleep_sessions.",
  input: intradayInput,
  output: intradayOutput,
  scopes: ["heartrate", "daily", "workout"],
  hasPicture: true,
  days(input, calendar) {
    const [range] = oneRange(input, calendar, input.metric === "steps" ? stepDays : heartRateDays);
    checkTimes(input, range);
    return [range];
  },
  reads: (input) =>
    input.metric === "steps"
      ? {
          hours: nothing,
          steps: essential(activityWithSeries),
          workouts: support(workouts, workoutsLost),
          activity: nothing,
        }
      : {
          hours: readHours(input),
          steps: nothing,
          workouts: nothing,
          activity: support(byDay("daily_activity"), daysLost),
        },
  answer(asked) {
    const { hours, steps, workouts } = asked.data;
    if (steps !== null) return answerSteps(asked, steps, workouts);
    if (hours !== null) return answerHeartRate(asked, hours);
    throw new Error("a question within the day is about heart rate or steps"); // unreachable: one of them is essential
  },
});
