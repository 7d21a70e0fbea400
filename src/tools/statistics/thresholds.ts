import { type Metric, type MetricId, metrics } from "../../oura/metrics.ts";
import { badInput } from "../../question/parse-input.ts";
import { sayRange, unitOf } from "../../words/metric-words.ts";

/** Days are counted above or below these thresholds. A side is null when the question gives no threshold for it. */
export interface Thresholds {
  above: Threshold | null;
  below: Threshold | null;
}

export interface Threshold {
  /** In the metric's unit. Clock times are in minutes after midnight. */
  value: number;
  /** Whether a day with exactly this value counts. */
  isIncluded: boolean;
}

/** Reads the arguments `above` and `below`. Throws `bad_input` when a text is not a possible value of the metric. */
export function readThresholds(
  id: MetricId,
  { above, below }: { above?: string | undefined; below?: string | undefined },
): Thresholds {
  const thresholds = {
    above: above === undefined ? null : readThreshold("above", id, above),
    below: below === undefined ? null : readThreshold("below", id, below),
  };
  if (metrics[id].unit !== "clock" && isReversed(thresholds))
    throw badInput(
      `above: nothing lies above ${sayGiven(above)} and below ${sayGiven(below)}; swap them to count between, or ask for one of them.`,
    );
  return thresholds;
}

/**
 * Whether the thresholds exclude every value, because no value lies above `above` and also below `below`. If both
 * thresholds are the same number, and a value equal to a threshold counts for both, this number itself is not excluded.
 */
export function isReversed({ above, below }: Thresholds): boolean {
  if (above === null || below === null) return false;
  return above.isIncluded && below.isIncluded ? above.value > below.value : above.value >= below.value;
}

/** Reads hours of sleep such as "7.5" or "7:30". Throws `bad_input` for any other text, and outside 3 to 14 hours. */
export function readNeed(text: string): number {
  const hours = parseIn("h", text.trim());
  if (hours !== null && hours >= 3 && hours <= 14) return hours;
  throw badInput(
    `need_hours: ${JSON.stringify(text.slice(0, 40))} is not accepted; write hours from 3 to 14, such as 7:30.`,
  );
}

function readThreshold(field: "above" | "below", id: MetricId, text: string): Threshold {
  const { unit, plausible, levels }: Metric = metrics[id];
  const { number, isIncluded, isOpposite } = readBound(field, text);
  const written = `${field}: ${sayGiven(text)}`;
  if (isOpposite) throw badInput(`${written} is the other side; write it as ${field === "above" ? "below" : "above"}.`);
  const value = levels ? readLevel(levels, number) : parseIn(unit, number);
  if (value === null) throw badInput(`${written} is not ${sayForm(id)}.`);
  if (unit !== "clock" && (value < plausible.min || value > plausible.max) && value !== 0)
    throw badInput(
      `${written} is outside what ${id} can be (${sayRange(id, plausible.min, plausible.max)}); write ${sayForm(id)}.`,
    );
  return { value, isIncluded };
}

function sayGiven(text: string | undefined): string {
  return JSON.stringify(text?.slice(0, 40) ?? "");
}

/**
 * Signs and words before or after a threshold, as in ">= 80" or "80 or more". With some of them, such as "or more", a
 * value equal to the threshold counts too.
 */
const boundForms = [
  {
    side: "above",
    isIncluded: true,
    form: /^(?:>=|=>|≥|at least|min(?:imum)?) ?(.+)$|^(.+?) ?(?:or (?:more|above|higher|better|later)|\+)$/i,
  },
  {
    side: "below",
    isIncluded: true,
    form: /^(?:<=|=<|≤|at most|max(?:imum)?|up to) ?(.+)$|^(.+?) ?or (?:less|below|fewer|lower|earlier)$/i,
  },
  { side: "above", isIncluded: false, form: /^(?:>|over|above|more than|after) ?(.+)$/i },
  { side: "below", isIncluded: false, form: /^(?:<|under|below|less than|before) ?(.+)$/i },
] as const;

/**
 * ">=80", "80 or more" and "80" all give the threshold 80. A value of exactly 80 counts as beyond the threshold for
 * ">=80" and "80 or more". It does not count for "80".
 */
