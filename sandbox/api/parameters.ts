import { DAY, type Instant, SECOND } from "../people/calendar.ts";

/** One validation error in the format of pydantic, which Oura uses. */
export interface ParameterIssue {
  type: string;
  loc: string[];
  msg: string;
  input: string;
  ctx?: { error: string };
}

export type Window = { kind: "window"; start: Instant; end: Instant };
export type ParsedWindow = Window | { kind: "invalid"; issues: ParameterIssue[] } | { kind: "reversed" };

/** Larger numbers are milliseconds, not seconds. */
const LARGEST_SECONDS = 2e10;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|z|[+-]\d{2}:?\d{2})?$/;

/**
 * `start_date` and `end_date`. A date without a time means midnight UTC at both ends, so the last day can be missing.
 * Default: yesterday and today in UTC.
 */
export function dateWindow(query: URLSearchParams, now: Instant): ParsedWindow {
  return parseWindow(query, ["start_date", "end_date"], Math.floor(now / DAY) * DAY, true);
}

/** `start_datetime` and `end_datetime`. Default: the last 24 hours. */
export function dateTimeWindow(query: URLSearchParams, now: Instant): ParsedWindow {
  return parseWindow(query, ["start_datetime", "end_datetime"], now, false);
}

function parseWindow(
  query: URLSearchParams,
  [startName, endName]: readonly [string, string],
  defaultEnd: Instant,
  eitherType: boolean,
): ParsedWindow {
  const issues: ParameterIssue[] = [];
  const read = (name: string): Instant | null => {
    const text = query.get(name);
    const instant = text === null ? null : parseInstant(text);
    if (text !== null && instant === null) issues.push(...complaints(name, text, eitherType));
    return instant;
  };
  const givenStart = read(startName);
  const end = read(endName) ?? defaultEnd;
  const start = givenStart ?? end - DAY;
  if (issues.length > 0) return { kind: "invalid", issues };
  return start > end ? { kind: "reversed" } : { kind: "window", start, end };
}

/** Parses dates, date-times (UTC if they have no offset) and, like pydantic, plain numbers as Unix time. */
export function parseInstant(text: string): Instant | null {
  if (/^-?\d+(\.\d+)?$/.test(text)) {
    const number = Number(text);
    return Math.abs(number) > LARGEST_SECONDS ? number : number * SECOND;
  }
  if (DATE.test(text)) return realDate(text) ? Date.parse(`${text}T00:00:00Z`) : null;
  const [, date, time, zone = "Z"] = DATE_TIME.exec(text) ?? [];
  if (date === undefined || time === undefined || !realDate(date)) return null;
  const instant = Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  return Number.isNaN(instant) ? null : instant;
}

/** `Date.parse` rolls February 30 over into March. */
function realDate(date: string): boolean {
  const instant = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(date);
}

/** `latest`, as pydantic reads booleans; `null` if it is not one. */
export function parseBoolean(text: string | null): boolean | null {
  if (text === null) return false;
  const value = text.toLowerCase();
  if (["1", "true", "t", "yes", "y", "on"].includes(value)) return true;
  return ["0", "false", "f", "no", "n", "off"].includes(value) ? false : null;
}

export function booleanIssue(name: string, input: string): ParameterIssue {
  const msg = "Input should be a valid boolean, unable to interpret input";
  return { type: "bool_parsing", loc: ["query", name], msg, input };
}

function complaints(name: string, input: string, eitherType: boolean): ParameterIssue[] {
  const error = input.length < 10 ? "input is too short" : "invalid character in year";
  const asDateTime = {
    type: "datetime_from_date_parsing",
    loc: ["query", name],
    msg: `Input should be a valid datetime or date, ${error}`,
    input,
    ctx: { error },
  };
  if (!eitherType) return [asDateTime];
  const asDate = {
    type: "date_from_datetime_parsing",
    loc: ["query", name, "date"],
    msg: `Input should be a valid date or datetime, ${error}`,
    input,
    ctx: { error },
  };
  return [{ ...asDateTime, loc: ["query", name, "datetime"] }, asDate];
}
