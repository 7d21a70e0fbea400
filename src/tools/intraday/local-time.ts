import {
  addDays,
  type DayRange,
  dayAtOffset,
  dayMilliseconds,
  dayNumber,
  formatOffset,
  type IsoDay,
  parseOffset,
} from "../../analytics/day.ts";
import { localInstant } from "../../analytics/intraday/local-day.ts";
import type { OffsetSpan } from "../../analytics/intraday/zone-offsets.ts";
import { listZoneOffsets } from "../../analytics/intraday/zone-offsets.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { badInput } from "../../question/parse-input.ts";
import { formatDay, formatDayWithin, localClock } from "../../words/present.ts";

const minute = 60_000;

/** The wearer's UTC offsets over some days. The offset changes with daylight saving time and with travel. */
export interface LocalTime {
  spans: readonly OffsetSpan[];
  /** In epoch ms. `minuteOfDay` is a clock time in minutes after midnight. */
  instantOf(day: IsoDay, minuteOfDay: number): number;
}

/** A day with the timestamp of its activity record. The timestamp contains the wearer's UTC offset. */
export type ActivityStamp = Pick<OuraDocument<"daily_activity">, "day" | "timestamp">;

/**
 * If the question contains a time zone, that zone is used. Otherwise, the UTC offsets in the wearer's records are used.
 * If the records contain no offset, the last known UTC offset is used.
 */
export function localTimeOf(
  range: DayRange,
  activity: readonly ActivityStamp[],
  { timezone, offsetMinutes }: { timezone?: string | undefined; offsetMinutes: number },
): LocalTime {
  return timezone === undefined ? localTimeFromRecords(activity, offsetMinutes) : localTimeInZone(timezone, range);
}

/** The UTC offsets on the days of the range, and on one day before and one day after it. */
function localTimeInZone(zone: string, range: DayRange): LocalTime {
  const [first, last] = [(dayNumber(range.start) - 1) * dayMilliseconds, (dayNumber(range.end) + 2) * dayMilliseconds];
  return fromSpans(listZoneOffsets(zone, first, last) ?? []);
}

/**
 * Activity records contain one UTC offset per day. If the offsets of two days differ, the offset changed in the 24
 * hours before the later record, for example on a journey. The exact time of the change is unknown. It is assumed to be
 * 02:00, because clocks usually change at that time.
 */
function localTimeFromRecords(activity: readonly ActivityStamp[], fallbackOffsetMinutes: number): LocalTime {
  const spans: OffsetSpan[] = [];
  for (const { day, timestamp } of activity.toSorted((left, right) => left.day.localeCompare(right.day))) {
    const offsetMinutes = parseOffset(timestamp ?? "");
    if (offsetMinutes === null || spans.at(-1)?.offsetMinutes === offsetMinutes) continue;
    spans.push({ from: dayNumber(day) * dayMilliseconds + (120 - offsetMinutes) * minute, offsetMinutes });
  }
  return fromSpans(spans.length > 0 ? spans : [{ from: 0, offsetMinutes: fallbackOffsetMinutes }]);
}

function fromSpans(spans: readonly OffsetSpan[]): LocalTime {
  return { spans, instantOf: (day, minuteOfDay) => localInstant(day, minuteOfDay, spans) };
}

export function offsetAt(instant: number, { spans }: LocalTime): number {
  return (spans.findLast(({ from }) => from <= instant) ?? spans[0])?.offsetMinutes ?? 0;
}

