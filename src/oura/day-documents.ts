import { type DayRange, dayAtOffset, type IsoDay, parseOffset } from "../analytics/day.ts";
import { AppError, orAppError } from "../errors.ts";
import { gatherSleepDays, type SleepDay } from "./night.ts";
import type { OuraReader } from "./reader.ts";
import type { DayRouteName, OuraDocument } from "./routes.ts";
import { setFiguresAside, type WearTime, wasMostlyOff } from "./wear.ts";

/**
 * A document of Oura's as the tools use it. The sleep records of a day are combined into one {@link SleepDay}. If the
 * ring was mostly off the finger on a day, the activity and stress documents of the day have no numbers. All other
 * documents stay as Oura sends them.
 */
export type DayDocument<Name extends DayRouteName> = Name extends "sleep" | "sleep_with_series"
  ? SleepDay<OuraDocument<Name>>
  : Name extends "daily_stress"
    ? OuraDocument<Name> & WearTime
    : OuraDocument<Name>;

export interface Moment {
  /** In epoch ms. */
  now: number;
  /** The wearer's last known UTC offset in minutes, for the case that no record shows the current offset. */
  offsetMinutes: number;
}

/**
 * Reads the documents of one route that has documents for each day. If the documents can only be interpreted with
 * documents of another route, those are read too. Sleep needs Oura's sleep scores in some cases, and stress needs the
 * time that the ring was worn.
 */
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
      // A short sleep counts as the night only if Oura scored the day. So the scores are read only if one of the days
      // has a short sleep that may have been the night.
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
      // Oura's stress document does not show for how many hours the ring was worn. The activity document shows it. If
      // the ring was worn too little, the numbers about stress do not describe the day.
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
 * Whether the ring was off the finger for so long that the day's numbers do not describe the day. For the current day,
 * Oura counts the hours that are still to come as not worn, so today's numbers are kept once the wearer has walked a
 * step.
 */
function saysNothing(document: WearTime & { day: IsoDay; steps: number | null }, today: IsoDay): boolean {
  return wasMostlyOff(document) && (document.day < today || document.steps === 0);
}

/**
 * The wearer's current date, by the UTC offset in the newest activity document. Oura writes some timestamps in UTC,
 * wherever the wearer is. So if the offset is 0, the last known offset is used instead.
 */
function todayOf(activity: readonly { timestamp: string | null }[], { now, offsetMinutes }: Moment): IsoDay {
  const newest = activity.findLast(({ timestamp }) => Date.parse(timestamp ?? "") <= now)?.timestamp;
  return dayAtOffset(now, parseOffset(newest ?? "") || offsetMinutes);
}

/**
 * Returns a function that says whether Oura gave a day a sleep score; null for every day if the scores cannot be read.
 */
async function readScores(reader: OuraReader, range: DayRange): Promise<(day: IsoDay) => boolean | null> {
  const scores = await orAppError(reader.readDays("daily_sleep", range));
  if (scores instanceof AppError) return () => null;
  const scored = new Set(scores.filter(({ score }) => score !== null).map(({ day }) => day));
  return (day) => scored.has(day);
}
