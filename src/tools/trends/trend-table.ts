import type { Comparison } from "../../analytics/comparison.ts";
import { addDays, type IsoDay, monthDays } from "../../analytics/day.ts";
import type { DailySeries } from "../../analytics/series.ts";
import { type Trend, trendOf } from "../../analytics/trend.ts";
import { type Metric, type MetricId, metrics } from "../../oura/metrics.ts";
import {
  type ComparisonData,
  comparisonReach,
  comparisonReads,
  explainIllnessSearch,
  lastWholeDay,
  readComparedSeries,
} from "../../question/comparison-history.ts";
import { noteComparisons, showComparison } from "../../words/comparison-words.ts";
import { differenceValue, meanValue, noteClockDifferences } from "../../words/metric-change.ts";
import { metricValue, noteSparse, unitOf } from "../../words/metric-words.ts";
import { pValue, round, sayDays } from "../../words/present.ts";

export interface MetricTrend {
  id: MetricId;
  days: DailySeries;
  /**
   * The last day of the trend. For a metric that counts over the whole day, it is yesterday as long as today is not
   * over.
   */
  end: IsoDay;
  trend: Trend;
}

/**
 * How many days before the last day must be read. Two comparisons need earlier days: the last `windowDays` days with as
 * many days before them, and the last month with the month before it.
 */
function comparedDays(windowDays: number): number {
  return 2 * Math.max(windowDays, monthDays) + 1; // one day more, because the windows may end yesterday
}

/** The reads of the last `windowDays` days, and of the earlier days with which they are compared. */
export function trendReads(asked: readonly MetricId[] | undefined, windowDays: number) {
  return comparisonReads(asked, {
    daysBefore: windowDays,
    daysAreGaps: true,
    daysBeforeEnd: comparedDays(windowDays) + comparisonReach,
  });
}

export function measureTrends(
  ids: readonly MetricId[],
  data: ComparisonData,
  { end, today, windowDays }: { end: IsoDay; today: IsoDay; windowDays: number },
): MetricTrend[] {
  const series = readComparedSeries(data, today);
  const guarded = series.findGuardedDays({ start: addDays(end, -comparedDays(windowDays)), end });
  return ids.map((id) => {
    const days = series.of(id);
    const { model }: Metric = metrics[id];
    const own = lastWholeDay(metrics[id], end, today);
    return { id, days, end: own, trend: trendOf(days, own, windowDays, model, { guarded }) };
  });
}

export const trendColumns = [
  ...["metric", "unit", "mean", "n", "sd", "min", "max", "coverage_pct"],
  ...["vs_window_pct", "vs_window", "vs_window_low", "vs_window_high", "vs_window_sd"],
  ...["vs_week_pct", "vs_week", "vs_week_low", "vs_week_high", "vs_week_sd"],
  ...["vs_month_pct", "vs_month", "vs_month_low", "vs_month_high", "vs_month_sd"],
  ...["direction", "p"],
];

/** A cell for each of {@link trendColumns}. */
export function describeTrend({ id, trend }: MetricTrend): (string | number | null)[] {
  const { window, direction } = trend;
  return [
    id,
    unitOf(id),
    meanValue(id, window.mean),
    window.n,
    differenceValue(id, window.sd),
    metricValue(id, window.min),
    metricValue(id, window.max),
    round(100 * window.coverage),
    ...describeChange(id, trend.vsPriorWindow),
    ...describeChange(id, trend.vsPriorWeek),
    ...describeChange(id, trend.vsPriorMonth),
    direction.kind,
    "p" in direction ? pValue(direction.p, 3) : null,
  ];
}

/**
 * Five cells: the change in percent, the difference, both ends of its 95 % interval, and the difference in standard
 * deviations of single days. The difference is in the metric's unit, or in minutes for clock times.
 */
function describeChange(id: MetricId, change: Comparison): (number | string | null)[] {
  if (!("difference" in change)) return [null, null, null, null, null];
  const { difference, low, high, decimals } = showComparison(id, change);
  const sizes = [difference, low, high].map((value) => differenceValue(id, value, decimals));
  return [round(change.percent), ...sizes, round(change.sds, 1)];
}

/** What the figures of the table mean, and how the figures of some metrics are computed. */
export function explainChanges(
  trends: readonly MetricTrend[],
  end: IsoDay,
  asked: readonly MetricId[] | undefined,
  data: ComparisonData,
): string[] {
  const earlier = trends.filter((trend) => trend.end !== end);
  return [
    "A mean needs values on half of its days. month: 28 days. p is rounded up.",
    ...noteClockDifferences(trends.map(({ id }) => id)),
    ...noteComparisons(
      trends.map(({ id, trend }) => ({ id, comparison: trend.vsPriorWindow })),
      "the compared means",
    ),
    ...(earlier.length > 0
      ? [
          `${earlier.map(({ id }) => id).join(", ")}: up to ${sayDays(earlier[0]?.end ?? end)}, because today is still counting.`,
        ]
      : []),
    ...explainIllnessSearch(asked, data),
  ];
}

const reasons = {
  near_zero_base: "the value before is too near zero for a percentage",
  interval_scale: "it has no natural zero, so no percentage",
  already_percent: "it is a percentage already, so the change is in points",
} as const;

/** Each reason is given once, with the names of the metrics that it concerns. */
export function explainMissingFigures(trends: readonly { id: MetricId; trend: Trend }[]): string[] {
  const found = trends.flatMap(({ id, trend }) => {
    const reason = "difference" in trend.vsPriorWindow ? trend.vsPriorWindow.noPercent : null;
    return reason ? [{ id, reason }] : [];
  });
  const groups = Map.groupBy(found, ({ reason }) => reason);
  return [
    ...Array.from(groups, ([reason, list]) => `${list.map(({ id }) => id).join(", ")}: ${reasons[reason]}.`),
    ...noteSparse(trends.map(({ id }) => id)),
  ];
}
