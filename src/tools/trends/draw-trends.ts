import { baselineAt } from "../../analytics/baseline.ts";
import { addDays, countDays, type DayRange, dayNumber, type IsoDay } from "../../analytics/day.ts";
import { rollMeans } from "../../analytics/rolling.ts";
import { type DailySeries, dayNumbers, valueAt } from "../../analytics/series.ts";
import { typicalRange } from "../../analytics/typical-range.ts";
import { type MetricId, metrics } from "../../oura/metrics.ts";
import { clampToPlausible } from "../../words/metric-words.ts";
import { namedMetric } from "../../words/named-metric.ts";
import type { TrendPicture } from "../../words/pictures.ts";
import { round } from "../../words/present.ts";
import type { MetricTrend } from "./trend-table.ts";

/**
 * Returns the data of the chart: each metric's value on every day of the range, and its rolling mean on every day. The
 * usual range of a metric comes from the 60 days before the last `windowDays` days.
 */
export function drawTrends(trends: readonly MetricTrend[], range: DayRange, windowDays: number): TrendPicture {
  const { first } = dayNumbers(range);
  return {
    kind: "trend",
    firstDay: range.start,
    windowDays,
    metrics: trends.map(({ id, days, trend }) => {
      const { decimals, model } = metrics[id];
      return {
        ...namedMetric(id),
        direction: trend.direction.kind,
        values: Array.from({ length: countDays(range) }, (_, index) => round(valueAt(days, first + index), decimals)),
        means: rollMeans(days, range, windowDays, model.transform).map((mean) => round(mean, decimals + 1)),
        usual: usualBefore(id, days, addDays(range.end, 1 - windowDays)),
      };
    }),
  };
}

/**
 * Returns the usual range of a metric, from the days before `windowStart`. The range is not adjusted for weekdays,
 * because a range that changes every weekend would hide the trend in the chart.
 */
function usualBefore(id: MetricId, days: DailySeries, windowStart: IsoDay): { low: number; high: number } | null {
  const { model, decimals } = metrics[id];
  const baseline = baselineAt(days, windowStart, { ...model, weekday: false });
  if (baseline.kind !== "baseline") return null;
  const typical = typicalRange(baseline, dayNumber(windowStart), model);
  const { low, high } = model.transform === "clock" ? typical : clampToPlausible(id, typical);
  return { low: round(low, decimals) ?? low, high: round(high, decimals) ?? high };
}