/** Reads "14:30" as minutes after midnight. Seconds are ignored, and 24:00 is the end of the day. */
function readClock(field: string, text: string): number {
  const match = /^([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?$/.exec(text);
  const value = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  if (!(value <= 1440)) throw badInput(`${field}: ${text.slice(0, 20)} is not a time; write HH:MM, such as 14:30.`);
  return value;
}

/** An interval in epoch ms. The end is not included. */
export interface Interval {
  start: number;
  end: number;
}

/** The clock times of a question as HH:MM. `at` is one point in time and may also be "now". */
export interface ClockTimes {
  start_time?: string | undefined;
  end_time?: string | undefined;
  at?: string | undefined;
}

/** The present is the same instant in every time zone, so no UTC offset is needed. */
function isNow(times: ClockTimes): boolean {
  return times.at?.toLowerCase() === "now";
}

/**
 * Throws `bad_input` when a clock time is invalid, when start_time or end_time is given for more than two days, and
 * when `at` (one point in time) is given together with start_time, end_time or several days.
 */
export function checkTimes(times: ClockTimes, { start, end }: DayRange, today: IsoDay): void {
  for (const field of ["start_time", "end_time", "at"] as const) {
    const text = times[field];
    if (text !== undefined && !(field === "at" && isNow(times))) readClock(field, text);
  }
  if (times.at !== undefined) {
    if (start !== end) throw badInput("at: a moment is on one day; leave end_date out, or at.");
    if (times.start_time !== undefined || times.end_time !== undefined)
      throw badInput("at: give either at, or start_time and end_time.");
    if (isNow(times) && start !== today)
      throw badInput(`at: now is on ${today}; leave start_date out, or write HH:MM.`);
  }
  if (start < addDays(end, -1) && (times.start_time !== undefined || times.end_time !== undefined)) {
    throw badInput("start_time, end_time: times go with one or two days; leave them out for a longer range.");
  }
}

/**
 * For a question about one point in time (`at`), the interval reaches from this many ms before that time to as many ms
 * after it.
 */
const aroundMoment = 30 * minute;

/** In epoch ms. The present time (`at` is "now") is rounded down to the minute. */
export function resolveMoment({ start }: DayRange, times: ClockTimes, local: LocalTime, now: number): number {
  if (isNow(times)) return Math.floor(now / minute) * minute;
  return local.instantOf(start, readClock("at", times.at ?? ""));
}

/**
 * If the question names one day and its end time is not after its start time, the interval ends on the next day, as in
 * 22:00 to 06:00. For one point in time (`at`), the interval reaches from half an hour before it to half an hour after
 * it.
 */
export function resolveInterval(range: DayRange, times: ClockTimes, local: LocalTime, now: number): Interval {
  if (times.at !== undefined) {
    const moment = resolveMoment(range, times, local, now);
    return { start: moment - aroundMoment, end: moment + aroundMoment };
  }
  const from = times.start_time === undefined ? 0 : readClock("start_time", times.start_time);
  const to = times.end_time === undefined ? 1440 : readClock("end_time", times.end_time);
  const overnight = range.start === range.end && to <= from;
  const lastDay = overnight ? addDays(range.end, 1) : range.end;
  return { start: local.instantOf(range.start, from), end: local.instantOf(lastDay, to) };
}

/**
 * Throws `bad_input` when the requested hours or the requested point in time begin in the future, such as "today from
 * 22:00" at 15:00.
 */
export function refuseFuture(range: DayRange, times: ClockTimes, now: number, local: LocalTime): void {
  for (const field of ["start_time", "at"] as const) {
    const text = times[field];
    if (text === undefined || isNow(times)) continue;
    if (local.instantOf(range.start, readClock(field, text)) < now) continue;
    throw badInput(`${field}: ${text} is still to come; it is ${localClock(now, offsetAt(now, local))} there now.`);
  }
}

export function dayAt(instant: number, local: LocalTime): IsoDay {
  return dayAtOffset(instant, offsetAt(instant, local));
}

/** Minutes since the local midnight at which `day` begins. Negative before that midnight. */
export function minuteOfDay(instant: number, day: IsoDay, local: LocalTime): number {
  return Math.round((instant + offsetAt(instant, local) * minute - dayNumber(day) * dayMilliseconds) / minute);
}

/** Example: "2026-11-20T14:30-05:00". */
export function sayInstant(instant: number, local: LocalTime): string {
  const offset = offsetAt(instant, local);
  return `${dayAt(instant, local)}T${localClock(instant, offset)}${formatOffset(offset)}`;
}

export function sayClock(instant: number, local: LocalTime): string {
  return localClock(instant, offsetAt(instant, local));
}

/** Example: "on Fri 20 Nov 2026, 00:00-15:00" or "from Fri 20 Nov 22:00 to Sat 21 Nov 2026 06:00". */
export function saySpan({ start, end }: Interval, local: LocalTime): string {
  const [from, to] = [dayAt(start, local), dayAt(end - 1, local)];
  const [fromTime, toTime] = [sayClock(start, local), sayClock(end, local)];
  if (from === to) return `on ${formatDay(from)}, ${fromTime}-${toTime === "00:00" ? "24:00" : toTime}`;
  return `from ${formatDayWithin(from, { start: from, end: to })} ${fromTime} to ${formatDay(to)} ${toTime === "00:00" ? "24:00" : toTime}`;
}
