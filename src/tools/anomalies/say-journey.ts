import { isoDay } from "../../analytics/day.ts";
import type { TimeZoneChange } from "../../analytics/time-zone-change.ts";
import { round } from "../../words/present.ts";

/** "time zone forward by 7 h on 2026-08-17" */
export function sayJourney({ day, fromOffsetMinutes: from, toOffsetMinutes: to }: TimeZoneChange): string {
  return `time zone ${to > from ? "forward" : "back"} by ${round(Math.abs(to - from) / 60, 1)} h on ${isoDay(day)}`;
}
