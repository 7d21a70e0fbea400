/**
 * A calendar day as text, YYYY-MM-DD. To add days, the text is converted to a day number (days since 1970-01-01).
 * Adding 24 hours to an instant would be wrong when the clocks change, and parsing the text as an instant would give
 * the wrong day in half of the world's time zones.
 */
export type IsoDay = string & { readonly brand: "IsoDay" };

export interface DayRange {
  start: IsoDay;
  /** The range includes this day. */
  end: IsoDay;
}

/**
 * When a trend compares the last month with the month before, each month has this many days. Four whole weeks contain
 * every weekday equally often.
 */
export const monthDays = 28;

/** The length of a day in UTC, where the clocks never change. */
export const dayMilliseconds = 86_400_000;

/**
 * Returns the text as a day, or null if the text is not a calendar date written YYYY-MM-DD.
 * @example
 * parseIsoDay("2026-02-28"); // "2026-02-28"
 * parseIsoDay("2026-02-30"); // null
 */
export function parseIsoDay(text: string): IsoDay | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const [year, month, day] = [yearOf(text), twoDigitsAt(text, 5), twoDigitsAt(text, 8)];
  // A year before 100 is taken as a typing error. The check does not use the slower `Date`, because this function runs
  // for every Oura document.
  const isDate = year >= 100 && day >= 1 && day <= lengthOfMonth(year, month);
  return isDate ? (text as IsoDay) : null; // the line above checked it
}

/** Months count from 1. The result is 0 for a month that does not exist. */
function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month >= 1 && month <= 12 ? 30 + ((month + (month > 7 ? 1 : 0)) % 2) : 0;
}

/*
 * One tool call converts up to several hundred thousand days, for which `Date` takes four to eight times as long as
 * `isoDay` and `dayNumber`. Their formulas come from "chrono-Compatible Low-Level Date Algorithms" by Howard Hinnant
 * (days_from_civil and civil_from_days). In these formulas a year begins in March, so that a leap day is the last day
 * of its year. An era is 400 years.
 */
const daysOfEra = 146_097;
/**
 * The number of days from 0000-03-01 to 1970-01-01. In the formulas of `isoDay` and `dayNumber`, a year begins in
 * March.
 */
const daysBeforeEpoch = 719_468;
const [firstOrdinary, lastOrdinary] = [-354_285, 2_932_896]; // 1000-01-01 and 9999-12-31

/**
 * Turns a day number into a date.
 * @example isoDay(20000) // "2024-10-04"
 */
