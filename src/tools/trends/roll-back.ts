import { addDays, countDays, type DayRange, dayNumber, type IsoDay } from "../../analytics/day.ts";
import { meanOfWindow } from "../../analytics/rolling.ts";
import { metrics } from "../../oura/metrics.ts";
import { meanValue } from "../../words/metric-change.ts";
import type { MetricTrend } from "./trend-table.ts";

/** At most this many rows of rolling means: one per fortnight for a year. */
const mostPoints = 26;

/** Makes a table of rolling means. Its rows are days at equal intervals, up to the last day of the range. */
export function rollBack(trends: readonly MetricTrend[], range: DayRange, windowDays: number) {
  const step = Math.max(1, Math.ceil((countDays(range) - 1) / (mostPoints - 1)));
  const days: IsoDay[] = [];
  for (let day = range.end; dayNumber(day) >= dayNumber(range.start); day = addDays(day, -step)) days.unshift(day);
  return {
    columns: ["day", ...trends.map(({ id }) => id)],
    rows: days.map((day) => [
      day,
      ...trends.map(({ id, days: values }) =>
        meanValue(id, meanOfWindow(values, day, windowDays, metrics[id].model.transform)),
      ),
    ]),
  };
}
