import type { IsoDay } from "../../analytics/day.ts";
import { minutes } from "../../words/present.ts";
import type { CountedPeriod } from "./sleep-periods.ts";

/** Minutes asleep on a day with naps: of the night alone, and of all sleeps. */
export interface DayTotal {
  day: IsoDay;
  night_min: number;
  with_naps_min: number;
}

/** The totals of days on which the two differ. */
export function dayTotals(counted: readonly CountedPeriod[]): DayTotal[] {
  const days = Map.groupBy(counted, ({ day }) => day);
  return Array.from(days, ([day, periods]) => ({
    day,
    night_min: sumAsleep(periods.filter(({ kind }) => kind === "night")),
    with_naps_min: sumAsleep(periods),
  })).filter(({ night_min, with_naps_min }) => night_min !== with_naps_min);
}

function sumAsleep(periods: readonly CountedPeriod[]): number {
  const seconds = periods.reduce((sum, { period }) => sum + (period.total_sleep_duration ?? 0), 0);
  return minutes(seconds) ?? 0;
}
