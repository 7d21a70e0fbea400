import type { DayRange } from "./day.ts";
import { type DailySeries, dayNumbers, observationsIn } from "./series.ts";

/**
 * A change of the UTC offset by at least this many minutes counts as travel. Daylight saving time changes the offset by
 * one hour at most.
 */
const leastJourneyMinutes = 180;

/** A night whose UTC offset differs by three hours or more from that of the previous measured night. */
export interface TimeZoneChange {
  day: number;
  fromOffsetMinutes: number;
  toOffsetMinutes: number;
}

/**
 * Finds the first measured night after each journey across time zones.
 * @param offsets The UTC offset of each night, in minutes east of UTC.
 * @example
 * const offsets = { firstDay: 20000, values: [60, 120, null, -240] };
 * findTimeZoneChanges(offsets, { start: isoDay(20000), end: isoDay(20003) });
 * // [{ day: 20003, fromOffsetMinutes: 120, toOffsetMinutes: -240 }]
 */
export function findTimeZoneChanges(offsets: DailySeries, range: DayRange): TimeZoneChange[] {
  const { first, last } = dayNumbers(range);
  const nights = observationsIn(offsets, offsets.firstDay, last);
  return nights.flatMap(({ day, value }, index) => {
    const before = nights[index - 1];
    if (!before || day < first || Math.abs(value - before.value) < leastJourneyMinutes) return [];
    return [{ day, fromOffsetMinutes: before.value, toOffsetMinutes: value }];
  });
}
