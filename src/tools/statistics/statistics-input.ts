import * as z from "zod";
import type { DayRange } from "../../analytics/day.ts";
import { addDays } from "../../analytics/day.ts";
import { defaultMetricIds, type MetricId, metrics } from "../../oura/metrics.ts";
import { listedMetric } from "../../question/metric-names.ts";
import { badInput } from "../../question/parse-input.ts";
import { type Calendar, oneRange, rangeParams, unpublishedTimezone } from "../../question/range-input.ts";
import { daysOfGroup, defaultDays, type GroupBy, groupBys } from "./groupings.ts";
import { patternDays, patterns } from "./sleep-patterns.ts";
import { countRows } from "./statistics-table.ts";
import { readThresholds, type Thresholds } from "./thresholds.ts";

/** Six years with their leap days. */
const mostDays = 2192;
const mostMetrics = 6;
/** A table of groups, such as weeks, has at most this many rows, because nobody reads more. */
const mostRows = 160;
const mostRanked = 20;
const defaultRanked = 5;

export const statisticsInput = z.strictObject({
  metrics: z.array(listedMetric).min(1).max(mostMetrics).optional().describe("Up to six; one with above, below, top."),
  start_date: rangeParams.start_date.describe("Default: 30 days, a year by month."),
  end_date: rangeParams.end_date.describe("Default: today."),
  last_days: z.number().int().min(1).max(mostDays).optional().describe("Instead of start_date."),
  group_by: z.enum(groupBys).optional().describe("Nights belong to the day of waking up."),
  above: z.string().optional().describe("Counts days above this: 8000, 6:30 (hours), 23:30; >=80 with 80."),
  below: z.string().optional().describe("Days below this; with above: between."),
  streak: z.boolean().optional().describe("Also runs of such days."),
  top: z.number().int().min(1).max(mostRanked).optional().describe("Lists so many days, up to 20."),
  order: z.enum(["highest", "lowest"]).optional().describe("highest is latest."),
  include_today: z.boolean().optional().describe("Count the unfinished day."),
  pattern: z.enum(patterns).optional().describe("Instead of metrics; takes only days and need_hours."),
  need_hours: z.string().optional().describe("For sleep_shortfall, such as 7:30."),
  summary_only: z.boolean().optional().describe("No rows."),
  timezone: unpublishedTimezone,
});

export type StatisticsInput = z.output<typeof statisticsInput>;

export interface AskedStatistics {
  ids: readonly MetricId[];
  groupBy: GroupBy;
  thresholds: Thresholds | null;
  wantsStreak: boolean;
  top: { count: number; order: "highest" | "lowest" } | null;
  includeToday: boolean;
}

/**
 * Checks that the arguments fit together. Otherwise throws `bad_input` with a text that states which arguments to send
 * instead.
 */
export function readAsked(input: StatisticsInput): AskedStatistics {
  const ids = [...new Set(input.metrics ?? defaultMetricIds.slice(0, mostMetrics))];
  const groupBy = input.group_by ?? "none";
  const single = (["above", "below", "streak", "top", "order"] as const).find(
    (field) => input[field] !== undefined && input[field] !== false,
  );
  const [id] = ids;
  if (single !== undefined && (ids.length > 1 || id === undefined))
    throw badInput(
      `${single}: works for one metric at a time; ask once for each, for example with metrics ["${input.metrics?.[0] ?? "steps"}"].`,
    );
  const counts = input.above !== undefined || input.below !== undefined;
  if (input.streak && !counts)
    throw badInput("streak: say with above or below which days count, for example above 8000 for steps.");
  const daytime = ids.filter((one) => metrics[one].measured === "day");
  if (groupBy === "work_nights" && daytime.length > 0)
    throw badInput(`group_by: work_nights is about nights, and ${daytime.join(", ")} about days; write weekend.`);
  return {
    ids,
    groupBy,
    thresholds: counts && id !== undefined ? readThresholds(id, input) : null,
    wantsStreak: input.streak === true,
    top:
      input.top === undefined && input.order === undefined
        ? null
        : { count: input.top ?? defaultRanked, order: input.order ?? "highest" },
    includeToday: input.include_today === true,
  };
}

/**
 * Throws `bad_input` when the days are impossible, or when the answer would have more than `mostRows` rows (one per
 * metric and group).
 */
export function readDays(input: StatisticsInput, calendar: Calendar): [DayRange] {
  const { start_date, end_date = "today", last_days, pattern } = input;
  if (start_date !== undefined && last_days !== undefined)
    throw badInput("last_days: write either last_days or start_date.");
  const ofPattern = pattern === undefined ? null : patternDays[pattern];
  const asked = readAsked(pattern === undefined ? input : {});
  const limits = {
    maximumDays: ofPattern?.most ?? mostDays,
    defaultDays: last_days ?? ofPattern?.default ?? defaultDays[asked.groupBy],
  };
  // An end is always passed here. If the default is one day and no end were passed, `oneRange` would return only the
  // start date.
  const [range] = oneRange({ start_date, end_date }, calendar, limits);
  if (ofPattern !== null) return [range];
  const rows = asked.groupBy === "none" ? 0 : countRows(range, asked.ids.length, daysOfGroup[asked.groupBy]);
  if (rows > mostRows) {
    const coarser = asked.groupBy === "week" ? "month" : "year";
    const most = Math.floor((mostRows / asked.ids.length - 1) * (daysOfGroup[asked.groupBy] ?? 1));
    throw badInput(
      `group_by: ${asked.groupBy} over these days gives about ${rows} rows, more than can be read; write ${coarser}, or start at ${addDays(range.end, 1 - most)}${asked.ids.length > 1 ? ", or ask for fewer metrics" : ""}.`,
    );
  }
  return [range];
}
