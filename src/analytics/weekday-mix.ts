import { weekdayIndex } from "./weekday.ts";

/** From this on, a difference between two periods may come from their different weekdays. */
export const noticeableMix = 0.15;

/**
 * How much the weekdays of two sets of days differ: the total variation distance, which is the share of days that would
 * have to move to another weekday.
 * @param one Day numbers.
 * @param other Day numbers.
 * @returns From 0 (the same mix) to 1 (no weekday in common); 0 where a side is empty.
 * @example weekdayMix(fourWeeks, threeWeeks) // 0
 */
export function weekdayMix(one: readonly number[], other: readonly number[]): number {
  if (one.length === 0 || other.length === 0) return 0;
  const [left, right] = [countWeekdays(one), countWeekdays(other)];
  return left.reduce((sum, count, day) => sum + Math.abs(count / one.length - (right[day] ?? 0) / other.length), 0) / 2;
}

/** Saturdays and Sundays among the days. */
export function countWeekendDays(days: readonly number[]): number {
  return days.filter(isWeekend).length;
}

/** Day 0, 1970-01-01, was a Thursday. */
export function isWeekend(day: number): boolean {
  const weekday = weekdayIndex(day);
  return weekday === 2 || weekday === 3;
}

function countWeekdays(days: readonly number[]): number[] {
  const counts = new Array<number>(7).fill(0);
  for (const day of days) counts[weekdayIndex(day)] = (counts[weekdayIndex(day)] ?? 0) + 1;
  return counts;
}
