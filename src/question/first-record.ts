import { addDays, type DayRange, type IsoDay } from "../analytics/day.ts";
import { formatDay } from "../words/present.ts";
import { firstSetUp, type KnownRings } from "./ring-limits.ts";

export interface FirstRecord {
  /**
   * The first day that can have a record, with a text that says why no earlier day can have one. Null when the first
   * day is unknown.
   */
  begins: { on: IsoDay; because: string } | null;
  /** Null when no record was read. */
  oldestRead: IsoDay | null;
}

/**
 * Whether a requested day is before the oldest record that was read. True when no record was read. The reader also
 * fetches the two days before the requested days, so the oldest record can be older than all requested days.
 */
export function hasDaysBefore(oldestRead: IsoDay | null, ranges: readonly DayRange[]): boolean {
  return ranges.some(({ start }) => oldestRead === null || start < oldestRead);
}

/**
 * Determines the first day that can have a record. A ring's set-up date is a UTC day, which can differ by one day from
 * the wearer's day. If records are older than the set-up date, they come from a ring that Oura no longer lists.
 * `begins` is null in this case, because the set-up date does not show on which day the records begin.
 */
export function findFirstRecord(rings: KnownRings, oldestRead: IsoDay | null): FirstRecord {
  const setUp = firstSetUp(rings);
  if (setUp === null || (oldestRead !== null && oldestRead < addDays(setUp, -1))) return { begins: null, oldestRead };
  const begins =
    oldestRead !== null && oldestRead <= addDays(setUp, 1)
      ? { on: oldestRead, because: `the ring's records begin on ${formatDay(oldestRead)}` }
      : { on: addDays(setUp, -1), because: `the first ring was set up on ${formatDay(setUp)}` };
  return { begins, oldestRead };
}

/** Whether a day is before the first day that can have a record. False when this first day is unknown. */
export function isBeforeFirst(day: IsoDay, first: FirstRecord | null): boolean {
  return first?.begins != null && day < first.begins.on;
}

/**
 * Says on which day the records begin, or that this day is unknown. Undefined for a day that is not before the first
 * record.
 */
export function describeBefore(day: IsoDay, first: FirstRecord): string | undefined {
  if (first.begins !== null) return day <= first.begins.on ? first.begins.because : undefined;
  return mayBeBeforeFirst(day, first) ? unknownBeginning : undefined;
}

/** Whether the first day that can have a record is unknown, and the day is before every record that was read. */
export function mayBeBeforeFirst(day: IsoDay, first: FirstRecord | null): boolean {
  return first?.begins === null && (first.oldestRead === null || day < first.oldestRead);
}

const unknownBeginning = "no record of a ring from these days or just before; it may not have been in use yet";

/** Says on which day the records begin if all requested days are before the first record. Otherwise null. */
export function becauseAllBefore(ranges: readonly DayRange[], first: FirstRecord | null): string | null {
  const areBefore = ranges.length > 0 && ranges.every(({ end }) => isBeforeFirst(end, first));
  return areBefore ? (first?.begins?.because ?? null) : null;
}
