/**
 * A calendar day as a label, YYYY-MM-DD. Arithmetic uses day numbers, which count days since 1970-01-01. To add 24 h to an
 * instant is wrong when the clocks change, and to parse a label as local time is wrong in half of the world.
 */
export type IsoDay = string & { readonly brand: "IsoDay" };

export interface DayRange {
  start: IsoDay;
  /** Inclusive. */
  end: IsoDay;
}

/** A month of analyses: four whole weeks, so that both sides of a comparison hold the same weekdays. */
export const monthDays = 28;

/** Of a day of the calendar in UTC. */
export const dayMilliseconds = 86_400_000;

/** The label, or null for anything that is not a calendar date written YYYY-MM-DD (2026-02-30 is not). */
export function parseIsoDay(text: string): IsoDay | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const [year, month, day] = [yearOf(text), twoDigitsAt(text, 5), twoDigitsAt(text, 8)];
  // Years before 100 are typing errors. Without `Date`, for speed: every document of Oura is parsed here.
  const isDate = year >= 100 && day >= 1 && day <= lengthOfMonth(year, month);
  return isDate ? (text as IsoDay) : null; // checked above
}

/** The days of a month, counted from 1; none for a month that does not exist. */
function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month >= 1 && month <= 12 ? 30 + ((month + (month > 7 ? 1 : 0)) % 2) : 0;
}

/*
 * A long question turns some hundred thousand days into labels and back. `Date` takes four to eight times as long, so both
 * directions calculate with days: "chrono-Compatible Low-Level Date Algorithms" by Howard Hinnant, days_from_civil and
 * civil_from_days. Their year begins in March, so that a leap day is its last day. An era is 400 years.
 */
const daysOfEra = 146_097;
/** From 0000-03-01 to 1970-01-01. */
const daysBeforeEpoch = 719_468;
const [firstOrdinary, lastOrdinary] = [-354_285, 2_932_896]; // 1000-01-01 and 9999-12-31

/** Days since 1970-01-01, for example 20_000 → "2024-10-04". */
export function isoDay(dayNumber: number): IsoDay {
  const isOrdinary = Number.isInteger(dayNumber) && dayNumber >= firstOrdinary && dayNumber <= lastOrdinary;
  if (!isOrdinary) return new Date(dayNumber * dayMilliseconds).toISOString().slice(0, 10) as IsoDay; // as below
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
  return `${year}-${twoDigits(month)}-${twoDigits(day)}` as IsoDay; // formatted as a label here
}

/**
 * Days since 1970-01-01, the inverse of {@link isoDay}: "2024-10-04" → 20_000. Earlier days are negative. It does not check
 * the label: {@link parseIsoDay} does.
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

/** "2026-11-04" → 2026. */
function yearOf(day: string): number {
  return twoDigitsAt(day, 0) * 100 + twoDigitsAt(day, 2);
}

/** The number of the two digits that begin at `index` of a text: "2026-11-04" and 5 → 11. */
function twoDigitsAt(text: string, index: number): number {
  return 10 * text.charCodeAt(index) + text.charCodeAt(index + 1) - 11 * zeroCode;
}

const zeroCode = 48; // of the character "0"

/** The day `days` later, or earlier if negative: "2026-02-28" and 1 → "2026-03-01". Whole days only. */
export function addDays(day: IsoDay, days: number): IsoDay {
  return isoDay(dayNumber(day) + days);
}

/** Number of days in the range, both ends counted. */
export function countDays(range: DayRange): number {
  return dayNumber(range.end) - dayNumber(range.start) + 1;
}

/** Every day of the range in order. */
export function listDays(range: DayRange): IsoDay[] {
  const first = dayNumber(range.start);
  return Array.from({ length: Math.max(0, countDays(range)) }, (_, index) => isoDay(first + index));
}

/** Whether a day is in the range, both ends included. Never in a range whose end is before its start. */
export function isWithin(day: IsoDay, range: DayRange): boolean {
  return day >= range.start && day <= range.end;
}

/** The calendar day at an instant (epoch ms), `offsetMinutes` east of UTC. */
export function dayAtOffset(instant: number, offsetMinutes: number): IsoDay {
  return isoDay(Math.floor((instant + offsetMinutes * 60_000) / dayMilliseconds));
}

/** The calendar day at an instant (epoch ms) in an IANA zone; null when the zone is unknown. */
export function dayInZone(instant: number, zone: string): IsoDay | null {
  const offset = zoneOffsetMinutes(instant, zone);
  return offset === null ? null : dayAtOffset(instant, offset);
}

/** Minutes east of UTC in an IANA zone at an instant (epoch ms); null when the zone is unknown. */
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

/** Minutes east of UTC from the offset at the end of a text: "…+02:00" → 120, "…Z" → 0; null when there is none. */
export function parseOffset(text: string): number | null {
  if (text.endsWith("Z")) return 0;
  // In the whole text the search would begin at its start.
  if (!/[+-]\d{2}:?\d{2}$/.test(text.slice(-6))) return null;
  const hours = text.length - (text.charAt(text.length - 3) === ":" ? 5 : 4);
  const minutes = twoDigitsAt(text, hours) * 60 + twoDigitsAt(text, text.length - 2);
  return text.charAt(hours - 1) === "-" ? -minutes : minutes;
}

/**
 * The form of nearly every timestamp of Oura: seconds or milliseconds, and an offset. Days from the 29th on are left out,
 * because not every month has them.
 */
const usualInstant =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/**
 * The instant (epoch ms) of a timestamp as `Date.parse` reads it; NaN where it reads none. The usual form is calculated, in half
 * of the time of `Date.parse`: a month of heart rate has 37,000 rows.
 */
export function parseInstant(text: string): number {
  if (!usualInstant.test(text)) return Date.parse(text);
  const seconds = (twoDigitsAt(text, 11) * 60 + twoDigitsAt(text, 14)) * 60 + twoDigitsAt(text, 17);
  const thousandths = text.charAt(19) === "." ? twoDigitsAt(text, 20) * 10 + (text.charCodeAt(22) - zeroCode) : 0;
  const local = dayNumber(text as IsoDay) * dayMilliseconds + seconds * 1_000 + thousandths; // it begins with a day
  if (text.endsWith("Z")) return local;
  const offsetMinutes = twoDigitsAt(text, text.length - 5) * 60 + twoDigitsAt(text, text.length - 2);
  return local + (text.charAt(text.length - 6) === "-" ? offsetMinutes : -offsetMinutes) * 60_000;
}

/** 330 → "+05:30". */
export function formatOffset(offsetMinutes: number): string {
  const sign = offsetMinutes < 0 ? "-" : "+";
  const size = Math.abs(offsetMinutes);
  return `${sign}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`;
}

/** A list of days with consecutive days as ranges: "2026-11-01, 2026-11-04..2026-11-06". Expects ascending days. */
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
