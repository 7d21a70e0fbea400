import { dayMilliseconds, parseInstant, parseOffset } from "../analytics/day.ts";

/** Remembers the wearer's UTC offset of their newest record, so that "today" needs no extra request. */
export interface WearerClock {
  offsetMinutes: number | null;
  /** Stores the offset of a record, unless that of a newer record is known. */
  remember(seen: SeenOffset): void;
}

/** A UTC offset and the instant (epoch ms) of the record it comes from. */
export interface SeenOffset {
  offsetMinutes: number;
  at: number;
}

/** Documents whose timestamps carry the wearer's UTC offset. Other daily documents have UTC timestamps. */
export interface OffsetDocuments {
  sleep?: readonly { bedtime_end: string | null }[];
  activity?: readonly { timestamp: string | null }[];
}

/** A record dated more than this after now comes from a clock that runs ahead, and is ignored. */
const tolerableAheadMilliseconds = dayMilliseconds;

/**
 * The wearer's UTC offset at their newest record: the end of a sleep or the start of an activity day.
 * @param now epoch ms
 */
export function newestOffset({ sleep = [], activity = [] }: OffsetDocuments, now: number): SeenOffset | null {
  const stamps = [...sleep.map((period) => period.bedtime_end), ...activity.map((day) => day.timestamp)];
  let newest: SeenOffset | null = null;
  for (const stamp of stamps) {
    if (stamp === null) continue;
    const at = parseInstant(stamp);
    const offsetMinutes = parseOffset(stamp);
    const isPlausible = offsetMinutes !== null && at <= now + tolerableAheadMilliseconds; // false for NaN
    if (isPlausible && (newest === null || at > newest.at)) newest = { offsetMinutes, at };
  }
  return newest;
}
