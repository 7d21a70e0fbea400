import { type DayRange, dayAtOffset, type IsoDay, parseOffset } from "../analytics/day.ts";
import { AppError, orAppError } from "../errors.ts";
import { gatherSleepDays, type SleepDay } from "./night.ts";
import type { OuraReader } from "./reader.ts";
import type { DayRouteName, OuraDocument } from "./routes.ts";
import { setFiguresAside, type WearTime, wasMostlyOff } from "./wear.ts";

/**
 * A document as questions read it. Sleep is one value for each day, its records told apart. Activity and stress of a day
 * on which the ring was mostly off hold no figures. Everything else is Oura's document.
 */
export type DayDocument<Name extends DayRouteName> = Name extends "sleep" | "sleep_with_series"
  ? SleepDay<OuraDocument<Name>>
  : Name extends "daily_stress"
    ? OuraDocument<Name> & WearTime
    : OuraDocument<Name>;

/** When a question is asked. */
export interface Moment {
  /** Epoch ms. */
  now: number;
  /** The wearer's last known UTC offset in minutes, for when no record shows it. */
  offsetMinutes: number;
}

/** Reads a route by day, with the second route that some need to be understood. */
export async function readDayDocuments<Name extends DayRouteName>(
  reader: OuraReader,
  name: Name,
  range: DayRange,
  moment: Moment,
): Promise<DayDocument<Name>[]> {
  const documents = await readRoute(reader, name, range, moment);
  return documents as DayDocument<Name>[]; // each case returns the documents of its route
}

async function readRoute(
  reader: OuraReader,
  name: DayRouteName,
  range: DayRange,
  moment: Moment,
): Promise<readonly { day: IsoDay }[]> {
  switch (name) {
    case "sleep":
    case "sleep_with_series": {
      const periods = await reader.readDays(name, range);
      const days = gatherSleepDays(periods, () => null);
      // Only a short sleep needs to know whether Oura scored it.
      return days.some(({ uncounted }) => uncounted) ? gatherSleepDays(periods, await readScores(reader, range)) : days;
    }
    case "daily_activity":
    case "daily_activity_with_series":
    case "daily_activity_contributors": {
      const activity = await reader.readDays(name, range);
      const today = todayOf(activity, moment);
      return activity.map((document) => (saysNothing(document, today) ? setFiguresAside(document) : document));
    }
    case "daily_stress": {
      // Only the activity shows how long the ring was worn. Without it, no figure of stress could be trusted.
      const [stress, activity] = await Promise.all([
        reader.readDays("daily_stress", range),
        reader.readDays("daily_activity", range),
      ]);
      const today = todayOf(activity, moment);
      const activityOn = new Map(activity.map((document) => [document.day, document]));
      return stress.map((document) => {
        const wear = activityOn.get(document.day);
        const worn = { ...document, non_wear_time: wear?.non_wear_time ?? null };
        return wear && saysNothing(wear, today) ? setFiguresAside(worn) : worn;
      });
    }
    default:
      return reader.readDays(name, range);
  }
}

/**
 * Whether the ring was off for so long that a day's figures say nothing about it. Oura counts the hours to come as not
 * worn, so today's figures are kept as soon as there is a step.
 */
function saysNothing(document: WearTime & { day: IsoDay; steps: number | null }, today: IsoDay): boolean {
  return wasMostlyOff(document) && (document.day < today || document.steps === 0);
}

/**
 * The wearer's today, by the UTC offset of the newest activity. Some of Oura's timestamps are in UTC wherever the wearer
 * is, so the last known offset is better than none.
 */
function todayOf(activity: readonly { timestamp: string | null }[], { now, offsetMinutes }: Moment): IsoDay {
  const newest = activity.findLast(({ timestamp }) => Date.parse(timestamp ?? "") <= now)?.timestamp;
  return dayAtOffset(now, parseOffset(newest ?? "") || offsetMinutes);
}

/** Whether Oura scored a day's sleep; null when that cannot be read. */
async function readScores(reader: OuraReader, range: DayRange): Promise<(day: IsoDay) => boolean | null> {
  const scores = await orAppError(reader.readDays("daily_sleep", range));
  if (scores instanceof AppError) return () => null;
  const scored = new Set(scores.filter(({ score }) => score !== null).map(({ day }) => day));
  return (day) => scored.has(day);
}
