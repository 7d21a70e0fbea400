import type { Grouping } from "../../analytics/day-groups.ts";
import { upperFirst } from "../../words/present.ts";

export const groupBys = ["none", "weekday", "weekend", "work_nights", "week", "month", "quarter", "year"] as const;
export type GroupBy = (typeof groupBys)[number];

/** The days that a question without dates covers. Groups of long periods, such as years, need more days. */
export const defaultDays: Readonly<Record<GroupBy, number>> = {
  none: 30,
  weekday: 90,
  weekend: 90,
  work_nights: 90,
  week: 84,
  month: 365,
  quarter: 730,
  year: 2192,
};

/**
 * The average number of days in one group. It is used to compute how many groups a range can have at most. Null when
 * the number of groups is fixed, as for the seven weekdays.
 */
export const daysOfGroup: Readonly<Record<GroupBy, number | null>> = {
  ...{ none: null, weekday: null, weekend: null, work_nights: null },
  ...{ week: 7, month: 30.4, quarter: 91.3, year: 365.25 },
};

/**
 * The grouping by work nights has the same groups of days as the grouping by weekdays and weekends. A night belongs to
 * the day of waking up, and work nights end on the mornings of Monday to Friday.
 */
export function groupingOf(groupBy: GroupBy): Grouping {
  switch (groupBy) {
    case "none":
      return "all";
    case "work_nights":
      return "weekend";
    default:
      return groupBy;
  }
}

const nightNames: Readonly<Record<string, string>> = { weekend: "fri_sat_nights", weekdays: "work_nights" };

export function nameGroup(name: string, groupBy: GroupBy): string {
  return groupBy === "work_nights" ? (nightNames[name] ?? name) : name;
}

const monthNames = [
  ...["January", "February", "March", "April", "May", "June", "July", "August"],
  ...["September", "October", "November", "December"],
];

/** Example: "March 2026", "Mondays", "weekends" or "week 2026-W09". */
export function sayGroup(name: string, groupBy: GroupBy): string {
  switch (groupBy) {
    case "none":
      return "all days";
    case "weekday":
      return `${upperFirst(name)}s`;
    case "weekend":
      return name === "weekend" ? "weekends" : name;
    case "work_nights":
      return name === "work_nights" ? "work nights (Sunday to Thursday evenings)" : "Friday and Saturday nights";
    case "week":
      return `week ${name}`;
    case "month":
      return `${monthNames[Number(name.slice(5, 7)) - 1]} ${name.slice(0, 4)}`;
    case "quarter":
      return `${name.slice(5)} ${name.slice(0, 4)}`;
    case "year":
      return name;
  }
}

/** Example: "Mar 26", "Mon", "W09 26" or "Q1 26". */
export function sayGroupShort(name: string, groupBy: GroupBy): string {
  const year = name.slice(2, 4);
  switch (groupBy) {
    case "weekday":
      return upperFirst(name.slice(0, 3));
    case "weekend":
      return upperFirst(name);
    case "work_nights":
      return name === "work_nights" ? "Work nights" : "Fri, Sat";
    case "week":
      return `${name.slice(5)} ${year}`;
    case "month":
      return `${monthNames[Number(name.slice(5, 7)) - 1]?.slice(0, 3)} ${year}`;
    case "quarter":
      return `${name.slice(5)} ${year}`;
    default:
      return name;
  }
}
