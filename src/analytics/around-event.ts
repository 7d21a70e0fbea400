import { mean } from "simple-statistics";
import { type Baseline, fitBaseline, type UsualRange } from "./baseline.ts";
import { deviationFrom, followDeviation } from "./deviation.ts";
import { memoise } from "./memoise.ts";
import { type MetricModel, modelSeries } from "./metric-model.ts";
import { outOfRange } from "./out-of-range.ts";
import { type Recovery, recoverAfter } from "./recovery.ts";
import { type DailySeries, valueAt } from "./series.ts";
import { type TypicalRange, typicalRanges, usualQuantile } from "./typical-range.ts";

/** The first and the last day shown around an event, counted from the day of the event. */
export const shownAround = { first: -3, last: 10 };
/** After an event, this many nights are searched for the metric's return to its usual range. */
export const recoveryNights = 14;

export type AroundEvent =
  | { kind: "around"; days: readonly DayAround[]; recovery: Recovery }
  | Exclude<Baseline, UsualRange>;

export interface DayAround {
  /**
   * The number of days from the event to this day. It is negative for a day before the event. For sleep, day 1 is the
   * first night after the event.
   */
  offset: number;
  day: number;
  /** The value of the day in the metric's unit. Null if the day was not measured. */
  value: number | null;
  /** How far the value is from what was usual before the event, in SDs. Null if the day was not measured. */
  z: number | null;
  usual: TypicalRange;
  /** Whether the value is outside the usual range, which holds eight in ten ordinary days. */
  isOutside: boolean;
}

/**
 * Compares each day around an event with what was usual in the 60 days before the event, and finds the first night on
 * which the metric is back in its usual range.
 * @param series The daily values in the metric's unit.
 * @param event The day number of the event.
 * @param nextEvent The day number of the next event, or null if there is none. Nights from this day on are not searched
 * for a return to the usual range, because they belong to the next event.
 * @example
 * const model = { transform: "none", weekday: false, sdFloor: 1 };
 * // Nights that alternate between 50 and 52 bpm. The three nights after the event have 60 bpm.
 * const values = Array.from({ length: 80 }, (_, night) => (night >= 61 && night <= 63 ? 60 : 50 + 2 * (night % 2)));
 * const { days, recovery } = lookAround({ firstDay: 20000, values }, model, 20060, null);
 * recovery; // { kind: "recovered", night: 4 }
 * days.filter(({ isOutside }) => isOutside).map(({ offset }) => offset); // [1, 2, 3]
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
  const rangeOf = typicalRanges(model);
  const zOn = (day: number) => {
    const value = valueAt(series, day);
    return value === null ? null : deviationFrom(value, day, baseline, model);
  };
  const { first, last } = shownAround;
  const days = Array.from({ length: last - first + 1 }, (_, index): DayAround => {
    const day = event + first + index;
    const z = zOn(day);
    const usual = rangeOf(baseline, day);
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

export interface MeanAround {
  /** The number of days after the event, negative before it. */
  offset: number;
  /** The number of events with a z on this day. */
  n: number;
  z: number | null;
}

/**
 * Averages z (the distance from the usual value in SDs) over several events, separately for each day around them.
 * @example
 * // The 14 days around two events. Only the day after each event was measured.
 * const daysWith = (z) => Array.from({ length: 14 }, (_, index) => ({ offset: index - 3, z: index === 4 ? z : null }));
 * const around = (z) => ({ kind: "around", days: daysWith(z) });
 * const means = averageAround([around(3), around(1)]);
 * means[4]; // { offset: 1, n: 2, z: 2 }
 * means[5]; // { offset: 2, n: 0, z: null }
 */
export function averageAround(events: readonly AroundEvent[]): MeanAround[] {
  const judged = events.flatMap((event) => (event.kind === "around" ? [event.days] : []));
  return Array.from({ length: shownAround.last - shownAround.first + 1 }, (_, index) => {
    const scores = judged.flatMap((days) => {
      const { z } = days[index] ?? outOfRange(index);
      return z === null ? [] : [z];
    });
    return { offset: shownAround.first + index, n: scores.length, z: scores.length === 0 ? null : mean(scores) };
  });
}

/** The share of days outside the usual range would be too inaccurate with fewer days than this. */
const leastOrdinaryDays = 20;

/**
 * The share of days outside the usual range when there was no event. Days within the ten days after an event are not
 * counted. Some days are outside the usual range without any event, so the days after an event are compared with this
 * share.
 * @param range The first and the last day number, both included.
 * @param events The day numbers of the events. The ten days after each event are left out.
 * @returns `n` is the number of counted days: they have a value and enough earlier days, and no event in the ten days
 * before. The share is null if `n` is below 20.
 * @example
 * const model = { transform: "none", weekday: false, sdFloor: 1 };
 * const values = Array.from({ length: 80 }, (_, night) => (night === 65 ? 60 : 50 + 2 * (night % 2)));
 * shareOutside({ firstDay: 20000, values }, model, { first: 20060, last: 20079 }, []); // { share: 0.05, n: 20 }
 * shareOutside({ firstDay: 20000, values }, model, { first: 20060, last: 20079 }, [20064]); // { share: null, n: 10 }
 */
export function shareOutside(
  series: DailySeries,
  model: MetricModel,
  range: { first: number; last: number },
  events: readonly number[],
): { share: number | null; n: number } {
  const deviationOf = followDeviation(series, model);
  const quantileOf = memoise(usualQuantile);
  let n = 0;
  let outside = 0;
  for (let day = range.first; day <= range.last; day++) {
    const deviation = deviationOf(day);
    if (deviation.kind !== "score" || events.some((event) => day > event && day <= event + shownAround.last)) continue;
    n += 1;
    if (Math.abs(deviation.z) > quantileOf(deviation.baseline.n)) outside += 1;
  }
  return { share: n < leastOrdinaryDays ? null : outside / n, n };
}
