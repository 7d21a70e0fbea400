import { type DayRange, type IsoDay, isWithin } from "../../analytics/day.ts";
import { findMainNight } from "../../oura/main-night.ts";
import type { OuraDocument } from "../../oura/routes.ts";

export type SleepPeriod = OuraDocument<"sleep">;
export type SleepWithSeries = OuraDocument<"sleep_with_series">;

/**
 * `night`: the longest long sleep of its day. `long_sleep`: another one. `nap`: a confirmed sleep of up to three hours.
 */
export type PeriodKind = "night" | "long_sleep" | "nap";

export interface CountedPeriod {
  day: IsoDay;
  kind: PeriodKind;
  period: SleepPeriod;
}

/**
 * The sleep periods that count, oldest first, optionally only those of a range. Periods of type `rest` or `deleted` and
 * of unknown types do not count.
 */
export function countedPeriods(periods: readonly SleepPeriod[], range?: DayRange): CountedPeriod[] {
  const nights = new Map(
    Array.from(
      Map.groupBy(periods, (period) => period.day),
      ([day, list]) => [day, findMainNight(list)] as const,
    ),
  );
  return periods
    .filter(({ day }) => range === undefined || isWithin(day, range))
    .flatMap((period): CountedPeriod[] => {
      const kind = kindOf(period, nights.get(period.day) ?? null);
      return kind === null ? [] : [{ day: period.day, kind, period }];
    })
    .toSorted((left, right) => startOf(left.period) - startOf(right.period));
}

function kindOf(period: SleepPeriod, night: SleepPeriod | null): PeriodKind | null {
  switch (period.type) {
    case "long_sleep":
      return period === night ? "night" : "long_sleep";
    case "sleep":
    case "late_nap":
      return "nap";
    default:
      return null;
  }
}

function startOf(period: SleepPeriod): number {
  return Date.parse(period.bedtime_start ?? "") || 0;
}

/** The local time of a timestamp, in its own UTC offset: "23:41". */
export function localTime(stamp: string | null): string | null {
  return stamp !== null && /T\d{2}:\d{2}/.test(stamp) ? stamp.slice(11, 16) : null;
}

/** The last day with a main night. */
export function newestNight(read: readonly SleepPeriod[]): IsoDay | null {
  return countedPeriods(read).reduce<IsoDay | null>(
    (newest, { day, kind }) => (kind === "night" && (newest === null || day > newest) ? day : newest),
    null,
  );
}