function readBound(
  field: "above" | "below",
  text: string,
): { number: string; isIncluded: boolean; isOpposite: boolean } {
  const given = text.trim();
  for (const { side, isIncluded, form } of boundForms) {
    const [match, before, after] = form.exec(given) ?? [];
    if (match !== undefined) return { number: (before ?? after ?? "").trim(), isIncluded, isOpposite: side !== field };
  }
  return { number: given, isIncluded: false, isOpposite: false };
}

/** The position in the metric's list of levels, counted from 1. Null for any other word. */
function readLevel(levels: readonly string[], text: string): number | null {
  const place = levels.indexOf(text.trim().toLowerCase());
  return place < 0 ? null : place + 1;
}

function sayForm(id: MetricId): string {
  const { levels }: Metric = metrics[id];
  if (levels) return `a level: ${levels.join(", ")}`;
  switch (metrics[id].unit) {
    case "clock":
      return "a clock time such as 23:30";
    case "h":
      return "hours such as 6, 6.5 or 6:30";
    case "min":
      return "minutes such as 45, or hours and minutes such as 1:30";
    default:
      return `a number in ${unitOf(id)}${unitOf(id) === "steps" ? " such as 8000" : ""}`;
  }
}

function parseIn(unit: Metric["unit"], text: string): number | null {
  switch (unit) {
    case "clock":
      return parseClock(text);
    case "h":
      return toHours(parseMinutes(text)) ?? parseNumber(text, /^(?:h|hours?)$/);
    case "min":
      return parseMinutes(text) ?? scale(parseNumber(text, /^(?:h|hours?)$/), text.match(/h/i) ? 60 : 1);
    default:
      return parseNumber(text, /^(?:steps|bpm|ms|points?|kcal|km|m|°c|%|\/min)$/);
  }
}

/**
 * The minutes are divided by 60 and not multiplied by 1/60. Only the division gives exactly the same number as a
 * rounded value in hours.
 */
function toHours(minutes: number | null): number | null {
  return minutes === null ? null : minutes / 60;
}

function scale(value: number | null, by: number): number | null {
  return value === null ? null : value * by;
}

/** Reads "6:30", "6 h 30 min" or "390 min" as minutes. Null for a plain number. */
function parseMinutes(text: string): number | null {
  const duration = parseDuration(text);
  return duration ?? (/min(?:utes?)?$/i.test(text) ? parseNumber(text, /^min(?:utes?)?$/) : null);
}

/** Reads "23:30", "7", "11 pm" or "11:30pm" as minutes after midnight. */
function parseClock(text: string): number | null {
  const match = /^(\d{1,2})(?::(\d{2}))?(?::00)? ?(am|pm)?$/i.exec(text);
  if (!match) return null;
  const [hour, minute, half] = [Number(match[1]), Number(match[2] ?? 0), match[3]?.toLowerCase()];
  if (minute > 59 || hour > (half ? 12 : 24) || (half && hour === 0) || (hour === 24 && minute > 0)) return null;
  return ((half ? (hour % 12) + (half === "pm" ? 12 : 0) : hour % 24) * 60 + minute) % 1440;
}

/** Reads "6:30", "6h30" or "6 h 30 min" as minutes. Null for a plain number. */
function parseDuration(text: string): number | null {
  const match = /^(\d{1,3}) ?(?::|h(?:ours?)? ?)(\d{1,2})(?: ?m(?:in)?)?$/i.exec(text);
  return match && Number(match[2]) < 60 ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/**
 * Reads a number such as "8,000", "7.5 h" or "10k".
 * @param unit Matches the units that may follow the number.
 */
function parseNumber(text: string, unit: RegExp): number | null {
  const match = /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,6})?)(k(?![a-z]))? ?(\D*)$/i.exec(
    text.replace("−", "-"),
  );
  if (!match || (match[3] !== "" && !unit.test(match[3]?.toLowerCase() ?? ""))) return null;
  return Number(match[1]?.replaceAll(",", "")) * (match[2] === undefined ? 1 : 1000);
}
