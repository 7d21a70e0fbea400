import { type DayRange, dayNumber, type IsoDay } from "./day.ts";

/**
 * One value per day. `values[i]` is the value of the day `firstDay + i`, or null if that day was not measured. Days
 * before the first or after the last entry were not measured either.
 */
export interface DailySeries {
  /** The day number of the first value. */
  firstDay: number;
  values: readonly (number | null)[];
}

/**
 * Creates a series from values with their dates, in any order. If a date occurs twice, the later entry counts, unless
 * it is null. NaN, infinities and values beyond ±1e15 count as null, so that later arithmetic cannot overflow.
 * @example
 * createSeries([["2026-03-01", 52], ["2026-03-03", 54]]).values; // [52, null, 54]
 * createSeries([]); // { firstDay: 0, values: [] }
 */
export function createSeries(points: Iterable<readonly [IsoDay, number | null]>): DailySeries {
  const observations: { day: number; value: number | null }[] = [];
  for (const [day, value] of points) observations.push({ day: dayNumber(day), value });
  return layOutSeries(observations);
}

/**
 * Creates a series from values with their day numbers. It works like {@link createSeries}, which takes dates.
 * @example
 * layOutSeries([{ day: 20002, value: 54 }, { day: 20000, value: 52 }]);
 * // { firstDay: 20000, values: [52, null, 54] }
 */
export function layOutSeries(observations: readonly { day: number; value: number | null }[]): DailySeries {
  const isMeasured = (value: number | null): value is number => value !== null && Math.abs(value) <= 1e15;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { day, value } of observations) {
    if (!isMeasured(value)) continue;
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  if (first > last) return { firstDay: 0, values: [] };
  const values = new Array<number | null>(last - first + 1).fill(null);
  for (const { day, value } of observations) if (isMeasured(value)) values[day - first] = value;
  return { firstDay: first, values };
}

/**
 * The value of a day, given as a day number. Null when the day was not measured.
 * @example
 * valueAt({ firstDay: 20000, values: [52, null] }, 20000); // 52
 * valueAt({ firstDay: 20000, values: [52, null] }, 20005); // null
 */
export function valueAt(series: DailySeries, day: number): number | null {
  return series.values[day - series.firstDay] ?? null;
}

/**
 * Applies `change` to every value of a series. Where `change` returns null, the day has no value in the result.
 * @example
 * const series = { firstDay: 20000, values: [4, null, 0] };
 * mapSeries(series, (value) => (value > 0 ? 1 / value : null)).values; // [0.25, null, null]
 */
export function mapSeries(series: DailySeries, change: (value: number) => number | null): DailySeries {
  return { firstDay: series.firstDay, values: series.values.map((value) => (value === null ? null : change(value))) };
}

/** A measured day: its day number and its value. */
export interface Observation {
  day: number;
  value: number;
}

/**
 * The measured days from `firstDay` to `lastDay`, both included, oldest first.
 * @example
 * observationsIn({ firstDay: 20000, values: [52, null, 54, 55] }, 20000, 20002);
 * // [{ day: 20000, value: 52 }, { day: 20002, value: 54 }]
 */
export function observationsIn(series: DailySeries, firstDay: number, lastDay: number): Observation[] {
  const found: Observation[] = [];
  const last = Math.min(lastDay, series.firstDay + series.values.length - 1);
  for (let day = Math.max(firstDay, series.firstDay); day <= last; day++) {
    const value = valueAt(series, day);
    if (value !== null) found.push({ day, value });
  }
  return found;
}

/**
 * Converts a range of dates to day numbers.
 * @example dayNumbers({ start: "2024-10-04", end: "2024-10-06" }) // { first: 20000, last: 20002 }
 */
export function dayNumbers(range: DayRange): { first: number; last: number } {
  return { first: dayNumber(range.start), last: dayNumber(range.end) };
}

/**
 * The day numbers of measured days, in a typed array for speed: a comparison goes through thousands of pairs of days.
 * @example dayNumbersOf([{ day: 20000, value: 52 }, { day: 20002, value: 54 }]) // Int32Array [20000, 20002]
 */
export function dayNumbersOf(observations: readonly Observation[]): Int32Array {
  const days = new Int32Array(observations.length);
  observations.forEach(({ day }, index) => {
    days[index] = day;
  });
  return days;
}

/**
 * The mean of the values. NaN for an empty list.
 * @example meanOfDays([{ day: 20000, value: 52 }, { day: 20002, value: 54 }]) // 53
 */
export function meanOfDays(observations: readonly Observation[]): number {
  let sum = 0;
  for (const { value } of observations) sum += value;
  return sum / observations.length;
}
