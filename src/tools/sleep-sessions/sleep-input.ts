import * as z from "zod";
import type { DayRange } from "../../analytics/day.ts";
import { type ChosenColumns, chooseOwn, findColumn } from "../../question/metric-names.ts";
import { type Calendar, oneRange, rangeParams, unpublishedTimezone } from "../../question/range-input.ts";
import type { ListedSleep } from "./list-sleeps.ts";
import { askableColumns } from "./sleep-table.ts";

/**
 * An answer with many columns covers at most this many days, a quarter of a year. A year of rows with many columns
 * would be too long to read. With at most {@link fewColumns} columns, an answer may cover a year.
 */
const mostDays = 92;
const mostDaysOfFew = 366;
const fewColumns = 3;
/** The series of one night take about a kilobyte, so an answer with series about more days would be too long. */
const mostDaysWithSeries = 7;

/** The error for a column that sleep sessions do not have names these tools, because they may have it. */
const elsewhere = "oura_get_statistics and oura_get_daily_summary";

export const sleepInput = z.strictObject({
  ...rangeParams,
  timezone: unpublishedTimezone,
  kind: z.enum(["all", "night", "nap"]).default("all"),
  columns: z
    .array(findColumn(askableColumns, elsewhere))
    .min(1)
    .optional()
    .describe("Only these, such as start, hrv_ms; up to three for a year."),
  include_time_series: z.boolean().default(false).describe("Stages, heart rate and HRV by 15 minutes; up to 7 days."),
  summary_only: z.boolean().default(false).describe("No rows."),
});

export type SleepInput = z.output<typeof sleepInput>;

export function readDays(input: SleepInput, calendar: Calendar): [DayRange] {
  const isFew = input.summary_only || (chosenColumns(input).own?.length ?? Number.POSITIVE_INFINITY) <= fewColumns;
  if (hasSeries(input)) return oneRange(input, calendar, { maximumDays: mostDaysWithSeries });
  return oneRange(input, calendar, {
    maximumDays: isFew ? mostDaysOfFew : mostDays,
    instead: isFew
      ? "use oura_get_statistics"
      : `name up to ${fewColumns} columns for a year of nights, or use oura_get_statistics for means, totals and records`,
  });
}

export function chosenColumns({ columns }: SleepInput): ChosenColumns {
  return chooseOwn(askableColumns, columns, elsewhere);
}

/**
 * Whether the answer has time series. It has them if the question asks for them and does not ask for the summary alone.
 */
export function hasSeries({ include_time_series, summary_only }: SleepInput): boolean {
  return include_time_series && !summary_only;
}

/** A short sleep that may have been the night counts as a night, and so does a record that Oura has not finished. */
export function isOfKind({ kind }: ListedSleep, asked: SleepInput["kind"]): boolean {
  switch (asked) {
    case "all":
      return true;
    case "night":
      return kind === "night" || kind === "short_sleep" || kind === "unfinished";
    case "nap":
      return kind === "nap";
  }
}
