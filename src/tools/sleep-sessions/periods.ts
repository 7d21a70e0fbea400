import type { IsoDay } from "../../analytics/day.ts";
import { parseOffset } from "../../analytics/day.ts";
import { findMainNight } from "../../oura/main-night.ts";
import type { OuraDocument } from "../../oura/routes.ts";

export type SleepPeriod = OuraDocument<"sleep">;

/** `night`: the longest long sleep of its day. `long_sleep`: another one. `nap`: a confirmed sleep of up to three hours. */
export type PeriodKind = "night" | "long_sleep" | "nap";

export interface CountedPeriod {
  day: IsoDay;
  kind: PeriodKind;
  period: SleepPeriod;
}

/**
 * The sleeps that count, oldest first. What the wearer rejected (`rest`) or deleted never does; a type Oura adds later is
 * not counted until it is known to be sleep.
 */
export function countedPeriods(periods: readonly SleepPeriod[]): CountedPeriod[] {
  const nights = new Map(
    Array.from(
      Map.groupBy(periods, (period) => period.day),
      ([day, list]) => [day, findMainNight(list)] as const,
    ),
  );
  return periods
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

/** "23:41" on the wearer's own clock, from the offset inside the timestamp. */
export function localTime(stamp: string | null): string | null {
  return stamp !== null && /T\d{2}:\d{2}/.test(stamp) ? stamp.slice(11, 16) : null;
}

/** Where the wearer's UTC offset changes between one period and the next: a trip or a clock change. */
export function offsetChanges(periods: readonly CountedPeriod[]): { day: IsoDay; offsetMinutes: number }[] {
  const changes: { day: IsoDay; offsetMinutes: number }[] = [];
  let current: number | null = null;
  for (const { day, period } of periods) {
    const offset = period.bedtime_end === null ? null : parseOffset(period.bedtime_end);
    if (offset === null || offset === current) continue;
    changes.push({ day, offsetMinutes: offset });
    current = offset;
  }
  return changes;
}
