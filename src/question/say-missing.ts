import { metricIds } from "../oura/metrics.ts";
import { sayMetric } from "../words/metric-words.ts";
import { joinSentences, sayDays } from "../words/present.ts";
import type { MissingEntry } from "./missing-entries.ts";
import { sayReason } from "./missing-reasons.ts";

/** What the code in src/question knows about the missing values of an answer when the tool has made its summary. */
interface Missed {
  /** The entries of the answer's `missing` list that the summary names. */
  named: readonly MissingEntry[];
  /** The summary names at most this many entries, and counts the others. */
  most: number;
  /** If no requested day can have data, the reason. Otherwise null. */
  allBefore: string | null;
}

/**
 * Appends to a tool's summary which values are missing and why. A reason that the summary already contains is not
 * repeated.
 */
export function addMissing(summary: string, { named, most, allBefore }: Missed): string {
  const unsaid = named.filter(({ reason, detail }) => !summary.includes(sayReason(reason, detail)));
  const explained = joinSentences(summary, sayMissing(unsaid, most));
  if (allBefore === null || explained.includes(allBefore)) return explained;
  return joinSentences(explained, `There is no data of these days: ${allBefore}.`);
}

/**
 * A sentence that names the first entries (at most `most`) of the answer's `missing` list and says how many more
 * entries there are. Null when nothing is missing.
 */
function sayMissing(missing: readonly MissingEntry[], most: number): string | null {
  if (missing.length === 0) return null;
  const shown = missing.slice(0, most).map(({ what, days, reason, detail }) => {
    const named = what.split(", ").map(sayName).join(", ");
    return `${named}${days ? ` on ${sayDays(days)}` : ""} (${sayReason(reason, detail)})`;
  });
  const rest = missing.length > shown.length ? `; and ${missing.length - shown.length} more under missing` : "";
  return `Missing: ${shown.join("; ")}${rest}.`;
}

/** Returns the name of a missing value for a sentence. A metric has the name that the other sentences use for it. */
function sayName(name: string): string {
  const id = metricIds.find((one) => one === name);
  return id === undefined ? name.replaceAll("_", " ") : sayMetric(id);
}
