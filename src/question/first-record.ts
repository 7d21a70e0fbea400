import { addDays, type DayRange, type IsoDay } from "../analytics/day.ts";
import { firstSetUp, type KnownRings } from "./ring-limits.ts";

/** Where the ring's records begin, for a question about days that are earlier than every record that was read. */
export interface FirstRecord {
  /** The first day that can have a record, and the reason in words; null when that day is unknown. */
  begins: { on: IsoDay; because: string } | null;
  /** The oldest day with a record that was read; null when no record was read. */
  oldestRead: IsoDay | null;
}

/**
 * Whether a requested day is earlier than every record that was read. The reader fetches two days before the range, so
 * a record from just before the range also counts.
 */
export function hasDaysBefore(oldestRead: IsoDay | null, ranges: readonly DayRange[]): boolean {
  return ranges.some(({ start }) => oldestRead === null || start < oldestRead);
}

/**
 * Determines the first day that can have a record. A ring's set-up date is a UTC day, which can differ by one day from
 * the wearer's day. Records older than the set-up date come from a ring that Oura no longer lists. The set-up date then
 * does not show where the records begin, and `begins` is null.
 */
export function findFirstRecord(rings: KnownRings, oldestRead: IsoDay | null): FirstRecord {
  const setUp = firstSetUp(rings);
  if (setUp === null || (oldestRead !== null && oldestRead < addDays(setUp, -1))) return { begins: null, oldestRead };
  const begins =
    oldestRead !== null && oldestRead <= addDays(setUp, 1)
      ? { on: oldestRead, because: `the ring's records begin on ${oldestRead}` }
      : { on: addDays(setUp, -1), because: `the first ring was set up on ${setUp}` };
  return { begins, oldestRead };
}

/** Whether a day is before the first day that can have a record. False when that first day is unknown. */
export function isBeforeFirst(day: IsoDay, first: FirstRecord | null): boolean {
  return first?.begins != null && day < first.begins.on;
}

/**
 * Explains a day without a record that is earlier than every record: where the records begin, or that this is unknown.
 * Undefined for later days.
 */
export function describeBefore(day: IsoDay, { begins, oldestRead }: FirstRecord): string | undefined {
  if (begins !== null) return day <= begins.on ? begins.because : undefined;
  return oldestRead === null || day < oldestRead ? unknownBeginning : undefined;
}

const unknownBeginning = "no record of a ring from these days or just before; it may not have been in use yet";

/** Why no requested day has data, if all of these days are before the first record; null for other ranges. */
export function becauseAllBefore(ranges: readonly DayRange[], first: FirstRecord | null): string | null {
  const areBefore = ranges.length > 0 && ranges.every(({ end }) => isBeforeFirst(end, first));
  return areBefore ? (first?.begins?.because ?? null) : null;
}
