import { type DayRange, formatDays, type IsoDay, isWithin, listDays } from "../analytics/day.ts";
import type { SleepDay } from "../oura/night.ts";
import { hoursWorn, type WearTime } from "../oura/wear.ts";
import { sayUnfinished } from "../words/night-words.ts";
import { formatDay, sayDays } from "../words/present.ts";
import type { DayDocumentsOf, MissingEntry } from "./gaps.ts";
import type { HeldDocuments } from "./held-documents.ts";

/** Before this minute, in the evening, today's time off the finger says nothing about the day. */
const eveningFrom = 18 * 60;
/** Oura's day of activity ends at four in the morning: the minute, counted from the midnight that begins the day. */
const endOfActivityDay = 28 * 60;
/** The most days that a note lists. */
const mostDays = 10;
/** In brief, the most numbers of hours that are told apart. */
const mostHours = 3;

interface Asking {
  today: IsoDay;
  /** Epoch ms. */
  now: number;
  /** The wearer's UTC offset. */
  offsetMinutes: number;
  /** For an answer about many days, which does not list each of them. */
  isBrief: boolean;
}

/**
 * Names the days on which the ring was off for four to twelve hours: its steps and activity are counted too low.
 * Of today it is said only in the evening.
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

/** The days by how long the ring was worn; in brief, all days with the fewest and the most hours. */
function sayHours(days: readonly { day: IsoDay; hours: number }[], isBrief: boolean): string[] {
  const say = (hours: string | number, among: readonly { day: IsoDay }[]) =>
    `${hours} of 24 hours on ${sayDays(formatDays(among.map(({ day }) => day)))}`;
  const byHours = Map.groupBy(days, ({ hours }) => hours);
  if (!isBrief || byHours.size <= mostHours) return Array.from(byHours, ([hours, among]) => say(hours, among));
  const all = [...byHours.keys()];
  return [say(`${Math.min(...all)} to ${Math.max(...all)}`, days)];
}

/** Names the records of sleep that Oura has not finished; they are in no figure. */
export function noteUnfinished(ranges: readonly DayRange[], held: HeldDocuments): string[] {
  const days = held.all("sleep") as readonly SleepDay[]; // the sleep routes hold these
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

/** The entry for short sleeps of which it is unknown whether they are nights, because the sleep scores were not read. */
export function findUnknownNights(held: HeldDocuments): MissingEntry[] {
  const days = held.all("sleep") as readonly SleepDay[]; // the sleep routes hold these
  if (!days.some(({ uncounted, isScored }) => uncounted !== null && isScored === null)) return [];
  const detail = "Ōura's sleep scores could not be read, so no short sleep is counted as a night.";
  return [{ what: "short nights", reason: "unavailable", detail }];
}

/**
 * Today's wear. Oura counts the hours to come as not worn, so they are left out. Null before the evening, when there is
 * more of the day to come than it could tell.
 */
function wearSoFar(day: IsoDay, documentsOf: DayDocumentsOf, { now, offsetMinutes, today }: Asking): WearTime | null {
  const wear = wearOn(day, documentsOf);
  const minute = (now / 60_000 + offsetMinutes) % 1440;
  if (day !== today || wear?.non_wear_time == null || minute < eveningFrom) return null;
  return { non_wear_time: wear.non_wear_time - (endOfActivityDay - minute) * 60 };
}

function wearOn(day: IsoDay, documentsOf: DayDocumentsOf): WearTime | null {
  const document = documentsOf("daily_activity", day)?.at(-1) ?? documentsOf("daily_stress", day)?.at(-1);
  return document !== undefined && "non_wear_time" in document ? (document as WearTime) : null; // of these two routes
}
