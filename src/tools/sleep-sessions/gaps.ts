import { type DayRange, type IsoDay, listDays } from "../../analytics/day.ts";
import { createMissingDays, type MissingEntry, reasonForDay } from "../../question/gaps.ts";
import type { ToolContext } from "../legacy.ts";
import { type NewestRecord, newestDay, newestKnown, readNewestDay } from "../newest-record.ts";
import type { WearerRange } from "../wearer-range.ts";
import { type CountedPeriod, countedPeriods, type SleepPeriod } from "./periods.ts";

/** Days without a night, and figures a night lacks, each with its reason. */
export function findMissingNights(
  { range, today, maySync }: WearerRange,
  counted: readonly CountedPeriod[],
  newest: NewestRecord,
): MissingEntry[] {
  const found = createMissingDays();
  const nights = new Map(counted.filter(({ kind }) => kind === "night").map((one) => [one.day, one.period]));
  for (const day of listDays(range)) {
    const night = nights.get(day);
    if (!night) {
      found.add("night", day, reasonForDay(day, { today, maySync, ...newest }));
      continue;
    }
    if (night.lowest_heart_rate === null) found.add("hr_low_bpm", day, "unavailable");
    if (night.average_heart_rate === null) found.add("hr_avg_bpm", day, "unavailable");
    if (night.average_hrv === null) found.add("hrv_ms", day, "unavailable");
    if (night.average_breath === null) found.add("breath_per_min", day, "unavailable");
  }
  return found.entries();
}

/**
 * The newest day of any record. Sleep alone cannot tell a ring left off at night from one that has not synced, so where
 * that is open the activity is asked as well.
 */
export async function findNewestRecord(
  context: ToolContext,
  { range, today, maySync }: WearerRange,
  read: readonly SleepPeriod[],
  upToToday: DayRange,
): Promise<NewestRecord> {
  const newestSleep = newestDay(read);
  const isOpen = maySync && listDays(range).some((day) => day < today && (newestSleep === null || day > newestSleep));
  return isOpen ? readNewestDay(context, upToToday, read) : newestKnown(context, read);
}

/** The last day with a night in everything that was read. */
export function newestNight(read: readonly SleepPeriod[]): IsoDay | null {
  return countedPeriods(read).reduce<IsoDay | null>(
    (newest, { day, kind }) => (kind === "night" && (newest === null || day > newest) ? day : newest),
    null,
  );
}
