import { type DayRange, formatDays, type IsoDay, isWithin } from "../../analytics/day.ts";
import type { Sleep, SleepDay, SleepPeriod } from "../../oura/night.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { minutes, sayDays } from "../../words/present.ts";

export type SleepWithSeries = OuraDocument<"sleep_with_series">;

/**
 * `night`: the main sleep of a day. `second_sleep`: a long sleep that is at least three hours before or after the
 * night. `nap`: a sleep that is neither the night nor a second sleep. `short_sleep`: a sleep that may have been the
 * night, on a day without a sleep score. `unfinished`: a record that Oura is still writing, so it has no figures.
 */
export type SleepKind = "night" | "second_sleep" | "nap" | "short_sleep" | "unfinished";

export interface ListedSleep<Period extends SleepPeriod = SleepPeriod> {
  day: IsoDay;
  kind: SleepKind;
  /** Null for a record that Oura is still writing. */
  sleep: Sleep<Period> | null;
  start: string | null;
  end: string | null;
}

/**
 * Lists the sleeps, oldest first. Records of the types `rest` and `deleted` and records of unknown types are left out.
 */
export function listSleeps<Period extends SleepPeriod>(
  days: readonly SleepDay<Period>[],
  range: DayRange,
): ListedSleep<Period>[] {
  return days
    .filter(({ day }) => isWithin(day, range))
    .flatMap(sleepsOf)
    .toSorted((left, right) => (Date.parse(left.start ?? "") || 0) - (Date.parse(right.start ?? "") || 0));
}

function sleepsOf<Period extends SleepPeriod>(one: SleepDay<Period>): ListedSleep<Period>[] {
  const { day, night, secondSleeps, naps, uncounted, unfinished } = one;
  const list = (kind: SleepKind, sleep: Sleep<Period>): ListedSleep<Period> => ({
    day,
    kind,
    sleep,
    start: sleep.bedtime_start,
    end: sleep.bedtime_end,
  });
  return [
    ...(night ? [list("night", night)] : []),
    ...secondSleeps.map((sleep) => list("second_sleep", sleep)),
    ...naps.map((sleep) => list(sleep === uncounted ? "short_sleep" : "nap", sleep)),
    ...unfinished.map(
      ({ bedtime_start: start, bedtime_end: end }): ListedSleep<Period> => ({
        day,
        kind: "unfinished",
        sleep: null,
        start,
        end,
      }),
    ),
  ];
}

/**
 * Oura counts sleep that ends after 18:00 for the next day. Without this note, a reader would take an end at 19:07 for
 * a time on the day of the row.
 */
export function noteEveningSleep(listed: readonly ListedSleep[]): string[] {
  const days = listed.filter(({ day, end }) => end !== null && end.slice(0, 10) < day).map(({ day }) => day);
  if (days.length === 0) return [];
  const said = sayDays(formatDays([...new Set(days)]));
  return [`Ōura counts sleep that ends after 18:00 for the next day. It was on the evening before: ${said}.`];
}

/** The minutes asleep in the night alone, and in all sleeps of the day together. */
export interface DayTotal {
  day: IsoDay;
  total_sleep_min: number;
  total_sleep_with_naps_min: number;
}

/**
 * Lists only days that have a recorded night and also other sleep, such as a nap. A day with naps but without a
 * recorded night is not listed, because the total would lack the night.
 */
export function dayTotals(days: readonly SleepDay[], range: DayRange): DayTotal[] {
  return days
    .filter(({ day }) => isWithin(day, range))
    .flatMap(({ day, night, totalWithNaps }) => {
      const [alone, withNaps] = [minutes(night?.total_sleep_duration), minutes(totalWithNaps)];
      if (alone === null || withNaps === null || alone === withNaps) return [];
      return [{ day, total_sleep_min: alone, total_sleep_with_naps_min: withNaps }];
    });
}
