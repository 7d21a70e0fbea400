import type { DayRange } from "./day.ts";
import { type DailySeries, dayNumbers, observationsIn } from "./series.ts";

/**
 * A change of the UTC offset by at least this many minutes counts as travel. Daylight saving time changes the offset by
 * one hour at most.
 */
const leastJourneyMinutes = 180;

/** A night whose UTC offset differs by three hours or more from the UTC offset of the previous measured night. */
export interface TimeZoneChange {
  /** The day number of the night (days since 1970-01-01). */
  day: number;
  fromOffsetMinutes: number;
  toOffsetMinutes: number;
}

/**
 * Finds the first measured night after each journey across time zones. An answer mentions the journey, because the
 * journey can explain unusual values of that night.
 * @param offsets The UTC offset of each night, in minutes east of UTC.
 * @example Nights at +120, +120, −240 → one change on the third day
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
