import type { DayRange, IsoDay } from "../analytics/day.ts";
import { AppError, orFailure } from "../errors.ts";
import { gatherSleepDays, needsScore, type SleepDay } from "./night.ts";
import type { OuraReader } from "./reader.ts";
import type { DayRouteName, OuraDocument } from "./routes.ts";
import { setUnwornAside, type WearTime } from "./wear.ts";

/**
 * A document as questions read it. Sleep is one value for each day, its records told apart. Activity and stress of a day
 * on which the ring was mostly off hold no figures. Everything else is Oura's document.
 */
export type DayDocument<Name extends DayRouteName> = Name extends "sleep" | "sleep_with_series"
  ? SleepDay<OuraDocument<Name>>
  : Name extends "daily_stress"
    ? OuraDocument<Name> & WearTime
    : OuraDocument<Name>;

/** Reads a route by day, with the second route that some need to be understood. */
export async function readDayDocuments<Name extends DayRouteName>(
  reader: OuraReader,
  name: Name,
  range: DayRange,
): Promise<DayDocument<Name>[]> {
  const documents = await readRoute(reader, name, range);
  return documents as DayDocument<Name>[]; // each case returns the documents of its route
}

async function readRoute(reader: OuraReader, name: DayRouteName, range: DayRange): Promise<readonly { day: IsoDay }[]> {
  switch (name) {
    case "sleep":
    case "sleep_with_series": {
      const periods = await reader.readDays(name, range);
      return gatherSleepDays(periods, await readScores(reader, periods, range));
    }
    case "daily_activity":
    case "daily_activity_with_series":
      return (await reader.readDays(name, range)).map(setUnwornAside);
    case "daily_stress": {
      // Only the activity shows how long the ring was worn. Without it, no figure of stress could be trusted.
      const [stress, activity] = await Promise.all([
        reader.readDays("daily_stress", range),
        reader.readDays("daily_activity", range),
      ]);
      const offOn = new Map(activity.map(({ day, non_wear_time }) => [day, non_wear_time]));
      return stress.map((document) => setUnwornAside({ ...document, non_wear_time: offOn.get(document.day) ?? null }));
    }
    default:
      return reader.readDays(name, range);
  }
}

/** Whether Oura scored a day's sleep. It is read only where a night depends on it; null when it cannot be read. */
async function readScores(
  reader: OuraReader,
  periods: readonly OuraDocument<"sleep">[],
  range: DayRange,
): Promise<(day: IsoDay) => boolean | null> {
  if (
    !Map.groupBy(periods, ({ day }) => day)
      .values()
      .some(needsScore)
  )
    return () => null;
  const scores = await orFailure(reader.readDays("daily_sleep", range));
  if (scores instanceof AppError) return () => null;
  const scored = new Set(scores.filter(({ score }) => score !== null).map(({ day }) => day));
  return (day) => scored.has(day);
}
