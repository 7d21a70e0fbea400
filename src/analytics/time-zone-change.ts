import type { DayRange } from "./day.ts";
import { type DailySeries, dayNumbers, observationsIn } from "./series.ts";

/** An offset that changes by at least this many minutes means travel; clock changes are one hour at most. */
const leastJourneyMinutes = 180;

/** A night whose UTC offset differs from that of the previous measured night by three hours or more. */
export interface TimeZoneChange {
  /** Days since 1970-01-01. */
  day: number;
  fromOffsetMinutes: number;
  toOffsetMinutes: number;
}

/**
 * Nights after travel across time zones. Unusual values of these nights have a known reason.
 * @param offsets Minutes east of UTC, by night.
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
