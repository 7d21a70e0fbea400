import { type DayRange, formatDays, type IsoDay, isWithin, listDays } from "../analytics/day.ts";
import type { SleepDay } from "../oura/night.ts";
import { hoursWorn, type WearTime } from "../oura/wear.ts";
import { sayUnfinished } from "../words/night-words.ts";
import { formatDay, sayDays } from "../words/present.ts";
import type { DayDocumentsOf, MissingEntry } from "./gaps.ts";
import type { HeldDocuments } from "./held-documents.ts";

/**
 * An answer mentions today's time off the finger only from this minute of the day on (18:00). Earlier, most of the day
 * is still to come, so the number says little about the day.
 */
const eveningFrom = 18 * 60;
/** Oura's activity day ends at 04:00 of the next day. The value is in minutes from the midnight that begins the day. */
const endOfActivityDay = 28 * 60;
/** The most days, or records of sleep, that one note lists. Older days and records are only counted. */
const mostDays = 10;
/**
 * A brief answer lists days by their hours of wear only if at most this many different numbers of hours occur.
 * Otherwise it gives the fewest and the most hours.
 */
const mostHours = 3;

interface Asking {
  today: IsoDay;
  /** The instant of the question, in epoch ms. */
  now: number;
  /** The wearer's UTC offset, in minutes. */
  offsetMinutes: number;
  /** True for an answer about many days, which summarizes the days instead of listing each of them. */
  isBrief: boolean;
}

/**
 * Sentences that name the days on which the ring was off for four to twelve hours. Oura counts too few steps and too
 * little activity on these days. Today is named only in the evening.
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
 * Groups the days by the hours that the ring was worn, for example "18 of 24 hours on 14–17 Nov 2026". In a brief
 * answer with more than {@link mostHours} different numbers of hours, all days are one group: "14 to 20 of 24 hours on
 * …".
 */
function sayHours(days: readonly { day: IsoDay; hours: number }[], isBrief: boolean): string[] {
  const say = (hours: string | number, among: readonly { day: IsoDay }[]) =>
    `${hours} of 24 hours on ${sayDays(formatDays(among.map(({ day }) => day)))}`;
  const byHours = Map.groupBy(days, ({ hours }) => hours);
  if (!isBrief || byHours.size <= mostHours) return Array.from(byHours, ([hours, among]) => say(hours, among));
  const all = [...byHours.keys()];
  return [say(`${Math.min(...all)} to ${Math.max(...all)}`, days)];
}

/**
 * Sentences that name the sleep records that Oura has not finished yet. No number in the answer includes these records.
 */
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
 * The entry in the answer's `missing` list for short sleeps when Oura's sleep scores could not be read. A short sleep
 * counts as a night only if Oura scored it. Without the scores, no short sleep counts.
 */
export function findUnknownNights(held: HeldDocuments): MissingEntry[] {
  const days = held.all("sleep") as readonly SleepDay[]; // the sleep routes return this type
  if (!days.some(({ uncounted, isScored }) => uncounted !== null && isScored === null)) return [];
  const detail = "Ōura's sleep scores could not be read, so no short sleep is counted as a night.";
  return [{ what: "short nights", reason: "unavailable", detail }];
}

/**
 * How long the ring was off today. Oura counts the hours until the day's end as not worn, so those hours are
 * subtracted. Null before the evening, because too much of the day is still to come.
 */
function wearSoFar(day: IsoDay, documentsOf: DayDocumentsOf, { now, offsetMinutes, today }: Asking): WearTime | null {
  const wear = wearOn(day, documentsOf);
  const minute = (now / 60_000 + offsetMinutes) % 1440;
  if (day !== today || wear?.non_wear_time == null || minute < eveningFrom) return null;
  return { non_wear_time: wear.non_wear_time - (endOfActivityDay - minute) * 60 };
}

function wearOn(day: IsoDay, documentsOf: DayDocumentsOf): WearTime | null {
  const document = documentsOf("daily_activity", day)?.at(-1) ?? documentsOf("daily_stress", day)?.at(-1);
  // The documents of both routes have the fields of WearTime.
  return document !== undefined && "non_wear_time" in document ? (document as WearTime) : null;
}
