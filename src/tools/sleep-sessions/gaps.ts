import { type IsoDay, listDays } from "../../analytics/day.ts";
import { createMissingDays, type MissingEntry } from "../missing.ts";
import type { WearerRange } from "../wearer-range.ts";
import { type CountedPeriod, countedPeriods, type SleepPeriod } from "./periods.ts";

/** Days without a night, and figures a night lacks, each with its reason. */
export function findMissingNights(
  { range, today, maySync }: WearerRange,
  counted: readonly CountedPeriod[],
  read: readonly SleepPeriod[],
): MissingEntry[] {
  const found = createMissingDays();
  const nights = new Map(counted.filter(({ kind }) => kind === "night").map((one) => [one.day, one.period]));
  const newest = newestNight(read);
  for (const day of listDays(range)) {
    const night = nights.get(day);
    if (!night) {
      found.add(
        "night",
        day,
        day === today || (maySync && (newest === null || day > newest)) ? "not_synced" : "not_worn",
      );
      continue;
    }
    if (night.lowest_heart_rate === null) found.add("hr_low_bpm", day, "unavailable");
    if (night.average_heart_rate === null) found.add("hr_avg_bpm", day, "unavailable");
    if (night.average_hrv === null) found.add("hrv_ms", day, "unavailable");
    if (night.average_breath === null) found.add("breath_per_min", day, "unavailable");
  }
  return found.entries();
}

/** The last day with a night in everything that was read. */
export function newestNight(read: readonly SleepPeriod[]): IsoDay | null {
  return countedPeriods(read).reduce<IsoDay | null>(
    (newest, { day, kind }) => (kind === "night" && (newest === null || day > newest) ? day : newest),
    null,
  );
}
