import * as z from "zod";
import { addDays } from "../../analytics/day.ts";
import { type Trend, trendOf } from "../../analytics/trend.ts";
import { readSeries } from "../../oura/metric-series.ts";
import { type MetricId, metricIds, metrics } from "../../oura/metrics.ts";
import { defineTool } from "../../question/define-tool.ts";
import { askedMetrics, readableMetrics, readMetrics } from "../../question/metric-reads.ts";
import { oneRange, rangeParams } from "../../question/range-input.ts";
import { metricValue, unitOf } from "../../words/metric-words.ts";
import { round } from "../../words/present.ts";
import { table, tableShape } from "../../words/table.ts";
import { describeChange, explainMissingPercents } from "./changes.ts";
import { drawTrends } from "./picture.ts";
import { rollBack } from "./rolling.ts";
import { summarize } from "./summarize.ts";

/** A year back, and the day itself. */
const limits = { maximumDays: 366 };
/** Baselines rest on the 60 days before a window; the month before needs 28 + 28. */
const baselineReach = 60;
const monthReach = 56;

export const trendsTool = defineTool({
  name: "oura_get_trends",
  title: "Ōura trends",
  description:
    "How sleep, deep sleep, readiness, walking, resting heart rate (pulse), HRV, temperature or another metric " +
    "develops over weeks and months: getting better or worse, improved, progress, gone up or down since, " +
    "climbing, falling, declining, downhill or flat; compared with last week and last month, in percent and " +
    "standard deviations. For outliers use oura_detect_anomalies.",
  input: z.strictObject({
    metrics: z.array(z.enum(metricIds)).min(1).optional().describe("Default: the ten everyday metrics."),
    window_days: z
      .number()
      .int()
      .min(3)
      .max(90)
      .default(30)
      .describe("Length of the rolling window in days; 7 for a week."),
    end_date: rangeParams.end_date.describe("Last day of the window. Default: today."),
    start_date: rangeParams.start_date.describe(
      "Also the course of the rolling mean from this day on; at most a year.",
    ),
    timezone: rangeParams.timezone,
  }),
  output: {
    window_days: z.number(),
    ...tableShape,
    course: table.optional(),
  },
  scopes: ["daily", "spo2", "stress"],
  hasPicture: true,
  days({ start_date, end_date }, calendar) {
    const end = end_date ?? "today";
    return oneRange({ start_date: start_date ?? end, end_date: end }, calendar, limits);
  },
  tells: ["end_date"],
  reads: ({ metrics: asked, window_days: days }) => ({
    documents: readMetrics(askedMetrics(asked), { daysBefore: Math.max(2 * days, monthReach, days + baselineReach) }),
  }),
  answer({ input, range, today, data: { documents }, gaps, draw }) {
    const ids = readableMetrics(askedMetrics(input.metrics), documents);
    const series = new Map(ids.map((id) => [id, readSeries(id, documents, today)] as const));
    const trends = Array.from(series, ([id, days]) => ({
      id,
      trend: trendOf(days, range.end, input.window_days, metrics[id].model),
    }));
    const drawn = input.start_date === undefined ? addDays(range.end, 1 - 2 * input.window_days) : range.start;
    draw?.(drawTrends(series, trends, { start: drawn, end: range.end }, input.window_days));
    const unmeasured = trends.filter(({ id, trend }) => trend.window.n === 0 && !gaps.unmeasurable.names.has(id));
    if (unmeasured.length > 0) gaps.add({ what: unmeasured.map(({ id }) => id).join(", "), reason: "unavailable" });
    return {
      summary: summarize({ trends, end: range.end, windowDays: input.window_days }),
      window_days: input.window_days,
      columns: columnNames,
      rows: trends.map(({ id, trend }) => describeTrend(id, trend)),
      ...(input.start_date === undefined ? {} : { course: rollBack(series, range, input.window_days) }),
      notes: [
        "A mean needs values on half of its days. …_sd: in standard deviations of the 60 days before. month: 28 days.",
        ...explainMissingPercents(trends),
      ],
    };
  },
});

const columnNames = [
  ...["metric", "unit", "mean", "sd", "min", "max", "n", "coverage_pct"],
  ...["vs_window_pct", "vs_window", "vs_window_sd"],
  ...["vs_week_pct", "vs_week", "vs_week_sd"],
  ...["vs_month_pct", "vs_month", "vs_month_sd"],
  ...["direction", "p"],
];

/** One metric as a row under {@link columnNames}. */
function describeTrend(id: MetricId, trend: Trend): (string | number | null)[] {
  const { window, direction } = trend;
  const { decimals } = metrics[id];
  return [
    id,
    unitOf(id),
    metricValue(id, window.mean),
    round(window.sd, Math.max(decimals, 1)),
    metricValue(id, window.min),
    metricValue(id, window.max),
    window.n,
    round(100 * window.coverage),
    ...describeChange(id, trend.vsPriorWindow),
    ...describeChange(id, trend.vsPriorWeek),
    ...describeChange(id, trend.vsPriorMonth),
    direction.kind,
    "p" in direction ? round(direction.p, 3) : null,
  ];
}
