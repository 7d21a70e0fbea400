import { parseOffset } from "../analytics/day.ts";

/** Documents whose timestamps carry the wearer's own offset. Oura stamps other daily documents in UTC, which says nothing. */
export interface OffsetDocuments {
  sleep?: readonly { bedtime_end: string | null }[];
  activity?: readonly { timestamp: string | null }[];
}

/** The wearer's UTC offset in minutes at their newest record: the end of a sleep or the start of an activity day. */
export function newestOffset({ sleep = [], activity = [] }: OffsetDocuments): number | null {
  const stamps = [...sleep.map((period) => period.bedtime_end), ...activity.map((day) => day.timestamp)];
  let newest: { stamp: string; at: number } | null = null;
  for (const stamp of stamps) {
    const at = stamp === null ? Number.NaN : Date.parse(stamp);
    if (stamp !== null && !Number.isNaN(at) && (newest === null || at > newest.at)) newest = { stamp, at };
  }
  return newest === null ? null : parseOffset(newest.stamp);
}
