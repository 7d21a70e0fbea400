import { type DayRange, type IsoDay, isWithin } from "../../analytics/day.ts";
import type { SleepDay } from "../../oura/night.ts";
import { minutes } from "../../words/present.ts";

/** Minutes asleep on a day with other sleep beside the night: of the night alone, and of all sleeps. */
export interface DayTotal {
  day: IsoDay;
  total_sleep_min: number;
  total_sleep_with_naps_min: number;
}

/** The totals of days on which the two differ. Without a night, the naps alone are not the day's total. */
export function dayTotals(days: readonly SleepDay[], range: DayRange): DayTotal[] {
  return days
    .filter(({ day }) => isWithin(day, range))
    .flatMap(({ day, night, totalWithNaps }) => {
      const [alone, withNaps] = [minutes(night?.total_sleep_duration), minutes(totalWithNaps)];
      if (alone === null || withNaps === null || alone === withNaps) return [];
      return [{ day, total_sleep_min: alone, total_sleep_with_naps_min: withNaps }];
    });
}
