import type { Change } from "../../analytics/change.ts";
import type { IsoDay } from "../../analytics/day.ts";
import type { DailySeries } from "../../analytics/series.ts";
import { type Trend, trendOf } from "../../analytics/trend.ts";
import { type MetricDocuments, readSeries } from "../../oura/metric-series.ts";
import { type MetricId, metrics } from "../../oura/metrics.ts";
import { differenceValue, meanValue, showChange } from "../../words/metric-change.ts";
import { metricValue, unitOf } from "../../words/metric-words.ts";
import { round } from "../../words/present.ts";

/** A metric with its daily values and their trend. */
export interface MetricTrend {
  id: MetricId;
  days: DailySeries;
  trend: Trend;
}

export function measureTrends(
  ids: readonly MetricId[],
  documents: MetricDocuments,
  { end, today, windowDays }: { end: IsoDay; today: IsoDay; windowDays: number },
): MetricTrend[] {
  return ids.map((id) => {
    const days = readSeries(id, documents, today);
    return { id, days, trend: trendOf(days, end, windowDays, metrics[id].model) };
  });
}

export const trendColumns = [
  ...["metric", "unit", "mean", "n", "sd", "min", "max", "coverage_pct"],
  ...["vs_window_pct", "vs_window", "vs_window_sd"],
  ...["vs_week_pct", "vs_week", "vs_week_sd"],
  ...["vs_month_pct", "vs_month", "vs_month_sd"],
  ...["direction", "p"],
];

/** One metric as a row under {@link trendColumns}. */
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
    "p" in direction ? round(direction.p, 3) : null,
  ];
}

/**
 * A change as three cells: percent, difference in the metric's unit (clock times: minutes), and standard deviations.
 */
function describeChange(id: MetricId, change: Change): [number | null, number | string | null, number | null] {
  if (change.kind !== "change" || change.prior.mean === null || change.current.mean === null) return [null, null, null];
  const { difference, decimals } = showChange(id, { from: change.prior.mean, to: change.current.mean });
  return [round(change.percent), differenceValue(id, difference, decimals), round(change.baselineSds, 1)];
}

const reasons = {
  near_zero_base: "the value before is too near zero for a percentage",
  interval_scale: "it has no natural zero, so no percentage",
  already_percent: "it is a percentage already, so the change is in points",
} as const;

/** Why percentages are missing, each reason once with the metrics it concerns. */
export function explainMissingPercents(trends: readonly { id: MetricId; trend: Trend }[]): string[] {
  const found = trends.flatMap(({ id, trend }) => {
    const reason = trend.vsPriorWindow.kind === "change" ? trend.vsPriorWindow.noPercent : null;
    return reason ? [{ id, reason }] : [];
  });
  const groups = Map.groupBy(found, ({ reason }) => reason);
  return Array.from(groups, ([reason, list]) => `${list.map(({ id }) => id).join(", ")}: ${reasons[reason]}.`);
}
