import * as z from "zod";
import {
  addDays,
  countDays,
  type DayRange,
  dayAtOffset,
  dayInZone,
  earlierDay,
  type IsoDay,
  parseIsoDay,
} from "../analytics/day.ts";
import { badInput } from "./parse-input.ts";

/** Whether a text has the form of a day. The day need not exist: 2026-02-30 has the form of a day. */
export function isDayText(text: string): boolean {
  return dateForm.test(text) || /^(today|yesterday)$/i.test(text);
}

const dayForm = "a day as YYYY-MM-DD (for example 2026-11-03), today or yesterday";
/** Matches a date alone, or a date with a time and an optional UTC offset. */
const dateForm = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * A day in a tool's input: a date, or the word "today" or "yesterday". Ringbridge accepts these words because it knows
 * the wearer's time zone, and an assistant often does not.
 */
const day = z.string().refine(isDayText, {
  // The form of a day is checked in a zod refinement, because refinements are not part of the published schema. A
  // published pattern would appear twice in the schema of every tool and make the list of tools longer.
  error: dayForm,
});

export const rangeParams = {
  start_date: day.optional().describe("YYYY-MM-DD or today. Default: end_date."),
  end_date: day.optional().describe("Default: start_date, else today."),
  // The length of a zone's name is checked in a zod refinement, because refinements are not part of the published
  // schema. A published limit would make the schema of every tool longer. No real name has more than 64 characters.
  timezone: z
    .string()
    .transform(spellZone)
    .refine((text) => text.length <= 64, { error: "an IANA zone such as America/New_York" })
    .optional()
    .describe("IANA zone. Default: the ring's."),
};

/**
 * The time zone argument of a tool about many days. In such a tool, the zone only decides which day is today, so
 * callers seldom need it. The tool accepts the argument, but the published schema does not list it, so that the list of
 * tools stays short.
 */
export const unpublishedTimezone = rangeParams.timezone.meta({ unpublished: true });

/**
 * Rewrites the name of a time zone into a spelling that Intl accepts: "America/New York" becomes "America/New_York",
 * and "UTC+2" becomes "+02:00".
 */
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
 * The wearer's day at an instant (epoch ms): in the time zone that the input names, or else at the UTC offset of the
 * wearer's newest record. If this offset is unknown too, the day is the day in UTC.
 */
export function resolveDay(input: RangeInput, instant: number, offsetMinutes: number | null): IsoDay {
  if (input.timezone === undefined) return dayAtOffset(instant, offsetMinutes ?? 0);
  const day = dayInZone(instant, input.timezone);
  if (day === null) {
    throw badInput(`timezone: "${input.timezone.slice(0, 40)}" is not an IANA zone; write one like America/New_York.`);
  }
  return day;
}

/** A tool's limits for a range of days, and the words of its error messages. */
export interface RangeLimits {
  maximumDays: number;
  /** How many days the range has if the input names only the last day, or no day at all. Default: 1. */
  defaultDays?: number;
  /** The names of the range's first-day and last-day arguments in error messages. Default: start_date and end_date. */
  fields?: { start: string; end: string };
  /**
   * If a range has too many days, the error message suggests a later start date or this text. Default: the message
   * suggests asking about parts of the range.
   */
  instead?: string;
}

/**
 * Determines the requested range. If the end is in the future, today is used instead and a note says so. The function
 * throws the failure `bad_input` in any of these cases: a day does not exist, the start is in the future or before
 * {@link earliestDay}, the end is before the start, or the range has more than `maximumDays` days.
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
  const end = earlierDay(asked, latest);
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

/** Turns instants, and words such as "today", into days in the wearer's time zone. */
export interface Calendar {
  /** The current day in the wearer's time zone, or in UTC while the wearer's time zone is unknown. */
  today: IsoDay;
  /** The last day that a question may name. It can be later than `today` while the wearer's time zone is unknown. */
  latest: IsoDay;
  /** The wearer's day at an instant (epoch ms). */
  dayOf(instant: number): IsoDay;
  note(sentence: string): void;
}

export function oneRange(input: RangeInput, calendar: Calendar, limits: RangeLimits): [DayRange] {
  return [resolveRange(input, calendar, limits)];
}

/** The first Ōura Ring was sold in 2015, so an earlier day is a typing mistake. */
const earliestDay = "2015-01-01" as IsoDay; // the literal has the form of a day

/**
 * The day that a text names, in the wearer's time zone. Throws the failure `bad_input` when the calendar does not have
 * the day, for example 2026-02-30.
 */
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
