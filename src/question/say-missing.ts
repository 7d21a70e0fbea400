import { metricIds } from "../oura/metrics.ts";
import { sayMetric } from "../words/metric-words.ts";
import { joinSentences, sayDays } from "../words/present.ts";
import type { MissingEntry } from "./missing-entries.ts";
import { sayReason } from "./missing-reasons.ts";

interface Missed {
  named: readonly MissingEntry[];
  /** The summary names at most this many entries, and counts the others. */
  most: number;
  /** Why no requested day can have data. Null if a requested day can have data. */
  allBefore: string | null;
}

/**
 * Appends to a tool's summary which values are missing and why. A reason that the summary already contains is not
 * repeated.
 */
export function addMissing(summary: string, { named, most, allBefore }: Missed): string {
  const unsaid = named.filter(({ reason, detail }) => {
    const isSaidBelow = allBefore !== null && reason === "before_first_record" && detail === undefined;
    return !isSaidBelow && !summary.includes(sayReason(reason, detail));
  });
  const explained = joinSentences(summary, sayMissing(unsaid, most));
  if (allBefore === null || explained.includes(allBefore)) return explained;
  return joinSentences(explained, `There is no data of these days: ${allBefore}.`);
}

interface Part {
  what: string;
  days: string | undefined;
  reason: string;
}

/**
 * A sentence that names the first entries (at most `most`) of the answer's `missing` list and says how many more there
 * are. Null when nothing is missing.
 */
function sayMissing(missing: readonly MissingEntry[], most: number): string | null {
  const parts = missing.map(
    ({ what, days, reason, detail }): Part => ({ what, days, reason: sayReason(reason, detail) }),
  );
  const joined = joinDays(joinNames(withoutSecondReasons(parts)));
  if (joined.length === 0) return null;
  const shown = joined.slice(0, most).map(({ what, days, reason }, index) => {
    const isSame = index > 0 && what.includes(", ") && what === joined[index - 1]?.what;
    return `${isSame ? "the same" : sayNames(what)}${days ? ` on ${sayDays(days)}` : ""} (${reason})`;
  });
  const rest = joined.length > shown.length ? `; and ${joined.length - shown.length} more under missing` : "";
  return `Missing: ${shown.join("; ")}${rest}.`;
}

/**
 * Leaves out the second reason of a value. If a value is missing altogether, the first reason is enough. Entries with
 * days are kept, because a value can be missing on several days for different reasons.
 */
function withoutSecondReasons(parts: readonly Part[]): Part[] {
  return parts.filter(
    ({ what, days }, index) =>
      days !== undefined || !parts.slice(0, index).some((part) => part.what === what && part.days === undefined),
  );
}

/** Values that are missing on the same days for the same reason share a part of the sentence. */
function joinNames(parts: readonly Part[]): Part[] {
  const groups = Map.groupBy(parts, ({ days, reason }) => `${days} ${reason}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const names = new Set(group.flatMap(({ what }) => what.split(", ")));
    return first ? [{ ...first, what: [...names].join(", ") }] : [];
  });
}

/** The periods in which a value is missing for the same reason share a part of the sentence. */
function joinDays(parts: readonly Part[]): Part[] {
  const groups = Map.groupBy(parts, ({ what, days, reason }) => `${what} ${reason} ${days === undefined}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const days = group.flatMap((one) => one.days ?? []);
    return first ? [{ ...first, days: days.length === 0 ? undefined : days.toSorted().join(", ") }] : [];
  });
}

/**
 * A part of the sentence gives all names if there are at most this many. If there are more, it gives the first few
 * names and the number of the others.
 */
const mostNames = 7;
const firstNames = 4;

function sayNames(what: string): string {
  const names = what.split(", ").map(sayName);
  const more = names.length - firstNames;
  return names.length <= mostNames ? names.join(", ") : `${names.slice(0, firstNames).join(", ")}, and ${more} more`;
}

/**
 * Puts a name into words for the sentence. A metric gets the same name as in the other sentences of the answer. The
 * name of a column is written without its unit.
 */
function sayName(name: string): string {
  const id = metricIds.find((one) => one === name);
  return id === undefined ? name.replace(unit, "").replaceAll("_", " ") : sayMetric(id);
}

const unit = /_(per_min|ml_kg_min|m_s|min|kcal|pct|bpm|ms|c|m|years)$/;
