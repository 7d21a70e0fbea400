import { mean } from "simple-statistics";
import { type Baseline, fitBaseline, type UsualRange } from "./baseline.ts";
import { deviationFrom, followDeviation, type TypicalRange, typicalRange, usualQuantile } from "./deviation.ts";
import { type MetricModel, modelSeries } from "./metric-model.ts";
import { type Recovery, recoverAfter } from "./recovery.ts";
import { type DailySeries, valueAt } from "./series.ts";

/** Days shown around an event, and nights in which a metric may come back into its usual range. */
export const shownAround = { first: -3, last: 10 };
export const recoveryNights = 14;

/** A metric around one event, or why it cannot be judged. */
export type AroundEvent =
  | { kind: "around"; days: readonly DayAround[]; recovery: Recovery }
  | Exclude<Baseline, UsualRange>;

/** One day around an event. Of a night, day 1 is the first night after the event. */
export interface DayAround {
  offset: number;
  /** Days since 1970-01-01. */
  day: number;
  /** In the metric's unit. */
  value: number | null;
  /** Standard deviations from what was usual in the 60 days before the event; null without a value. */
  z: number | null;
  usual: TypicalRange;
  /** Outside the usual range, which holds eight ordinary days in ten. */
  isOutside: boolean;
}

/**
 * The days around an event against what was usual in the 60 days before it.
 * @param series In the metric's unit.
 * @param event Day number.
 * @param nextEvent Day number from which on nights belong to the next event; null for none.
 * @example lookAround(restingHeartRate, model, 20005, null) // { kind: "around", days, recovery: { kind: "recovered", night: 4 } }
 */
export function lookAround(
  series: DailySeries,
  model: MetricModel,
  event: number,
  nextEvent: number | null,
): AroundEvent {
  const baseline = fitBaseline(modelSeries(series, model), event, model);
  if (baseline.kind !== "baseline") return baseline;
  const quantile = usualQuantile(baseline.n);
  const zOn = (day: number) => {
    const value = valueAt(series, day);
    return value === null ? null : deviationFrom(value, day, baseline, model);
  };
  const { first, last } = shownAround;
  const days = Array.from({ length: last - first + 1 }, (_, index): DayAround => {
    const day = event + first + index;
    const z = zOn(day);
    const usual = typicalRange(baseline, day, model);
    const isOutside = z !== null && Math.abs(z) > quantile;
    return { offset: first + index, day, value: valueAt(series, day), z, usual, isOutside };
  });
  const known = Math.max(0, Math.min(recoveryNights, series.firstDay + series.values.length - event - 1));
  const scores = { firstDay: event + 1, values: Array.from({ length: known }, (_, index) => zOn(event + 1 + index)) };
  const usual = { low: -quantile, high: quantile };
  return {
    kind: "around",
    days,
    recovery: recoverAfter({ series: scores, event, nextEvent, usual, horizon: recoveryNights }),
  };
}

/** The mean deviation of several events on one day, with the number of events that were measured on it. */
export interface MeanAround {
  offset: number;
  n: number;
  /** Null where none was measured. */
  z: number | null;
}

/** The mean of several events for each day around them. */
export function averageAround(events: readonly AroundEvent[]): MeanAround[] {
  const judged = events.flatMap((event) => (event.kind === "around" ? [event.days] : []));
  return Array.from({ length: shownAround.last - shownAround.first + 1 }, (_, index) => {
    const scores = judged.flatMap((days) => {
      const z = days[index]?.z ?? null;
      return z === null ? [] : [z];
    });
    return { offset: shownAround.first + index, n: scores.length, z: scores.length === 0 ? null : mean(scores) };
  });
}

/** With fewer days, the share of those outside says nothing. */
const leastOrdinaryDays = 20;

/**
 * The share of the other days that lie outside their usual range: what "outside" means without any event.
 * @param range Day numbers, ends included.
 * @param events Day numbers; the ten days after each do not count.
 * @returns A null share below 20 judged days.
 */
export function shareOutside(
  series: DailySeries,
  model: MetricModel,
  range: { first: number; last: number },
  events: readonly number[],
): { share: number | null; n: number } {
  const deviationOf = followDeviation(series, model);
  let n = 0;
  let outside = 0;
  for (let day = range.first; day <= range.last; day++) {
    const deviation = deviationOf(day);
    if (deviation.kind !== "score" || events.some((event) => day > event && day <= event + shownAround.last)) continue;
    n += 1;
    if (Math.abs(deviation.z) > usualQuantile(deviation.baseline.n)) outside += 1;
  }
  return { share: n < leastOrdinaryDays ? null : outside / n, n };
}
