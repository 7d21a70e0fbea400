import { type DayRange, type IsoDay, parseIsoDay } from "../analytics/day.ts";

/**
 * Rounds a number. The result is null when there is no finite number. It is never a number like 96.40000000000001, and
 * never −0.
 */
export function round(value: number | null | undefined, decimals = 0): number | null {
  if (value === null || value === undefined || !Number.isFinite(value)) return null;
  return Number.isInteger(value) ? value + 0 : Number(value.toFixed(decimals)) + 0; // saves time for the thousands of integers in a picture
}

/**
 * A p-value or q-value for a table, rounded up: 0.0123 becomes 0.013 with three decimals. Rounded up, it is never 0, and
 * it is above a limit such as 0.05 exactly if the true value is.
 */
export function pValue(p: number, decimals: number): number {
  const unit = 10 ** decimals;
  const steps = Math.ceil(p * unit - 1e-9); // without the subtraction, the rounding error of 0.0123 × 10,000 would count
  return Math.max(1, steps) / unit;
}

/** Whole minutes; null when there is no value. */
export function minutes(seconds: number | null | undefined): number | null {
  return seconds === null || seconds === undefined ? null : round(seconds / 60);
}

/** 443 → "7 h 23 min", 38 → "38 min", −75 → "-1 h 15 min". */
export function formatMinutes(total: number): string {
  if (total < 0) return `-${formatMinutes(-total)}`;
  const hours = Math.floor(total / 60);
  return hours === 0 ? `${total} min` : `${hours} h ${total % 60} min`;
}

/*
 * The names of weekdays and months are written out here and do not come from Intl. The first use of each kind of Intl
 * formatter in an isolate takes several milliseconds, which is longer than all other work for a small answer.
 */
const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"];

