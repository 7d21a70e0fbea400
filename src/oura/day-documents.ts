import { type DayRange, dayAtOffset, type IsoDay, parseOffset } from "../analytics/day.ts";
import { AppError, orAppError } from "../errors.ts";
import { gatherSleepDays, type SleepDay } from "./night.ts";
import type { OuraReader } from "./reader.ts";
import type { DayRouteName, OuraDocument } from "./routes.ts";
import { setFiguresAside, type WearTime, wasMostlyOff } from "./wear.ts";

/**
 * A document in the form in which questions use it. The sleep records of a day are combined into one {@link SleepDay}.
 * Activity and stress have no figures for a day on which the ring was mostly off the finger. Every other document is as
 * Oura sends it.
 */
export type DayDocument<Name extends DayRouteName> = Name extends "sleep" | "sleep_with_series"
  ? SleepDay<OuraDocument<Name>>
  : Name extends "daily_stress"
    ? OuraDocument<Name> & WearTime
    : OuraDocument<Name>;

/** The time at which a question is asked. */
export interface Moment {
  /** Epoch ms. */
  now: number;
  /** The wearer's last known UTC offset in minutes. It is used when no record shows the current offset. */
  offsetMinutes: number;
}

/**
 * Reads the documents of a route by day. Some routes can be interpreted only with a second route, which is then read
 * too.
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
      // Only when a short sleep may be the night does it matter whether Oura scored the day. Otherwise no scores are
      // read.
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
      // Only the activity document shows how long the ring was worn. Without it, no figure of stress could be trusted.
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
 * Whether the ring was off the finger for so long that a day's figures say nothing about the day. Oura counts the hours
 * to come as not worn. Today's figures are therefore kept as soon as the day has a step.
 */
function saysNothing(document: WearTime & { day: IsoDay; steps: number | null }, today: IsoDay): boolean {
  return wasMostlyOff(document) && (document.day < today || document.steps === 0);
}

/**
 * The wearer's current date, by the UTC offset of the newest activity. Some of Oura's timestamps are in UTC wherever
 * the wearer is. If the newest offset is 0, the last known offset is therefore used instead.
 */
function todayOf(activity: readonly { timestamp: string | null }[], { now, offsetMinutes }: Moment): IsoDay {
  const newest = activity.findLast(({ timestamp }) => Date.parse(timestamp ?? "") <= now)?.timestamp;
  return dayAtOffset(now, parseOffset(newest ?? "") || offsetMinutes);
}

/**
 * Returns a function that tells whether Oura scored the sleep of a day. The function returns null when the scores
 * cannot be read.
 */
async function readScores(reader: OuraReader, range: DayRange): Promise<(day: IsoDay) => boolean | null> {
  const scores = await orAppError(reader.readDays("daily_sleep", range));
  if (scores instanceof AppError) return () => null;
  const scored = new Set(scores.filter(({ score }) => score !== null).map(({ day }) => day));
  return (day) => scored.has(day);
}
