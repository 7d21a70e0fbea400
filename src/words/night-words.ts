import type { Sleep, SleepPeriod } from "../oura/night.ts";
import { formatMinutes, minutes } from "./present.ts";

/** For example "23:41". The time is local at the UTC offset that the timestamp contains. */
export function localTime(stamp: string | null): string | null {
  return stamp !== null && /T\d{2}:\d{2}/.test(stamp) ? stamp.slice(11, 16) : null;
}

/** For example "23:41-07:02", in local time. */
export function sayTimes({ bedtime_start, bedtime_end }: Pick<Sleep, "bedtime_start" | "bedtime_end">): string {
  return `${localTime(bedtime_start) ?? "?"}-${localTime(bedtime_end) ?? "?"}`;
}

/** For example "a short sleep of 2 h 40 min". */
export function sayShortSleep({ total_sleep_duration }: Pick<Sleep, "total_sleep_duration">): string {
  const asleep = minutes(total_sleep_duration);
  return asleep === null ? "a short sleep" : `a short sleep of ${formatMinutes(asleep)}`;
}

export function sayUncounted(sleep: Sleep, isScored: boolean | null): string {
  const why = isScored === null ? "Ōura's sleep score could not be read" : "Ōura gave it no sleep score";
  return `${sayShortSleep(sleep)} (${sayTimes(sleep)}) is not counted as the night, because ${why}`;
}

export function sayUnfinished({ bedtime_start }: Pick<SleepPeriod, "bedtime_start">): string {
  const since = localTime(bedtime_start);
  return `a record${since === null ? "" : ` from ${since} on`} is not finished and not counted`;
}
