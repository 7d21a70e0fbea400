import { countDays } from "../../analytics/day.ts";
import { defineTool } from "../../question/define-tool.ts";
import { oneRange } from "../../question/range-input.ts";
import { byDay, essential, nothing, part, support } from "../../question/reads.ts";
import { answerHeartRate } from "./answer-heart-rate.ts";
import { answerMoment } from "./answer-moment.ts";
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

/** The nights of one or two days, for when the heart rate was lowest. Their series make years of them too long. */
const nights = byDay("sleep_with_series", { over: ({ asked }) => asked, figures: [{ name: "hours awake" }] });
const nightsOfShort: typeof nights = {
  ...nights,
  load: async (reader, days) => (countDays(days.asked) > 2 ? [] : nights.load(reader, days)),
};

/** How failed reads beside the heart rate are reported. */
const nightsLost = {
  what: "the nights",
  under: "missing",
  without: () => "When it was lowest at night is not said.",
} as const;
const zonesLost = { what: "workouts", under: "missing", without: () => "Their time in zones is not said." } as const;

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
    "Heart rate or steps within the day: whole days, between two times, or at one. Heart rate, up to 30 days: lowest " +
    "and highest with their times, mean, by source (sleep, awake, workout), when the night's was lowest, zones of " +
    "workouts, a series or, over two days, rows by day. Steps, up to 2 days: estimates. Nights: oura_get_sleep_sessions.",
  input: intradayInput,
  output: intradayOutput,
  scopes: ["heartrate", "daily", "workout"],
  hasPicture: true,
  days(input, calendar) {
    const [range] = oneRange(input, calendar, input.metric === "steps" ? stepDays : heartRateDays);
    checkTimes(input, range, calendar.today);
    return [range];
  },
  reads: (input) =>
    input.metric === "steps"
      ? {
          hours: nothing,
          steps: essential(activityWithSeries),
          workouts: support(workouts, workoutsLost),
          activity: nothing,
          sleep: nothing,
        }
      : {
          hours: readHours(input),
          steps: nothing,
          workouts: input.at === undefined ? support(workouts, zonesLost) : nothing,
          activity: support(byDay("daily_activity"), daysLost),
          sleep: input.at === undefined ? support(nightsOfShort, nightsLost) : part(nights),
        },
  answer(asked) {
    const { hours, steps, workouts } = asked.data;
    if (steps !== null) return answerSteps(asked, steps, workouts);
    if (hours !== null)
      return asked.input.at === undefined ? answerHeartRate(asked, hours) : answerMoment(asked, hours);
    throw new Error("a question within the day is about heart rate or steps"); // unreachable: one of them is essential
  },
});
