import { mean, sampleStandardDeviation } from "simple-statistics";
import { type Baseline, fitBaseline, type UsualRange } from "./baseline.ts";
import { clockDifference } from "./circular.ts";
import { deviationFrom, followDeviation } from "./deviation.ts";
import { type MetricModel, modelSeries } from "./metric-model.ts";
import { outOfRange } from "./out-of-range.ts";
import { type Place, placeInRange, type Rounding } from "./place-in-range.ts";
import { type Recovery, recoverAfter } from "./recovery.ts";
import { type DailySeries, valueAt } from "./series.ts";
import { tQuantile } from "./t-distribution.ts";
import { type TypicalRange, typicalRanges } from "./typical-range.ts";

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
  /** The value minus the usual value, in the metric's unit (minutes for clock times). Null like `z`. */
  difference: number | null;
  usual: TypicalRange;
  /**
   * Whether the value is outside the usual range, which holds eight in ten ordinary days. The value and the range are
   * rounded first, as {@link placeInRange} describes.
   */
  isOutside: boolean;
}

/**
 * Compares each day around an event with what was usual in the 60 days before the event, and finds the first night on
 * which the metric is back in its usual range.
 * @param series The daily values in the metric's unit.
 * @param event The day number of the event.
 * @param nextEvent The day number of the next event, or null if there is none. Nights from this day on are not searched
 * for a return to the usual range, because they belong to the next event.
 * @param shown Rounds values as the answer shows them. By default, nothing is rounded.
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
  shown?: Rounding,
): AroundEvent {
  const baseline = fitBaseline(modelSeries(series, model), event, model);
  if (baseline.kind !== "baseline") return baseline;
  const rangeOf = typicalRanges(model);
  const lookAt = (day: number) => {
    const value = valueAt(series, day);
    const usual = rangeOf(baseline, day);
    const z = value === null ? null : deviationFrom(value, day, baseline, model);
    if (value === null || z === null) return { value, usual, z, difference: null, place: null };
    const difference = model.transform === "clock" ? clockDifference(value, usual.typical) : value - usual.typical;
    return { value, usual, z, difference, place: placeInRange(value, usual, model, shown) };
  };
  const { first, last } = shownAround;
  const days = Array.from({ length: last - first + 1 }, (_, index): DayAround => {
    const day = event + first + index;
    const { place, ...found } = lookAt(day);
    return { offset: first + index, day, ...found, isOutside: place !== null && place !== "usual" };
  });
  const known = Math.max(0, Math.min(recoveryNights, series.firstDay + series.values.length - event - 1));
  const places = Array.from({ length: known }, (_, index) => lookAt(event + 1 + index).place);
  return {
    kind: "around",
    days,
    recovery: recoverAfter({
      series: { firstDay: event + 1, values: places.map((place) => place && sides[place]) },
      event,
      nextEvent,
      usual: { low: sides.usual, high: sides.usual },
      horizon: recoveryNights,
    }),
  };
}

/** The usual range can differ from night to night, so the search for a return compares places and not values. */
const sides: Readonly<Record<Place, number>> = { below: -1, usual: 0, above: 1 };

export interface MeanAround {
  /** The number of days after the event, negative before it. */
  offset: number;
  /** The number of events with a z on this day. */
  n: number;
  z: number | null;
  /** The mean difference from usual, in the metric's unit (minutes for clock times). */
  difference: number | null;
  /** The 95 % interval of the mean difference. Null if fewer than {@link leastEvents} events have a value. */
  interval: { low: number; high: number } | null;
}

/** With fewer events, an interval from their spread would be too inaccurate. */
const leastEvents = 5;

/**
 * Averages the distance from the usual value over several events, separately for each day around them. The 95 % interval
 * is that of Student's t from the spread between the events, as if these were independent.
 * @example
 * // The 14 days around five events. Only the day after each event was measured.
 * const dayWith = (index, z) => ({ offset: index - 3, z, difference: z === null ? null : 2 * z });
 * const daysWith = (z) => Array.from({ length: 14 }, (_, index) => dayWith(index, index === 4 ? z : null));
 * const means = averageAround([1, 1, 2, 3, 3].map((z) => ({ kind: "around", days: daysWith(z) })));
 * means[4]; // { offset: 1, n: 5, z: 2, difference: 4, interval: { low: 1.516…, high: 6.483… } }
 * means[5]; // { offset: 2, n: 0, z: null, difference: null, interval: null }
 */
export function averageAround(events: readonly AroundEvent[]): MeanAround[] {
  const judged = events.flatMap((event) => (event.kind === "around" ? [event.days] : []));
  return Array.from({ length: shownAround.last - shownAround.first + 1 }, (_, index) => {
    const days = judged.map((days) => days[index] ?? outOfRange(index));
    const scores = days.flatMap(({ z }) => z ?? []);
    const differences = days.flatMap(({ difference }) => difference ?? []);
    const offset = shownAround.first + index;
    const n = scores.length;
    if (n === 0) return { offset, n, z: null, difference: null, interval: null };
    const difference = mean(differences);
    const interval = n < leastEvents ? null : intervalAround(difference, differences);
    return { offset, n, z: mean(scores), difference, interval };
  });
}

function intervalAround(centre: number, values: readonly number[]): { low: number; high: number } {
  const n = values.length;
  const halfWidth = tQuantile(0.975, n - 1) * (sampleStandardDeviation([...values]) / Math.sqrt(n));
  return { low: centre - halfWidth, high: centre + halfWidth };
}

/** The share of days outside the usual range would be too inaccurate with fewer days than this. */
const leastOrdinaryDays = 20;

/**
 * The share of days outside the usual range when there was no event. Days within the ten days after an event are not
 * counted. Some days are outside the usual range without any event, so the days after an event are compared with this
 * share.
 * @param range The first and the last day number, both included.
 * @param events The day numbers of the events. The ten days after each event are left out.
 * @param shown Rounds values as the answer shows them. By default, nothing is rounded.
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
  shown?: Rounding,
): { share: number | null; n: number } {
  const deviationOf = followDeviation(series, model);
  const rangeOf = typicalRanges(model);
  let n = 0;
  let outside = 0;
  for (let day = range.first; day <= range.last; day++) {
    const deviation = deviationOf(day);
    const value = valueAt(series, day);
    if (value === null || deviation.kind !== "score") continue;
    if (events.some((event) => day > event && day <= event + shownAround.last)) continue;
    n += 1;
    if (placeInRange(value, rangeOf(deviation.baseline, day), model, shown) !== "usual") outside += 1;
  }
  return { share: n < leastOrdinaryDays ? null : outside / n, n };
}
