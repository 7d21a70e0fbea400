import type { DayRange } from "./day.ts";
import { type DailySeries, dayNumbers, observationsIn } from "./series.ts";

/** From this many minutes on a changed offset is a journey; clock changes are one hour at most. */
const leastJourneyMinutes = 180;

/** A night whose UTC offset differs from the measured one before it by three hours or more. */
export interface TimeZoneChange {
  /** Days since 1970-01-01. */
  day: number;
  fromOffsetMinutes: number;
  toOffsetMinutes: number;
}

/**
 * Nights after a journey across time zones. Their clock times and their body are unusual for a known reason.
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
