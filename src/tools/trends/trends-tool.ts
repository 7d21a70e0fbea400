import * as z from "zod";
import { addDays } from "../../analytics/day.ts";
import { metricIds } from "../../oura/metrics.ts";
import { defineTool } from "../../question/define-tool.ts";
import { askedMetrics, metricScopes, metricsParam, readableMetrics } from "../../question/metric-reads.ts";
import { oneRange, rangeParams, unpublishedTimezone } from "../../question/range-input.ts";
import { table, tableShape } from "../../words/table.ts";
import { drawTrends } from "./draw-trends.ts";
import { rollBack } from "./roll-back.ts";
import { summarizeTrends } from "./summarize-trends.ts";
import {
  describeTrend,
  explainChanges,
  explainMissingFigures,
  measureTrends,
  trendColumns,
  trendReads,
} from "./trend-table.ts";

/** A question about rolling means covers at most 366 days, including the last day. */
const limits = { maximumDays: 366 };
export const trendsTool = defineTool({
  name: "oura_get_trends",
  title: "Ōura trends",
  description:
    "Whether metrics rise or fall in a window of days, and how they changed against the " +
    "window, week and month before. Two periods of your choice: oura_compare_periods.",
  input: z.strictObject({
    metrics: metricsParam,
    window_days: z.number().int().min(3).max(90).default(30).describe("3 to 90 days."),
    end_date: rangeParams.end_date.describe("Last day. Default: today."),
    start_date: rangeParams.start_date.describe("Adds the course of the rolling mean from this day on."),
    timezone: unpublishedTimezone,
  }),
  output: {
    window_days: z.number(),
    ...tableShape,
    course: table.optional(),
  },
  scopes: metricScopes(metricIds),
  hasPicture: true,
  // Returns two ranges. The first range has the days of the rolling means, if the question asks for rolling means. The
  // second range has the last `window_days` days, whose trend is judged. Without rolling means, both ranges are equal.
  days({ start_date, end_date = "today", window_days }, calendar) {
    const [course] = oneRange({ start_date, end_date }, calendar, limits);
    const window = { start: addDays(course.end, 1 - window_days), end: course.end };
    return [start_date === undefined ? window : course, window];
  },
  dayFields: ["end_date"],
  reads: ({ metrics: asked, window_days: days }) => trendReads(asked, days),
  answer({ input, range, today, data, draw }) {
    const ids = readableMetrics(askedMetrics(input.metrics), data.documents);
    const { window_days: windowDays } = input;
    const trends = measureTrends(ids, data, { end: range.end, today, windowDays });
    const drawn = input.start_date === undefined ? addDays(range.end, 1 - 2 * windowDays) : range.start;
    draw?.(drawTrends(trends, { start: drawn, end: range.end }, windowDays));
    return {
      summary: summarizeTrends({ trends, end: range.end, windowDays }),
      window_days: windowDays,
      columns: trendColumns,
      rows: trends.map(describeTrend),
      ...(input.start_date === undefined ? {} : { course: rollBack(trends, range, windowDays) }),
      notes: [...explainChanges(trends, range.end, input.metrics, data), ...explainMissingFigures(trends)],
    };
  },
});
