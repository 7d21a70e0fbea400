import { type DailySeries, valueAt } from "./series.ts";

export interface Streaks {
  /** The latest of the longest streaks. Null if no day meets the condition. */
  longest: Streak | null;
  /** How many streaks are as long as `longest`, with `longest` itself. 0 if there is none. */
  longestCount: number;
  current: Streak | null;
  /**
   * The length of the longest streak when single days without a value are skipped instead of ending the streak. Skipped
   * days do not count towards the length.
   */
  longestOverSingleGaps: number;
}

export interface Streak {
  length: number;
  /** `first` and `last` are day numbers. */
  first: number;
  last: number;
}

export interface StreakQuestion {
  series: DailySeries;
  /** The days from `first` to `last` are searched. Both are day numbers. */
  first: number;
  last: number;
  holds: (value: number) => boolean;
  /**
   * The day number of today. A value of today that does not meet the condition neither extends nor breaks a streak,
   * because the day is not over.
   */
  today?: number;
}

/**
 * Finds the longest streak and the current streak. A streak is days in a row whose values meet the condition `holds`. A
 * day without a value breaks a streak.
 * @example
 * const series = { firstDay: 0, values: [12_000, 11_000, null, 10_500, 9_000] };
 * findStreaks({ series, first: 0, last: 4, holds: (steps) => steps >= 10_000 });
 * // { longest: { length: 2, first: 0, last: 1 }, longestCount: 1, current: null, longestOverSingleGaps: 3 }
 */
export function findStreaks({ series, first, last, holds, today }: StreakQuestion): Streaks {
  let longest: Streak | null = null;
  let longestCount = 0;
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
    running = meets ? extend(running, day) : null;
    if (running !== null && running.length >= lengthOf(longest)) {
      longestCount = running.length > lengthOf(longest) ? 1 : longestCount + 1;
      longest = running;
    }
    longestOverSingleGaps = Math.max(longestOverSingleGaps, bridged);
  }
  return { longest, longestCount, current: running, longestOverSingleGaps };
}

function extend(running: Streak | null, day: number): Streak {
  return { length: lengthOf(running) + 1, first: running?.first ?? day, last: day };
}

function lengthOf(streak: Streak | null): number {
  return streak?.length ?? 0;
}
