import { clockOf, mean, numberOf } from "../evaluate-answers/read-documents.ts";
import type { Document, PersonDocuments } from "./question.ts";

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/**
 * The activity of days on which the ring was worn for at least half of the day. On other days, Oura counts the time
 * without the ring as rest.
 */
export async function activeDays(documents: PersonDocuments, first: string, last: string): Promise<Document[]> {
  return (await documents.days("daily_activity", first, last)).filter(
    (day) => numberOf(day, "non_wear_time") <= 12 * 3_600,
  );
}

export function sumOf(documents: readonly Document[], field: string): number {
  return documents.reduce((sum, document) => sum + numberOf(document, field), 0);
}

export function meanOf(documents: readonly Document[], field: string): number {
  return mean(documents.map((document) => numberOf(document, field)));
}

/** The documents whose field has a number above 0. When Oura measured nothing, it writes null or 0. */
export function measured(documents: readonly Document[], field: string): Document[] {
  return documents.filter((document) => typeof document[field] === "number" && document[field] > 0);
}

export function allHighest<Item>(items: readonly Item[], value: (item: Item) => number): [Item, ...Item[]] {
  const most = Math.max(...items.map(value));
  const [first, ...rest] = items.filter((item) => value(item) === most);
  if (first === undefined) throw new Error("nothing to choose from");
  return [first, ...rest];
}

/** Throws when another group's mean comes close to the highest mean. */
export function clearlyHighest<Item>(
  items: readonly Item[],
  group: (item: Item) => string,
  value: (item: Item) => number,
): { group: string; mean: number } {
  const means = Array.from(Map.groupBy(items, group), ([name, own]) => ({ group: name, mean: mean(own.map(value)) }));
  const [best, next] = means.toSorted((one, other) => other.mean - one.mean);
  if (!best || !next) throw new Error("too few groups");
  if (Math.abs(best.mean - next.mean) < Math.abs(best.mean) / 100)
    throw new Error(`${best.group} and ${next.group} are nearly equal, so the question has no clear answer`);
  return best;
}

export function weekdayOf(day: string): string {
  return weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "";
}

export function isWeekend(day: string): boolean {
  return ["Saturday", "Sunday"].includes(weekdayOf(day));
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Minutes after midnight, in the timestamp's own UTC offset. */
export function minutesOf(stamp: string): number {
  const [hours = 0, minutes = 0] = clockOf(stamp).split(":").map(Number);
  return hours * 60 + minutes + Number(stamp.slice(17, 19)) / 60;
}

export function writeClock(minutes: number): string {
  const whole = ((Math.round(minutes) % 1_440) + 1_440) % 1_440;
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}

/** Mean of clock times and their spread, both in minutes, on the circle of a day (Fisher 1993). */
export function aroundTheClock(minutes: readonly number[]): { mean: number; spread: number } {
  const angles = minutes.map((minute) => (minute * 2 * Math.PI) / 1_440);
  const [sine, cosine] = [mean(angles.map(Math.sin)), mean(angles.map(Math.cos))];
  const perRadian = 1_440 / (2 * Math.PI);
  return {
    mean: (Math.atan2(sine, cosine) * perRadian + 1_440) % 1_440,
    spread: Math.sqrt(-2 * Math.log(Math.hypot(sine, cosine))) * perRadian,
  };
}

export function weakest(contributors: unknown): { name: string; points: number } {
  if (typeof contributors !== "object" || contributors === null) throw new Error("no contributors");
  const rated = Object.entries(contributors).filter(([, points]) => points !== null);
  const [[name, points]] = allHighest(rated, ([, value]) => -Number(value));
  return { name, points: Number(points) };
}

/** Throws when the day has no document, because a question about the day would then have no answer. */
export async function dayOf(documents: PersonDocuments, route: string, day: string): Promise<Document> {
  const found = (await documents.days(route, day, day)).at(-1);
  if (!found) throw new Error(`no ${route} on ${day}`);
  return found;
}
