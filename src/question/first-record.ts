import { addDays, type DayRange, type IsoDay } from "../analytics/day.ts";
import { firstSetUp, type KnownRings } from "./ring-limits.ts";

/** Where the ring's records begin, for a question about days before those that were read. */
export interface FirstRecord {
  /** The first day that can have a record, and how that is known; null where it is not known. */
  begins: { on: IsoDay; because: string } | null;
  /** The oldest day with a record that was read; null when there was none. */
  oldestRead: IsoDay | null;
}

/** Whether a day of the ranges lies before every record that was read. Reads reach two days further back. */
export function hasDaysBefore(oldestRead: IsoDay | null, ranges: readonly DayRange[]): boolean {
  return ranges.some(({ start }) => oldestRead === null || start < oldestRead);
}

/**
 * The first day that can have a record. A ring is set up on a day in UTC, which may be the next day for the wearer.
 * Records from before show that an older ring is no longer listed, so that the set-up says nothing.
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

/** Whether a day is known to be before the first record. */
export function isBeforeFirst(day: IsoDay, first: FirstRecord | null): boolean {
  return first?.begins != null && day < first.begins.on;
}

/** More about a day without a record that is before every record: where records begin, or that it is not known. */
export function describeBefore(day: IsoDay, { begins, oldestRead }: FirstRecord): string | undefined {
  if (begins !== null) return day <= begins.on ? begins.because : undefined;
  return oldestRead === null || day < oldestRead ? unknownBeginning : undefined;
}

const unknownBeginning = "no record of a ring from these days or just before; it may not have been in use yet";

/** Why no day of the ranges has data, where all are before the first record; null for other ranges. */
export function becauseAllBefore(ranges: readonly DayRange[], first: FirstRecord | null): string | null {
  const areBefore = ranges.length > 0 && ranges.every(({ end }) => isBeforeFirst(end, first));
  return areBefore ? (first?.begins?.because ?? null) : null;
}