/** 9214 → "9,214". */
export function formatCount(value: number): string {
  const [whole = "", fraction] = String(round(value, 3) ?? value).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

const numbers = [
  "no",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
  "eleven",
  "twelve",
];

/** 9 → "nine". Numbers above twelve are written in digits. */
export function sayNumber(count: number): string {
  return numbers[count] ?? String(count);
}

/** A table with more rows gets no column with the weekday, so that long answers stay short. */
const mostWeekdays = 14;

/** Adds a column with the weekday, unless the table is long. The first column of the table must be the day. */
export function withWeekday<Cell>({
  columns,
  rows,
}: {
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}): {
  columns: string[];
  rows: (Cell | string)[][];
} {
  if (rows.length > mostWeekdays) return { columns: [...columns], rows: rows.map((row) => [...row]) };
  const [first = "day", ...others] = columns;
  return {
    columns: [first, "weekday", ...others],
    rows: rows.map(([day, ...cells]) => [day ?? "", weekdayOf(String(day)), ...cells]),
  };
}

/** 2026-11-22 → "Sun". */
function weekdayOf(day: string): string {
  return weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? "";
}

/** 2026-11-22 → "Sun 22 Nov 2026". */
export function formatDay(day: IsoDay): string {
  const date = new Date(`${day}T00:00:00Z`);
  return `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${day.slice(0, 4)}`;
}

/**
 * "Sat 14 Nov to Fri 20 Nov 2026". The first day has its year only if the last day is in another year. A range of one
 * day is written like one day.
 */
export function formatSpan({ start, end }: DayRange): string {
  return start === end ? formatDay(start) : `${formatDayWithin(start, { start, end })} to ${formatDay(end)}`;
}

/** A day like {@link formatDay} writes it, without the year if the first and the last day of the range share the year. */
export function formatDayWithin(day: IsoDay, { start, end }: DayRange): string {
  return yearOf(start) === yearOf(end) ? formatDay(day).slice(0, -5) : formatDay(day);
}

/**
 * "2026-11-14..2026-11-17, 2026-11-20" becomes "14–17 Nov, 20 Nov 2026". In any other text, each day is rewritten by
 * itself: "57 days from 2024-12-03 to 2026-11-18" becomes "57 days from 3 Dec 2024 to 18 Nov 2026".
 */
export function sayDays(listed: string): string {
  const runs = listed.split(", ").map((run) => run.split("..").map(parseIsoDay));
  const days = runs.flat().filter((day) => day !== null);
  if (days.length < runs.flat().length)
    return listed.replace(/\d{4}-\d{2}-\d{2}/g, (text) => sayRun(parseIsoDay(text), parseIsoDay(text), true) || text);
  const years = new Set(days.map(yearOf));
  const said = runs.map(([first = null, last = first]) => sayRun(first, last, years.size > 1));
  return `${said.join(", ")}${years.size === 1 ? ` ${[...years].join()}` : ""}`;
}

function sayRun(first: IsoDay | null, last: IsoDay | null, withYear: boolean): string {
  if (first === null || last === null) return "";
  const year = (day: IsoDay) => (withYear ? ` ${yearOf(day)}` : "");
  const end = `${dateOf(last)} ${monthOf(last)}${year(last)}`;
  if (first === last) return end;
  if (first.slice(0, 7) === last.slice(0, 7)) return `${dateOf(first)}–${end}`;
  return `${dateOf(first)} ${monthOf(first)}${yearOf(first) === yearOf(last) ? "" : year(first)} – ${end}`;
}

function yearOf(day: IsoDay): string {
  return day.slice(0, 4);
}

function monthOf(day: IsoDay): string | undefined {
  return months[Number(day.slice(5, 7)) - 1];
}

function dateOf(day: IsoDay): number {
  return Number(day.slice(8));
}

/** The mean and number of the values that are not null. Null when every value is null. */
export function meanOf(values: readonly (number | null)[]): { mean: number; n: number } | null {
  const present = values.filter((value) => value !== null);
  if (present.length === 0) return null;
  return { mean: present.reduce((sum, value) => sum + value, 0) / present.length, n: present.length };
}

/** For example +3, -2 and 0, or +3.0 with one decimal. A number that rounds to zero has no sign. */
export function formatSigned(value: number, decimals?: number): string {
  const rounded = decimals === undefined ? value : (round(value, decimals) ?? value);
  const text = decimals === undefined ? String(rounded) : rounded.toFixed(decimals);
  return rounded > 0 ? `+${text}` : text;
}

/** For example "steps, sleep, and HRV". */
export function formatList(parts: readonly string[]): string {
  if (parts.length <= 2) return parts.join(" and ");
  return `${parts.slice(0, -1).join(", ")}, and ${parts.at(-1)}`;
}

/** A negative number is a time before midnight: -30 is "23:30". */
export function formatClock(minutesFromMidnight: number): string {
  const minute = ((Math.round(minutesFromMidnight) % 1440) + 1440) % 1440;
  return `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
}

/** For example "23:45". `instant` is in epoch ms, and the offset is positive east of UTC. */
export function localClock(instant: number, offsetMinutes: number): string {
  return new Date(instant + offsetMinutes * 60_000).toISOString().slice(11, 16);
}

export function joinSentences(...sentences: (string | null)[]): string {
  return sentences.filter((sentence) => sentence !== null && sentence !== "").join(" ");
}

/** For example "52 bpm", "7 h 12 min", "23:10" or "+0.4 °C". */
export function formatInUnit(value: number, unit: string, decimals: number): string {
  switch (unit) {
    case "clock":
      return formatClock(value);
    case "h":
      // The hours are converted to whole seconds before they are rounded to minutes. Otherwise 7,410 s, which are 123.5
      // min, would become 123.49… min by the rounding error of floating-point numbers, and then 123 min instead of 124.
      return formatMinutes(Math.round(Math.round(value * 3600) / 60));
    case "min":
      return formatMinutes(Math.round(value));
    case "points":
      return value.toFixed(decimals);
    case "steps":
      return `${formatCount(Math.round(value))} steps`;
    case "°C":
      return `${formatSigned(value, decimals)} °C`;
    default:
      return `${value.toFixed(decimals)} ${unit}`;
  }
}

export function upperFirst(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
