import { type DayRange, formatDays, type IsoDay, isWithin, listDays } from "../analytics/day.ts";
import type { SleepDay } from "../oura/night.ts";
import { hoursWorn, type WearTime } from "../oura/wear.ts";
import { sayUnfinished } from "../words/night-words.ts";
import { formatDay, sayDays } from "../words/present.ts";
import type { DayDocumentsOf } from "./day-gaps.ts";
import type { HeldDocuments } from "./held-documents.ts";
import type { MissingEntry } from "./missing-entries.ts";

/**
 * In minutes after midnight. Before 18:00 an answer does not say how long the ring was off the finger today, because
 * too much of the day is still to come.
 */
const eveningFrom = 18 * 60;
/** When Oura's activity day ends: at 04:00 of the next day, in minutes after the midnight at which the day begins. */
const endOfActivityDay = 28 * 60;
/** A note lists at most this many days or sleep records, the newest ones, and gives only the number of the others. */
const mostDays = 10;
/**
 * An answer about many days puts partly worn days into one group if the ring was worn for the same number of hours. If
 * there would be more groups than this, the answer lists all days together, with the lowest and the highest number of
 * hours.
 */
const mostHours = 3;

interface Asking {
  today: IsoDay;
  /** In epoch ms. */
  now: number;
  offsetMinutes: number;
  /** True for an answer about many days, which does not list each day. */
  isBrief: boolean;
}

/**
 * Names the days on which the ring was off the finger for four to twelve hours. On such days the ring missed some of
 * the steps and activity, so their counts are too low. Today is named only from 18:00 on.
 */
export function describePartWear(ranges: readonly DayRange[], documentsOf: DayDocumentsOf, asking: Asking): string[] {
  const found = [...new Set(ranges.flatMap(listDays))].toSorted().flatMap((day) => {
    const wear = day < asking.today ? wearOn(day, documentsOf) : wearSoFar(day, documentsOf, asking);
    const hours = wear === null ? null : hoursWorn(wear);
    return hours === null ? [] : [{ day, hours }];
  });
  const listed = found.slice(-mostDays);
  const before = listed.filter(({ day }) => day !== asking.today);
  const parts = sayHours(before, asking.isBrief);
  const more = found.length - listed.length;
  return [
    ...(parts.length === 0 ? [] : [`Worn ${parts.join("; ")}${more > 0 ? `; and part of ${more} earlier days` : ""}.`]),
    ...listed
      .filter(({ day }) => day === asking.today)
      .map(({ hours }) => `Today not worn for ${24 - hours} hours so far.`),
  ];
}

/**
 * Groups the days by the number of hours that the ring was worn, for example "18 of 24 hours on 14–17 Nov 2026". If an
 * answer about many days (`isBrief`) would have more than {@link mostHours} groups, all days become one group: "14 to
 * 20 of 24 hours on …".
 */
function sayHours(days: readonly { day: IsoDay; hours: number }[], isBrief: boolean): string[] {
  const say = (hours: string | number, among: readonly { day: IsoDay }[]) =>
    `${hours} of 24 hours on ${sayDays(formatDays(among.map(({ day }) => day)))}`;
  const byHours = Map.groupBy(days, ({ hours }) => hours);
  if (!isBrief || byHours.size <= mostHours) return Array.from(byHours, ([hours, among]) => say(hours, among));
  const all = [...byHours.keys()];
  return [say(`${Math.min(...all)} to ${Math.max(...all)}`, days)];
}

/** Names the sleep records that Oura has not finished yet, because none of the answer's numbers includes them. */
export function noteUnfinished(ranges: readonly DayRange[], held: HeldDocuments): string[] {
  const days = held.all("sleep") as readonly SleepDay[]; // the sleep routes return this type
  const unfinished = days
    .filter(({ day }) => ranges.some((range) => isWithin(day, range)))
    .toSorted((one, other) => (one.day < other.day ? -1 : 1))
    .flatMap(({ day, unfinished: records }) => records.map((record) => `${formatDay(day)}: ${sayUnfinished(record)}.`));
  const more = unfinished.length - mostDays;
  return [
    ...unfinished.slice(-mostDays),
    ...(more > 0 ? [`${more} earlier records of sleep are not finished and not counted.`] : []),
  ];
}

/**
 * An entry for the answer's `missing` list if Oura's sleep scores could not be read and a day has only short sleeps. A
 * short sleep counts as the night only if Oura scored the day's sleep. Without the scores, it is therefore unknown
 * whether the day has a night.
 */
export function findUnknownNights(held: HeldDocuments): MissingEntry[] {
  const days = held.all("sleep") as readonly SleepDay[]; // the sleep routes return this type
  if (!days.some(({ uncounted, isScored }) => uncounted !== null && isScored === null)) return [];
  const detail = "Ōura's sleep scores could not be read, so no short sleep is counted as a night.";
  return [{ what: "short nights", reason: "unavailable", detail }];
}

/**
 * How long the ring was off the finger today, up to now. Oura also counts the hours until the end of the day as not
 * worn, so those hours are subtracted. Null before 18:00.
 */
function wearSoFar(day: IsoDay, documentsOf: DayDocumentsOf, { now, offsetMinutes, today }: Asking): WearTime | null {
  const wear = wearOn(day, documentsOf);
  const minute = (now / 60_000 + offsetMinutes) % 1440;
  if (day !== today || wear?.non_wear_time == null || minute < eveningFrom) return null;
  return { non_wear_time: wear.non_wear_time - (endOfActivityDay - minute) * 60 };
}

function wearOn(day: IsoDay, documentsOf: DayDocumentsOf): WearTime | null {
  const document = documentsOf("daily_activity", day)?.at(-1) ?? documentsOf("daily_stress", day)?.at(-1);
  // The cast is safe, because the documents of daily_activity and of daily_stress have all fields of the type WearTime.
  return document !== undefined && "non_wear_time" in document ? (document as WearTime) : null;
}
