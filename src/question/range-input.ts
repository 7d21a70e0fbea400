import * as z from "zod";
import {
  addDays,
  countDays,
  type DayRange,
  dayAtOffset,
  dayInZone,
  type IsoDay,
  parseIsoDay,
} from "../analytics/day.ts";
import { badInput } from "./parse-input.ts";

/** Whether a text is written like a day; the day may still not exist. */
export function isDayText(text: string): boolean {
  return dateForm.test(text) || /^(today|yesterday)$/i.test(text);
}

const dayForm = "a day as YYYY-MM-DD (for example 2026-11-03), today or yesterday";
/** A date, with a time and a UTC offset or without them. */
const dateForm = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/** A day in tool input: a date, or a word that is resolved on the wearer's calendar, which an assistant cannot know. */
const day = z.string().refine(isDayText, {
  // A refinement keeps the pattern out of the published schema, where it would appear twice in every tool.
  error: dayForm,
});

export const rangeParams = {
  start_date: day.optional().describe("YYYY-MM-DD or today. Default: end_date."),
  end_date: day.optional().describe("Default: start_date, else today."),
  // A refinement keeps the limit out of the published schema of every tool. No real zone is that long.
  timezone: z
    .string()
    .transform(spellZone)
    .refine((text) => text.length <= 64, { error: "an IANA zone such as America/New_York" })
    .optional()
    .describe("IANA zone. Default: the ring's."),
};

/**
 * The zone for a tool about many days, where it changes at most which day is today. It is read and not published: in every
 * schema it would cost more than it changes.
 */
export const unpublishedTimezone = rangeParams.timezone.meta({ unpublished: true });

/** "America/New York" and "UTC+2" in the spelling of Intl: "America/New_York" and "+02:00". */
function spellZone(text: string): string {
  const [, sign, hours, minutes = "00"] = /^(?:UTC|GMT) ?([+-])(\d{1,2})(?::?(\d{2}))?$/i.exec(text) ?? [];
  if (sign === undefined || hours === undefined) return text.replaceAll(" ", "_");
  return `${sign}${hours.padStart(2, "0")}:${minutes}`;
}

export interface RangeInput {
  start_date?: string | undefined;
  end_date?: string | undefined;
  timezone?: string | undefined;
}

/**
 * The wearer's day at an instant (epoch ms): in the zone of the input, else at the offset of their newest record, else in
 * UTC.
 */
export function resolveDay(input: RangeInput, instant: number, offsetMinutes: number | null): IsoDay {
  if (input.timezone === undefined) return dayAtOffset(instant, offsetMinutes ?? 0);
  const day = dayInZone(instant, input.timezone);
  if (day === null) {
    throw badInput(`timezone: "${input.timezone.slice(0, 40)}" is not an IANA zone; write one like America/New_York.`);
  }
  return day;
}

/** How many days a tool accepts. */
export interface RangeLimits {
  maximumDays: number;
  /** The number of days when the input names only the end, or nothing. Default 1. */
  defaultDays?: number;
  /** The names of the two arguments in messages. Default start_date and end_date. */
  fields?: { start: string; end: string };
  /** What to do about too many days beside starting later. Default: to ask in parts. */
  instead?: string;
}

/**
 * The requested range. A future end becomes today, and a note says so. Throws `bad_input` unless its days exist, are in
 * order, do not start in the future and are at most `maximumDays`.
 */
export function resolveRange(input: RangeInput, calendar: Calendar, limits: RangeLimits): DayRange {
  const { maximumDays, defaultDays = 1, fields = { start: "start_date", end: "end_date" } } = limits;
  const { today, latest } = calendar;
  const named = input.start_date === undefined ? null : readDay(fields.start, input.start_date, calendar);
  const asked =
    input.end_date === undefined && named !== null && defaultDays === 1
      ? named
      : readDay(fields.end, input.end_date ?? "today", calendar);
  if (named !== null && named > latest)
    throw badInput(`${fields.start}: ${named} is in the future; the wearer's today is ${today}.`);
  const end = asked > latest ? latest : asked;
  if (asked > latest) calendar.note(`${fields.end}: ${asked} is in the future, so the days end with today, ${today}.`);
  const start = named ?? addDays(end, 1 - defaultDays);
  if (start > end) throw badInput(`${fields.start}: ${start} is after ${fields.end} ${end}; swap them.`);
  if (start < earliestDay)
    throw badInput(`${fields.start}: ${start} is before the first Ōura Ring; use ${earliestDay} or later.`);
  const days = countDays({ start, end });
  if (days > maximumDays) {
    throw badInput(
      `${fields.start}: ${start} to ${end} is ${days} days and this tool answers at most ${maximumDays}; ` +
        `start at ${addDays(end, 1 - maximumDays)}${limits.instead === undefined ? " or ask in parts" : `, or ${limits.instead}`}.`,
    );
  }
  return { start, end };
}

/** The days that a question's ranges are relative to. */
export interface Calendar {
  /** The wearer's today, as far as their offset is known. */
  today: IsoDay;
  /** The last day that is not in the future; later than `today` while the wearer's zone is unknown. */
  latest: IsoDay;
  /** The wearer's day at an instant (epoch ms). */
  dayOf(instant: number): IsoDay;
  /** Adds a sentence to the notes of the answer, about how its days were read. */
  note(sentence: string): void;
}

/** The ranges of a question about one range, from `start_date` to `end_date`. */
export function oneRange(input: RangeInput, calendar: Calendar, limits: RangeLimits): [DayRange] {
  return [resolveRange(input, calendar, limits)];
}

/** The first ring was sold in 2015, so an earlier day is a typing mistake. */
const earliestDay = "2015-01-01" as IsoDay; // a literal in the right form

/** The day that a text names on the wearer's calendar; throws `bad_input` for none. */
export function readDay(field: string, text: string, { today, dayOf, note }: Calendar): IsoDay {
  const word = text.toLowerCase();
  if (word === "today") return today;
  if (word === "yesterday") return addDays(today, -1);
  const [, date = "", time, offset] = dateForm.exec(text) ?? [];
  const day = parseIsoDay(date);
  const instant =
    time === undefined || offset === undefined ? null : Date.parse(`${date}T${time}${offset.toUpperCase()}`);
  if (day === null || Number.isNaN(instant))
    throw badInput(`${field}: ${text.slice(0, 40)} is not a day of the calendar.`);
  if (instant === null) return day;
  const local = dayOf(instant);
  if (local !== day) note(`${field}: ${text.slice(0, 40)} is on ${local} for the wearer.`);
  return local;
}
