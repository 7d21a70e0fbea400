import { weekdayIndex } from "./weekday.ts";

/**
 * If the weekdays of two periods differ by this share of days or more, a difference of a metric between the periods may
 * come from the weekdays alone. The share is computed by {@link weekdayMix}.
 */
export const noticeableMix = 0.15;

/**
 * How much two sets of days differ in their weekdays (total variation distance). The result is the share of days that
 * would have to move to another weekday to give both sets the same mix of weekdays.
 * @param one The day numbers of one set.
 * @param other The day numbers of the other set.
 * @returns From 0 (the same mix of weekdays) to 1 (no weekday in common). It is 0 when one of the sets is empty.
 * @example weekdayMix(fourWeeks, threeWeeks) // 0
 */
export function weekdayMix(one: readonly number[], other: readonly number[]): number {
  if (one.length === 0 || other.length === 0) return 0;
  const [left, right] = [countWeekdays(one), countWeekdays(other)];
  return left.reduce((sum, count, day) => sum + Math.abs(count / one.length - (right[day] ?? 0) / other.length), 0) / 2;
}

export function countWeekendDays(days: readonly number[]): number {
  return days.filter(isWeekend).length;
}

/**
 * Whether a day is a Saturday (weekday index 2) or a Sunday (index 3). Index 0 is Thursday, the weekday of 1970-01-01.
 */
export function isWeekend(day: number): boolean {
  const weekday = weekdayIndex(day);
  return weekday === 2 || weekday === 3;
}

function countWeekdays(days: readonly number[]): number[] {
  const counts = new Array<number>(7).fill(0);
  for (const day of days) counts[weekdayIndex(day)] = (counts[weekdayIndex(day)] ?? 0) + 1;
  return counts;
}
