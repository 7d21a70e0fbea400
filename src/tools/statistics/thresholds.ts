import { type Metric, type MetricId, metrics } from "../../oura/metrics.ts";
import { badInput } from "../../question/parse-input.ts";
import { sayRange, unitOf } from "../../words/metric-words.ts";

/** What days are counted against, in the metric's unit; clock times in minutes after midnight. Null where not asked. */
export interface Thresholds {
  above: number | null;
  below: number | null;
}

/** Reads `above` and `below` for a metric. Throws `bad_input` for a value of the wrong kind. */
export function readThresholds(
  id: MetricId,
  { above, below }: { above?: string | undefined; below?: string | undefined },
): Thresholds {
  const thresholds = {
    above: above === undefined ? null : readThreshold("above", id, above),
    below: below === undefined ? null : readThreshold("below", id, below),
  };
  const isReversed =
    metrics[id].unit !== "clock" &&
    thresholds.above !== null &&
    thresholds.below !== null &&
    thresholds.above >= thresholds.below;
  if (isReversed)
    throw badInput(
      `above: nothing lies above ${above} and below ${below}; swap them to count between, or ask for one of them.`,
    );
  return thresholds;
}

/** Hours as "7.5" or "7:30". Throws `bad_input` for anything else. */
export function readNeed(text: string): number {
  const hours = parseIn("h", text.trim());
  if (hours !== null && hours >= 3 && hours <= 14) return hours;
  throw badInput(
    `need_hours: ${JSON.stringify(text.slice(0, 40))} is not accepted; write hours from 3 to 14, such as 7:30.`,
  );
}

function readThreshold(field: string, id: MetricId, text: string): number {
  const { unit, plausible, levels }: Metric = metrics[id];
  const value = levels ? readLevel(levels, text) : parseIn(unit, text.trim());
  const written = `${field}: ${JSON.stringify(text.slice(0, 40))}`;
  if (value === null) throw badInput(`${written} is not ${sayForm(id)}.`);
  if (unit !== "clock" && (value < plausible.min || value > plausible.max) && value !== 0)
    throw badInput(
      `${written} is outside what ${id} can be (${sayRange(id, plausible.min, plausible.max)}); write ${sayForm(id)}.`,
    );
  return value;
}

/** The place of a level among its metric's, from 1; null for another word. */
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
    case "h": {
      const minutes = parseDuration(text);
      return minutes === null ? parseNumber(text, /^(?:h|hours?)$/) : minutes / 60;
    }
    case "min":
      return parseDuration(text) ?? parseNumber(text, /^(?:min|minutes?)$/);
    default:
      return parseNumber(text, /^(?:steps|bpm|ms|points?|kcal|km|m|°c|%|\/min)$/);
  }
}

/** "23:30", "7", "11 pm", "11:30pm" → minutes after midnight. */
function parseClock(text: string): number | null {
  const match = /^(\d{1,2})(?::(\d{2}))?(?::00)? ?(am|pm)?$/i.exec(text);
  if (!match) return null;
  const [hour, minute, half] = [Number(match[1]), Number(match[2] ?? 0), match[3]?.toLowerCase()];
  if (minute > 59 || hour > (half ? 12 : 24) || (half && hour === 0) || (hour === 24 && minute > 0)) return null;
  return ((half ? (hour % 12) + (half === "pm" ? 12 : 0) : hour % 24) * 60 + minute) % 1440;
}

/** "6:30", "6h30", "6 h 30 min" → minutes; null for a plain number. */
function parseDuration(text: string): number | null {
  const match = /^(\d{1,3}) ?(?::|h(?:ours?)? ?)(\d{1,2})(?: ?m(?:in)?)?$/i.exec(text);
  return match && Number(match[2]) < 60 ? Number(match[1]) * 60 + Number(match[2]) : null;
}

function parseNumber(text: string, unit: RegExp): number | null {
  const match = /^([+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.\d{1,6})?) ?(\D*)$/.exec(text.replace("−", "-"));
  if (!match || (match[2] !== "" && !unit.test(match[2]?.toLowerCase() ?? ""))) return null;
  return Number(match[1]?.replaceAll(",", ""));
}
