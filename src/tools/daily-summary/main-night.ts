import type { OuraDocument } from "../../oura/routes.ts";

type SleepPeriod = OuraDocument<"sleep">;

/**
 * The period that was the night: the longest `long_sleep` of the day. Naps never stand in for a night, and what Oura took
 * back (`rest`) or the wearer deleted is no sleep at all.
 */
export function findMainNight(periods: readonly SleepPeriod[]): SleepPeriod | null {
  return periods
    .filter((period) => period.type === "long_sleep")
    .reduce<SleepPeriod | null>(
      (longest, period) => (asleep(period) > asleep(longest) ? period : (longest ?? period)),
      null,
    );
}

function asleep(period: SleepPeriod | null): number {
  return period?.total_sleep_duration ?? -1;
}
