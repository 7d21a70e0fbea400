import { countBelow } from "./count-below.ts";
import { outOfRange } from "./out-of-range.ts";
import { type DailySeries, valueAt } from "./series.ts";

/** The measured days among a number of days before a day, oldest first. */
export interface TrailingHistory {
  /** Day numbers. */
  days: readonly number[];
  values: readonly number[];
  /** The measured values in ascending order. `sortedDays` holds the day numbers of these values, in the same order. */
  sorted: readonly number[];
  sortedDays: readonly number[];
}

export interface HistoryOptions {
  windowDays: number;
  /**
   * The day numbers of days to leave out, because they look like an illness. If fewer than `leastDays` measured days
   * would remain without them, no day is left out.
   */
  guarded?: ReadonlySet<number> | undefined;
  leastDays: number;
}

/**
 * The measured days among the W = `windowDays` days before `day`: [day − W, day − 1]. `day` itself is not included.
 * @example
 * const series = { firstDay: 20000, values: [50, 54, null, 52, 60] };
 * historyBefore(series, 20004, { windowDays: 3, leastDays: 1 });
 * // { days: [20001, 20003], values: [54, 52], sorted: [52, 54], sortedDays: [20003, 20001] }
 * historyBefore(series, 20004, { windowDays: 3, leastDays: 1, guarded: new Set([20001]) }).values; // [52]
 * historyBefore(series, 20004, { windowDays: 3, leastDays: 2, guarded: new Set([20001]) }).values; // [54, 52]
 */
export function historyBefore(series: DailySeries, day: number, options: HistoryOptions): TrailingHistory {
  return followHistory(series, options)(day);
}

/**
 * Returns a function that finds the measured days in the window of days before a day. The days must ascend. From day to
 * day, the values of the window stay sorted, because sorting the window again for every day would take longer than all
 * other arithmetic.
 * @returns A function. Its result is valid only until the next call. Between two calls, the caller may add the day of
 * the last call to `guarded`, but no earlier day.
 * @example
 * const historyOf = followHistory({ firstDay: 20000, values: [50, 54, 52] }, { windowDays: 2, leastDays: 1 });
 * [20001, 20002, 20003].map((day) => [...historyOf(day).sorted]); // [[50], [50, 54], [52, 54]]
 */
export function followHistory(
  series: DailySeries,
  { windowDays, guarded, leastDays }: HistoryOptions,
): (day: number) => TrailingHistory {
  const days: number[] = [];
  const values: number[] = [];
  const sorted: number[] = [];
  const sortedDays: number[] = [];
  let lastLeftOut = Number.NEGATIVE_INFINITY;
  let next = Number.NEGATIVE_INFINITY;

  function take(day: number): void {
    const value = valueAt(series, day);
    if (value === null) return;
    if (guarded?.has(day)) {
      lastLeftOut = day;
      return;
    }
    days.push(day);
    values.push(value);
    const rank = countBelow(sorted, value, (known) => known);
    sorted.splice(rank, 0, value);
    sortedDays.splice(rank, 0, day);
  }

  function dropOldest(): void {
    const rank = sortedDays.indexOf(days.shift() ?? outOfRange(0));
    values.shift();
    sorted.splice(rank, 1);
    sortedDays.splice(rank, 1);
  }

  return (day) => {
    for (next = Math.max(next, day - windowDays); next < day; next++) take(next);
    while ((days[0] ?? day) < day - windowDays) dropOldest();
    const isShort = days.length < leastDays && lastLeftOut >= day - windowDays;
    return isShort ? historyBefore(series, day, { windowDays, leastDays }) : { days, values, sorted, sortedDays };
  };
}
