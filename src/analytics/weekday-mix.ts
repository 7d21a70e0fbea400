import { outOfRange } from "./out-of-range.ts";
import { weekdayIndex } from "./weekday.ts";

/**
 * If the weekdays of two periods differ by this share of days or more, a difference of a metric between the periods may
 * come from the weekdays alone. The share is computed by {@link weekdayMix}.
 */
export const noticeableMix = 0.15;

/**
 * How much two sets of days (day numbers) differ in their weekdays (total variation distance). The result is the share
 * of days that would have to move to another weekday to give both sets the same mix of weekdays.
 * @returns From 0 (the same mix of weekdays) to 1 (no weekday in common). It is 0 when one of the sets is empty.
 * @example
 * const week = [0, 1, 2, 3, 4, 5, 6];
 * weekdayMix(week, [7, 8, 9, 10, 11, 12, 13]); // 0
 * weekdayMix(week, [0, 1, 2]); // 0.5714285714285…
 */
export function weekdayMix(one: readonly number[], other: readonly number[]): number {
  if (one.length === 0 || other.length === 0) return 0;
  const [left, right] = [countWeekdays(one), countWeekdays(other)];
  const moved = left.reduce((sum, count, weekday) => {
    const otherCount = right[weekday] ?? outOfRange(weekday);
    return sum + Math.abs(count / one.length - otherCount / other.length);
  }, 0);
  return moved / 2; // each moved day is counted twice: where it leaves and where it arrives
}

function countWeekdays(days: readonly number[]): number[] {
  const counts = new Array<number>(7).fill(0);
  for (const day of days) {
    const weekday = weekdayIndex(day);
    counts[weekday] = (counts[weekday] ?? outOfRange(weekday)) + 1;
  }
  return counts;
}
