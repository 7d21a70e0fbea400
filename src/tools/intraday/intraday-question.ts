import * as z from "zod";
import type { DayRange } from "../../analytics/day.ts";
import type { BucketMinutes } from "../../analytics/intraday/local-buckets.ts";
import type { SleepDay } from "../../oura/night.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import type { Body, Drawing, Question } from "../../question/define-tool.ts";
import { rangeParams } from "../../question/range-input.ts";
import { cell, table } from "../../words/table.ts";

export const intradayInput = z.strictObject({
  metric: z.enum(["heart_rate", "steps"]).default("heart_rate"),
  ...rangeParams,
  start_time: z.string().optional().describe("HH:MM on start_date."),
  end_time: z.string().optional().describe("HH:MM on end_date; before start_time: next morning."),
  at: z.string().optional().describe("HH:MM or now: the value then, and hours awake."),
  max_bpm: z.number().int().min(100).max(230).optional().describe("Of zones. Default: 208 − 0.7 × age."),
  resolution_minutes: z
    .number()
    .int()
    .refine((minutes) => [5, 15, 30, 60].includes(minutes), { error: "5, 15, 30 or 60" })
    .default(60)
    .describe("Per row: 5, 15, 30 or 60.")
    .transform((minutes) => minutes as BucketMinutes), // refine has checked the value
  summary_only: z.boolean().default(false).describe("No series."),
});

export const intradayOutput = {
  metric: z.enum(["heart_rate", "steps"]),
  /**
   * The start of the requested hours, as local time with its UTC offset. `end` is the end of the hours in the same
   * form.
   */
  start: z.string(),
  end: z.string(),
  /**
   * For a question about one point in time (`at`): the heart rate or steps, whether the wearer was up or in bed, and
   * since when.
   */
  moment: z.record(z.string(), cell).optional(),
  series: table.optional(),
  extremes: table.optional(),
  nights: table.optional(),
  zones: table.optional(),
  by_source: table.optional(),
  by_day: table.optional(),
};
export type IntradayAnswer = Body<typeof intradayOutput>;

/**
 * A question about heart rate or steps at certain times, with the data that was read for it. The daily activity shows
 * the wearer's UTC offset on each day.
 */
export type IntradayQuestion = Question<
  z.output<typeof intradayInput>,
  readonly [DayRange],
  {
    activity: readonly OuraDocument<"daily_activity">[] | null;
    /** The workouts. Null when the question does not need workouts, or when they could not be read. */
    workouts: readonly OuraDocument<"workout_details">[] | null;
    sleep: readonly SleepDay<OuraDocument<"sleep_with_series">>[] | null;
  },
  "heartrate" | "personal_info"
> &
  Drawing;
