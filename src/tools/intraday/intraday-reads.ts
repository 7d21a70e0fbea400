import type * as z from "zod";
import { countDays } from "../../analytics/day.ts";
import { byDay, essential, nothing, part, support } from "../../question/reads.ts";
import type { intradayInput } from "./intraday-question.ts";
import { readHours } from "./read-heart-rate.ts";
import { readCurve } from "./steps.ts";

const activityWithSeries = byDay("daily_activity_with_series", {
  over: ({ asked }) => asked,
  figures: [{ name: "steps", on: (days) => days.map(readCurve).findLast((curve) => curve !== null) }],
});

/**
 * Workouts show when the wearer was swimming or riding, without taking steps. If they cannot be read, a note warns that
 * steps may be estimated for such times.
 */
const workouts = byDay("workout_details", { over: ({ asked }) => asked, figures: [{ name: "workouts" }] });

/**
 * Reads nights with their heart rate over time. If the question is about more than two days, `nightsOfShort` reads
 * nothing, because the nights of so many days would be too much data.
 */
const nights = byDay("sleep_with_series", { over: ({ asked }) => asked, figures: [{ name: "hours awake" }] });
const nightsOfShort = byDay("sleep_with_series", {
  over: ({ asked }) => (countDays(asked) > 2 ? null : asked),
  figures: [{ name: "hours awake" }],
});

/**
 * What an answer about heart rate says when the nights cannot be read. `zonesLost` is what it says when the workouts
 * cannot be read.
 */
const nightsLost = {
  what: "the nights",
  under: "missing",
  without: () => "When it was lowest at night is not said.",
} as const;
const zonesLost = { what: "workouts", under: "missing", without: () => "Their time in zones is not said." } as const;

const workoutsLost = {
  what: "workouts",
  under: "missing",
  without: () => "Minutes of a swim or a ride look like walking.",
} as const;

/**
 * What an answer says when the daily activity cannot be read. Daily activity shows the wearer's UTC offset and the last
 * sync.
 */
const daysLost = {
  what: "days' own records",
  under: "missing",
  without: ({ utcOffset }: { utcOffset: string }) => `Times are at UTC${utcOffset} throughout, as last known.`,
} as const;

export function intradayReads(input: z.output<typeof intradayInput>) {
  return input.metric === "steps"
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
      };
}
