import { dayMilliseconds, isoDay } from "./day.ts";
import { outOfRange } from "./out-of-range.ts";
import { isWeekend, weekdayFromMonday } from "./weekday.ts";

/** Weeks begin on Monday. */
export const groupings = ["all", "weekday", "weekend", "week", "month", "quarter", "year"] as const;
export type Grouping = (typeof groupings)[number];

export interface DayGroup {
  /** Depends on the grouping: "all", "monday", "weekend" or "weekdays", "2026-W09", "2026-03", "2026-Q1" or "2026". */
  name: string;
  /** Day numbers, ascending. */
  days: readonly number[];
  /** Whether the group is a week, month, quarter or year of which the range contains only a part. */
  isPartial: boolean;
}

const weekdayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/**
 * Groups the days of a range. Weeks, months, quarters and years are listed oldest first, weekdays from Monday on. A
 * night belongs to the day of waking up. The night of Monday, for example, begins on Sunday evening.
 * @param last A day number, as `first`. Both days are included.
 * @example
 * const [first, last] = [dayNumber("2026-02-27"), dayNumber("2026-03-31")];
 * groupDays(first, last, "month").map(({ name, days, isPartial }) => [name, days.length, isPartial]);
 * // [["2026-02", 2, true], ["2026-03", 31, false]]
 * groupDays(first, first + 1, "weekday").map(({ name }) => name); // ["friday", "saturday"]
 */
export function groupDays(first: number, last: number, grouping: Grouping): DayGroup[] {
  const days = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  const groups = [...Map.groupBy(days, (day) => nameOf(day, grouping))];
  const ordered = grouping === "weekday" ? groups.toSorted(([, one], [, other]) => rank(one) - rank(other)) : groups;
  return ordered.map(([name, own]) => ({
    name,
    days: own,
    isPartial: isCalendarPart(grouping) && [first - 1, last + 1].some((day) => nameOf(day, grouping) === name),
  }));
}

function rank([day]: readonly number[]): number {
  return weekdayFromMonday(day ?? outOfRange(0));
}

function isCalendarPart(grouping: Grouping): boolean {
  return grouping === "week" || grouping === "month" || grouping === "quarter" || grouping === "year";
}

function nameOf(day: number, grouping: Grouping): string {
  const label = isoDay(day);
  switch (grouping) {
    case "all":
      return "all";
    case "weekday":
      return weekdayNames[weekdayFromMonday(day)] ?? outOfRange(weekdayFromMonday(day));
    case "weekend":
      return isWeekend(day) ? "weekend" : "weekdays";
    case "week":
      return nameWeek(day);
    case "month":
      return label.slice(0, 7);
    case "quarter":
      return `${label.slice(0, 4)}-Q${Math.ceil(Number(label.slice(5, 7)) / 3)}`;
    case "year":
      return label.slice(0, 4);
  }
}

/** The ISO 8601 name of the week of a day, for example "2026-W09". A week belongs to the year of its Thursday. */
function nameWeek(day: number): string {
  const thursday = day - weekdayFromMonday(day) + 3;
  const year = isoDay(thursday).slice(0, 4);
  const firstOfYear = Date.UTC(Number(year), 0, 1) / dayMilliseconds;
  return `${year}-W${String(Math.floor((thursday - firstOfYear) / 7) + 1).padStart(2, "0")}`;
}
