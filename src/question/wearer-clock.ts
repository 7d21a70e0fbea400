import { dayMilliseconds, parseInstant, parseOffset } from "../analytics/day.ts";

/**
 * The UTC offset of the wearer's newest record. With it, the next question can determine which day is today without
 * another request to Oura.
 */
export interface WearerClock {
  offsetMinutes: number | null;
  /** Stores the offset. If the offset of a newer record is already stored, the stored offset stays as it is. */
  remember(seen: SeenOffset): void;
}

/** A UTC offset, and the instant (`at`, in epoch ms) of the record that shows it. */
export interface SeenOffset {
  offsetMinutes: number;
  at: number;
}

/**
 * The documents whose timestamps contain the wearer's UTC offset. Timestamps of other documents are in UTC and do not
 * show it.
 */
export interface OffsetDocuments {
  sleep?: readonly { bedtime_end: string | null }[];
  activity?: readonly { timestamp: string | null }[];
}

/** A record whose timestamp is further in the future than this is ignored, because the timestamp must be wrong. */
const tolerableAheadMilliseconds = dayMilliseconds;

/**
 * The wearer's UTC offset from the newest timestamp that has one: the end of a sleep or the start of an activity day.
 * Null when no record shows an offset.
 * @param now The current instant, in epoch ms
 */
export function newestOffset({ sleep = [], activity = [] }: OffsetDocuments, now: number): SeenOffset | null {
  const stamps = [...sleep.map((period) => period.bedtime_end), ...activity.map((day) => day.timestamp)];
  let newest: SeenOffset | null = null;
  for (const stamp of stamps) {
    if (stamp === null) continue;
    const at = parseInstant(stamp);
    const offsetMinutes = parseOffset(stamp);
    const isPlausible = offsetMinutes !== null && at <= now + tolerableAheadMilliseconds; // false if `at` is NaN
    if (isPlausible && (newest === null || at > newest.at)) newest = { offsetMinutes, at };
  }
  return newest;
}
