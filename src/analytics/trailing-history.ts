import { type DailySeries, valueAt } from "./series.ts";

/** The measured days before a day, oldest first. */
export interface TrailingHistory {
  /** Days since 1970-01-01. */
  days: readonly number[];
  values: readonly number[];
  /** The same values ascending, and the day of each. */
  sorted: readonly number[];
  sortedDays: readonly number[];
}

export interface HistoryOptions {
  windowDays: number;
  /** Day numbers to leave out. They are used after all if fewer than `leastDays` days would remain. */
  guarded?: ReadonlySet<number> | undefined;
  leastDays: number;
}

/** The measured days of [day − W, day − 1], without the day itself. */
export function historyBefore(series: DailySeries, day: number, options: HistoryOptions): TrailingHistory {
  return followHistory(series, options)(day);
}

/**
 * The same for many days in ascending order. The window stays sorted while it moves, because to sort it anew for several
 * metrics and every day of a year takes longer than all other arithmetic.
 * @returns A function whose result is valid until its next call. The caller may add earlier days to `guarded` between calls.
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
    const rank = rankOf(value, sorted);
    sorted.splice(rank, 0, value);
    sortedDays.splice(rank, 0, day);
  }

  function dropOldest(): void {
    const rank = sortedDays.indexOf(days.shift() ?? 0);
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

/** The number of sorted values below `value`. */
function rankOf(value: number, sorted: readonly number[]): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? value) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
