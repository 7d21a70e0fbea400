import * as z from "zod";
import type { DayRange } from "../../analytics/day.ts";
import type { BucketMinutes } from "../../analytics/intraday/local-buckets.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import type { Body, Question } from "../../question/define-tool.ts";
import { rangeParams } from "../../question/range-input.ts";
import { table } from "../../words/table.ts";

/** The input of a question within the day, for both metrics. */
export const intradayInput = z.strictObject({
  metric: z.enum(["heart_rate", "steps"]).default("heart_rate"),
  ...rangeParams,
  start_time: z.string().optional().describe("Local time HH:MM on start_date. Default: the whole day."),
  end_time: z
    .string()
    .optional()
    .describe("Local time HH:MM on end_date, not included; before start_time: next morning."),
  resolution_minutes: z
    .number()
    .int()
    .refine((minutes) => [5, 15, 30, 60].includes(minutes), { error: "5, 15, 30 or 60" })
    .default(60)
    .describe("Minutes per row of the series: 5, 15, 30 or 60.")
    .transform((minutes) => minutes as BucketMinutes), // checked above
  summary_only: z.boolean().default(false).describe("Leave the series out."),
});

export const intradayOutput = {
  metric: z.enum(["heart_rate", "steps"]),
  /** Local time with offset. */
  start: z.string(),
  end: z.string(),
  series: table.optional(),
  by_source: table.optional(),
  by_day: table.optional(),
};
export type IntradayAnswer = Body<typeof intradayOutput>;

/** An open question. The daily activity shows the wearer's UTC offset on each day. */
export type IntradayQuestion = Question<
  z.output<typeof intradayInput>,
  readonly [DayRange],
  { activity: readonly OuraDocument<"daily_activity">[] | null }
>;
