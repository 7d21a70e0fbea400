/**
 * The weekday of a day number, counted from Thursday: 0 for Thursday to 6 for Wednesday. Day 0 (1970-01-01) was a
 * Thursday. Sums over weekdays use this order. {@link weekdayFromMonday} gives the usual order.
 * @param day Days since 1970-01-01, also negative for earlier days.
 * @example
 * weekdayIndex(0); // 0
 * weekdayIndex(-1); // 6
 */
export function weekdayIndex(day: number): number {
  return ((day % 7) + 7) % 7;
}

/** Day 0 (1970-01-01) was a Thursday. Adding this number to a day number makes weeks begin on Monday. */
const mondayOffset = 3;

/**
 * The weekday of a day number, from 0 for Monday to 6 for Sunday.
 * @param day Days since 1970-01-01, also negative for earlier days.
 * @example weekdayFromMonday(dayNumber("2026-03-01")) // 6
 */
export function weekdayFromMonday(day: number): number {
  return weekdayIndex(day + mondayOffset);
}

/**
 * The number of a week from Monday to Sunday. All days of a week have the same number, and the next week has the next
 * number. Week 0 began on 1969-12-29.
 * @param day Days since 1970-01-01, also negative for earlier days.
 * @example
 * weekNumber(dayNumber("1970-01-04")); // 0
 * weekNumber(dayNumber("1970-01-05")); // 1
 */
export function weekNumber(day: number): number {
  return Math.floor((day + mondayOffset) / 7);
}

/**
 * Whether a day number (days since 1970-01-01) is that of a Saturday or a Sunday.
 * @example isWeekend(dayNumber("2026-03-01")) // true
 */
export function isWeekend(day: number): boolean {
  return weekdayFromMonday(day) >= 5;
}

/**
 * Counts the day numbers that are those of a Saturday or a Sunday. A day that is listed twice counts twice.
 * @example countWeekendDays([0, 1, 2, 3]) // 2
 */
export function countWeekendDays(days: readonly number[]): number {
  return days.filter(isWeekend).length;
}