export function isoDay(dayNumber: number): IsoDay {
  const isOrdinary = Number.isInteger(dayNumber) && dayNumber >= firstOrdinary && dayNumber <= lastOrdinary;
  if (!isOrdinary) return new Date(dayNumber * dayMilliseconds).toISOString().slice(0, 10) as IsoDay; // the format of a date
  const days = dayNumber + daysBeforeEpoch;
  const era = Math.floor(days / daysOfEra);
  const dayOfEra = days - era * daysOfEra;
  const leapDays = Math.floor(dayOfEra / 1_460) - Math.floor(dayOfEra / 36_524) + Math.floor(dayOfEra / 146_096);
  const yearOfEra = Math.floor((dayOfEra - leapDays) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + 400 * era + (month <= 2 ? 1 : 0);
  return `${year}-${twoDigits(month)}-${twoDigits(day)}` as IsoDay; // the format of a date
}

/**
 * Turns a date into a day number (days since 1970-01-01), as the inverse of {@link isoDay}. Days before 1970 are
 * negative. The date must be valid, as checked by {@link parseIsoDay}.
 * @example
 * dayNumber("2024-10-04"); // 20000
 * dayNumber("1969-12-31"); // -1
 */
export function dayNumber(day: IsoDay): number {
  const month = twoDigitsAt(day, 5);
  const year = yearOf(day) - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - 400 * era;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + twoDigitsAt(day, 8) - 1;
  const dayOfEra = 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * daysOfEra + dayOfEra - daysBeforeEpoch;
}

function yearOf(day: string): number {
  return twoDigitsAt(day, 0) * 100 + twoDigitsAt(day, 2);
}

/** The number written in the two digits that begin at `index` of a text. For example, "2026-11-04" and 5 give 11. */
function twoDigitsAt(text: string, index: number): number {
  return 10 * text.charCodeAt(index) + text.charCodeAt(index + 1) - 11 * zeroCode;
}

const zeroCode = 48; // the character code of "0"

/**
 * The day that is `days` later, or earlier if `days` is negative.
 * @example addDays("2026-02-28", 1) // "2026-03-01"
 */
export function addDays(day: IsoDay, days: number): IsoDay {
  return isoDay(dayNumber(day) + days);
}

/**
 * The number of days in the range, including the first and the last day.
 * @example countDays({ start: "2026-02-27", end: "2026-03-01" }) // 3
 */
export function countDays(range: DayRange): number {
  return dayNumber(range.end) - dayNumber(range.start) + 1;
}

/**
 * The earlier of two days. A day is a text, which `Math.min` cannot compare.
 * @example earlierDay("2026-03-01", "2026-02-28") // "2026-02-28"
 */
export function earlierDay(one: IsoDay, other: IsoDay): IsoDay {
  if (other < one) return other;
  return one;
}

/**
 * The later of two days. A day is a text, which `Math.max` cannot compare.
 * @example laterDay("2026-03-01", "2026-02-28") // "2026-03-01"
 */
export function laterDay(one: IsoDay, other: IsoDay): IsoDay {
  if (other > one) return other;
  return one;
}

/**
 * Lists every day of the range, oldest first.
 * @example listDays({ start: "2026-02-27", end: "2026-03-01" }) // ["2026-02-27", "2026-02-28", "2026-03-01"]
 */
export function listDays(range: DayRange): IsoDay[] {
  const first = dayNumber(range.start);
  return Array.from({ length: Math.max(0, countDays(range)) }, (_, index) => isoDay(first + index));
}

/**
 * Whether a day is in the range, including both ends. If the end is before the start, no day is in the range.
 * @example
 * isWithin("2026-03-01", { start: "2026-02-27", end: "2026-03-01" }); // true
 * isWithin("2026-03-02", { start: "2026-02-27", end: "2026-03-01" }); // false
 */
export function isWithin(day: IsoDay, range: DayRange): boolean {
  return day >= range.start && day <= range.end;
}

/**
 * The calendar day at an instant (epoch ms), where local time is `offsetMinutes` ahead of UTC.
 * @example
 * dayAtOffset(Date.UTC(2026, 2, 1, 23), 0); // "2026-03-01"
 * dayAtOffset(Date.UTC(2026, 2, 1, 23), 60); // "2026-03-02"
 */
export function dayAtOffset(instant: number, offsetMinutes: number): IsoDay {
  return isoDay(Math.floor((instant + offsetMinutes * 60_000) / dayMilliseconds));
}

/**
 * The calendar day at an instant (epoch ms) in an IANA time zone. Null if the zone is unknown.
 * @example
 * dayInZone(Date.UTC(2026, 2, 1, 23), "Europe/Berlin"); // "2026-03-02"
 * dayInZone(Date.UTC(2026, 2, 1, 23), "Europe/Atlantis"); // null
 */
export function dayInZone(instant: number, zone: string): IsoDay | null {
  const offset = zoneOffsetMinutes(instant, zone);
  return offset === null ? null : dayAtOffset(instant, offset);
}

/**
 * The UTC offset of an IANA time zone at an instant (epoch ms), in minutes east of UTC. Null if the zone is unknown.
 * @example
 * zoneOffsetMinutes(Date.UTC(2026, 2, 1), "Asia/Kolkata"); // 330
 * zoneOffsetMinutes(Date.UTC(2026, 2, 1), "Europe/Atlantis"); // null
 */
export function zoneOffsetMinutes(instant: number, zone: string): number | null {
  try {
    const parts = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(
      instant,
    );
    return parseOffset(parts.find((part) => part.type === "timeZoneName")?.value.replace("GMT", "") || "+00:00");
  } catch {
    return null; // Intl throws RangeError for a zone it does not know
  }
}

/**
 * Reads the UTC offset at the end of a text, in minutes east of UTC. Null if the text does not end with an offset.
 * @example
 * parseOffset("2026-03-01T23:00:00+02:00"); // 120
 * parseOffset("2026-03-01T23:00:00Z"); // 0
 * parseOffset("2026-03-01"); // null
 */
export function parseOffset(text: string): number | null {
  if (text.endsWith("Z")) return 0;
  // For speed, only the last six characters are searched, because no offset is longer.
  if (!/[+-]\d{2}:?\d{2}$/.test(text.slice(-6))) return null;
  const hours = text.length - (text.charAt(text.length - 3) === ":" ? 5 : 4);
  const minutes = twoDigitsAt(text, hours) * 60 + twoDigitsAt(text, text.length - 2);
  return text.charAt(hours - 1) === "-" ? -minutes : minutes;
}

/**
 * The usual form of an Oura timestamp, with seconds or milliseconds, and with an offset. Days from the 29th on do not
 * match, because not every month has them. Timestamps that do not match are read by `Date.parse`.
 */
const usualInstant =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/**
 * Converts a timestamp to epoch ms, with the same result as `Date.parse`. NaN if the text is not a timestamp. For the
 * usual form of an Oura timestamp, this function takes half as long as `Date.parse`. Speed matters, because a month of
 * heart rate has 37,000 timestamps.
 * @example
 * parseInstant("2026-03-01T23:00:00+02:00") === Date.UTC(2026, 2, 1, 21); // true
 * parseInstant("yesterday"); // NaN
 */
export function parseInstant(text: string): number {
  if (!usualInstant.test(text)) return Date.parse(text);
  const seconds = (twoDigitsAt(text, 11) * 60 + twoDigitsAt(text, 14)) * 60 + twoDigitsAt(text, 17);
  const thousandths = text.charAt(19) === "." ? twoDigitsAt(text, 20) * 10 + (text.charCodeAt(22) - zeroCode) : 0;
  const local = dayNumber(text as IsoDay) * dayMilliseconds + seconds * 1_000 + thousandths; // the date of the text
  if (text.endsWith("Z")) return local;
  const offsetMinutes = twoDigitsAt(text, text.length - 5) * 60 + twoDigitsAt(text, text.length - 2);
  return local + (text.charAt(text.length - 6) === "-" ? offsetMinutes : -offsetMinutes) * 60_000;
}

/**
 * Formats minutes east of UTC as an offset.
 * @example
 * formatOffset(330); // "+05:30"
 * formatOffset(-210); // "-03:30"
 */
export function formatOffset(offsetMinutes: number): string {
  const sign = offsetMinutes < 0 ? "-" : "+";
  const size = Math.abs(offsetMinutes);
  return `${sign}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

/**
 * Returns a text that lists days. Consecutive days are written as a range. The days must be in ascending order.
 * @example
 * formatDays(["2026-11-01", "2026-11-04", "2026-11-05", "2026-11-06"]); // "2026-11-01, 2026-11-04..2026-11-06"
 * formatDays([]); // ""
 */
export function formatDays(days: readonly IsoDay[]): string {
  const runs: DayRange[] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && addDays(last.end, 1) === day) last.end = day;
    else runs.push({ start: day, end: day });
  }
  return runs.map((run) => (run.start === run.end ? run.start : `${run.start}..${run.end}`)).join(", ");
}

function twoDigits(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
