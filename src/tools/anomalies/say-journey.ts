import { isoDay } from "../../analytics/day.ts";
import type { TimeZoneChange } from "../../analytics/time-zone-change.ts";
import { formatDay, round } from "../../words/present.ts";

/** Example: "time zone forward by 7 h on Mon 17 Aug 2026". */
export function sayJourney({ day, fromOffsetMinutes: from, toOffsetMinutes: to }: TimeZoneChange): string {
  return `time zone ${to > from ? "forward" : "back"} by ${round(Math.abs(to - from) / 60, 1)} h on ${formatDay(isoDay(day))}`;
}
