import { parseOffset } from "../analytics/day.ts";
import type { OuraDocument } from "../oura/routes.ts";

/**
 * The wearer's UTC offset in minutes, from the newest timestamp that carries it: the end of a sleep, else the start of an
 * activity day. Oura stamps some daily documents in UTC, so theirs say nothing.
 */
export function newestOffset(
  sleep: readonly OuraDocument<"sleep">[],
  activity: readonly OuraDocument<"daily_activity">[],
): number | null {
  const stamps = [...sleep.map((period) => period.bedtime_end), ...activity.map((day) => day.timestamp)];
  const newest = stamps
    .filter((stamp) => stamp !== null && !Number.isNaN(Date.parse(stamp)))
    .reduce<string | null>(
      (best, stamp) => (best === null || Date.parse(stamp ?? "") > Date.parse(best) ? stamp : best),
      null,
    );
  return newest === null ? null : parseOffset(newest);
}
