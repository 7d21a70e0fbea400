import { type DailySeries, valueAt } from "./series.ts";

/** Days in a row on which something holds. */
export interface Streaks {
  longest: Streak | null;
  /** The streak that reaches the last day of the range; null where there is none. */
  current: Streak | null;
  /** The length of the longest streak if a single missing day did not break it; missing days are not counted. */
  longestOverSingleGaps: number;
}

export interface Streak {
  length: number;
  /** Day numbers, ends included. */
  first: number;
  last: number;
}

export interface StreakQuestion {
  series: DailySeries;
  /** Day numbers, ends included. */
  first: number;
  last: number;
  holds: (value: number) => boolean;
  /** Today is not over: without a value that holds it neither extends nor breaks a streak. */
  today?: number;
}

/**
 * The longest streak (the latest of equal ones) and the current one. A day without a value breaks a streak, because
 * nobody knows what it was.
 * @example findStreaks({ series: steps, first, last, holds: (value) => value >= 10_000 }).longest // { length: 4, … }
 */
export function findStreaks({ series, first, last, holds, today }: StreakQuestion): Streaks {
  let longest: Streak | null = null;
  let running: Streak | null = null;
  let bridged = 0;
  let longestOverSingleGaps = 0;
  let gap = 0;
  for (let day = first; day <= last; day++) {
    const value = valueAt(series, day);
    const meets = value !== null && holds(value);
    if (day === today && !meets) continue;
    if (value === null) {
      gap += 1;
      if (gap > 1) bridged = 0;
    } else {
      gap = 0;
      bridged = meets ? bridged + 1 : 0;
    }
    const extended: Streak | null = meets ? extend(running, day) : null;
    running = extended;
    if (extended && extended.length >= lengthOf(longest)) longest = extended;
    longestOverSingleGaps = Math.max(longestOverSingleGaps, bridged);
  }
  return { longest, current: running, longestOverSingleGaps };
}

function extend(running: Streak | null, day: number): Streak {
  return { length: lengthOf(running) + 1, first: running?.first ?? day, last: day };
}

function lengthOf(streak: Streak | null): number {
  return streak?.length ?? 0;
}
