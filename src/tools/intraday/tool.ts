import * as z from "zod";
import { addDays } from "../../analytics/day.ts";
import { requireScopes } from "../../question/access.ts";
import { missingEntry } from "../../question/gaps.ts";
import { badInput, rangeParams } from "../../question/range-input.ts";
import { table } from "../../words/table.ts";
import { defineTool, type ToolContext } from "../legacy.ts";
import { guessRange, type RangeGuess } from "../wearer-range.ts";
import { answerHeartRate } from "./answer-heart-rate.ts";
import { answerSteps } from "./answer-steps.ts";
import { readClock } from "./time-range.ts";

const heartRateDays = { maximumDays: 30 };
const stepDays = { maximumDays: 2 };

const output = z.object({
  summary: z.string(),
  metric: z.enum(["heart_rate", "steps"]),
  /** Local time with offset. */
  start: z.string(),
  end: z.string(),
  series: table.optional(),
  by_source: table.optional(),
  by_day: table.optional(),
  missing: z.array(missingEntry),
  notes: z.array(z.string()),
});
export type IntradayAnswer = z.output<typeof output>;

const input = z.strictObject({
  metric: z.enum(["heart_rate", "steps"]).default("heart_rate"),
  ...rangeParams,
  start_time: z.string().optional().describe("Local time HH:MM on start_date. Default: the whole day."),
  end_time: z
    .string()
    .optional()
    .describe("Local time HH:MM on end_date, not included; before start_time: next morning."),
  resolution_minutes: z
    .union([z.literal(5), z.literal(15), z.literal(30), z.literal(60)], { error: "must be 5, 15, 30 or 60." })
    .default(60)
    .describe("Length of a bucket of the series."),
  summary_only: z.boolean().default(false).describe("Leave the series out."),
});
export type IntradayInput = z.output<typeof input>;

/** A question about hours and minutes, once its arguments have been checked. */
export interface IntradayQuestion {
  input: IntradayInput;
  context: ToolContext;
  /** Days meant before the wearer's zone is known. */
  guess: RangeGuess;
}

export const intradayTool = defineTool({
  name: "oura_get_intraday",
  title: "Ōura within the day",
  description:
    "Heart rate (pulse) or steps walked within the day: by the hour, in the morning, by lunchtime, before lunch, " +
    "in the afternoon, from noon to six, during a run, workout or meeting; how high it went: highest, lowest, " +
    "time-weighted average, resting floor, by source, in buckets of 5 to 60 minutes; average heart rate awake day " +
    "by day for 30 days. For a night use oura_get_sleep_sessions.",
  input,
  output,
  scopes: ["heartrate", "daily"],
  hasPicture: true,
  run(input, context) {
    for (const field of ["start_time", "end_time"] as const) {
      const text = input[field];
      if (text !== undefined) readClock(field, text); // before anything is asked of Oura
    }
    requireScopes(context.access, [input.metric === "steps" ? "daily" : "heartrate"]);
    const limits = input.metric === "steps" ? stepDays : heartRateDays;
    const guess = guessRange(input, context, limits);
    const { asked } = guess;
    if (asked.start < addDays(asked.end, -1) && (input.start_time !== undefined || input.end_time !== undefined)) {
      throw badInput("start_time, end_time: times go with one or two days; leave them out for a longer range.");
    }
    const question = { input, context, guess };
    return input.metric === "steps" ? answerSteps(question, limits) : answerHeartRate(question, limits);
  },
});
