import { type DayRange, dayNumber, type IsoDay } from "./day.ts";

/**
 * One value per day, with gaps. Index i is the day `firstDay + i`. Null, or a day outside the list, means no value.
 */
export interface DailySeries {
  /** Days since 1970-01-01. */
  firstDay: number;
  values: readonly (number | null)[];
}

/**
 * A series from labelled values in any order. A later entry for the same day replaces an earlier one, unless it is
 * null. NaN, infinities and values beyond 1e15 cannot be measurements: they become gaps, so that later arithmetic
 * cannot overflow.
 * @example createSeries([["2026-03-01", 52], ["2026-03-03", 54]]).values // [52, null, 54]
 */
export function createSeries(points: Iterable<readonly [IsoDay, number | null]>): DailySeries {
  const observations: { day: number; value: number | null }[] = [];
  for (const [day, value] of points) observations.push({ day: dayNumber(day), value });
  return layOutSeries(observations);
}

/** The same for day numbers. */
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

/** The value of a day (days since 1970-01-01), or null. */
export function valueAt(series: DailySeries, day: number): number | null {
  return series.values[day - series.firstDay] ?? null;
}

/** The same days with every value changed; null is a gap. */
export function mapSeries(series: DailySeries, change: (value: number) => number | null): DailySeries {
  return { firstDay: series.firstDay, values: series.values.map((value) => (value === null ? null : change(value))) };
}

/** A measured day: its number and its value. */
export interface Observation {
  day: number;
  value: number;
}

/**
 * The measured days of a calendar window, both ends included, oldest first. A window of 7 days is seven dates, with or
 * without values.
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

/** A range of labels as day numbers. */
export function dayNumbers(range: DayRange): { first: number; last: number } {
  return { first: dayNumber(range.start), last: dayNumber(range.end) };
}
