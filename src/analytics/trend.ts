import { type Comparison, comparePeriods } from "./comparison.ts";
import { addDays, dayNumber, type IsoDay, monthDays } from "./day.ts";
import { type Direction, findDirection } from "./direction.ts";
import type { MetricModel } from "./metric-model.ts";
import { summarizeWindow, type WindowSummary } from "./rolling.ts";
import { type DailySeries, observationsIn } from "./series.ts";

const weekDays = 7;

export interface Trend {
  window: WindowSummary;
  /** The days of the window compared with as many days before the window. */
  vsPriorWindow: Comparison;
  vsPriorWeek: Comparison;
  /** The last 28 days of the window compared with the 28 days before. */
  vsPriorMonth: Comparison;
  direction: Direction;
}

/**
 * The trend of one metric over the `windowDays` days up to and including `end`.
 * @param series In the metric's unit. A complete result needs the values of the last max(2 · `windowDays`, 56) + 90
 * days.
 * @param options `guarded` holds the day numbers of days that look like an illness. They are left out of the history
 * that the comparisons use.
 * @example
 * const prior = { of: "scale", sd: 2.3, phi: 0.4, slowShare: 0.15 };
 * const model = { transform: "none", change: "percent", percentAbove: 0, weekday: false, sdFloor: 1, prior };
 * // Nights that alternate by 2 bpm and rise by 0.1 bpm per day.
 * const values = Array.from({ length: 150 }, (_, night) => 50 + night / 10 + 2 * (night % 2));
 * const { direction, vsPriorWindow } = trendOf({ firstDay: 20000, values }, isoDay(20149), 30, model);
 * direction; // { kind: "rising", slopePerDay: 0.1, … }
 * vsPriorWindow; // { kind: "no_clear_difference", difference: 3, low: -0.0287…, high: 6.0287…, … }
 */
export function trendOf(
  series: DailySeries,
  end: IsoDay,
  windowDays: number,
  model: MetricModel,
  options: { guarded?: ReadonlySet<number> } = {},
): Trend {
  const last = dayNumber(end);
  const against = (days: number) =>
    comparePeriods(
      series,
      { start: addDays(end, 1 - 2 * days), end: addDays(end, -days) },
      { start: addDays(end, 1 - days), end },
      model,
      options,
    );
  return {
    window: summarizeWindow(series, end, windowDays, model.transform),
    vsPriorWindow: against(windowDays),
    vsPriorWeek: against(weekDays),
    vsPriorMonth: against(monthDays),
    direction: findDirection(observationsIn(series, last - windowDays + 1, last), windowDays, model),
  };
}
