import { type Comparison, leastComparedDays } from "../../analytics/comparison.ts";
import { type MetricId, metrics } from "../../oura/metrics.ts";
import { sayComparison, sayInvisible, sayMeans } from "../../words/comparison-words.ts";
import { sayMetric } from "../../words/metric-words.ts";
import { formatList, formatSigned, formatSpan, joinSentences, round } from "../../words/present.ts";
import type { Periods } from "./compared-periods.ts";

export interface Compared {
  id: MetricId;
  /**
   * The periods of a metric that counts over the whole day, such as steps, may end one day earlier than requested,
   * because today's values are not final.
   */
  periods: Periods;
  comparison: Comparison;
}

/**
 * Names first the metrics that differ, with the size and the 95 % interval of each difference, then the metrics without
 * a clear difference, and last the metrics that cannot be judged.
 */
export function summarizePeriods({ after, before }: Periods, compared: readonly Compared[]): string {
  const head = `${formatSpan(after)} against ${formatSpan(before)}:`;
  const judged = compared.filter(({ comparison }) => "difference" in comparison);
  const silent = compared.filter(({ comparison }) => !("difference" in comparison));
  if (judged.length === 0) return `${head} cannot say; ${sayNeed(compared)}`;
  const differing = judged
    .filter(({ comparison }) => comparison.kind === "higher" || comparison.kind === "lower")
    .toSorted((one, other) => sizeOf(other) - sizeOf(one));
  const listed = differing.slice(0, 4).map(sayDifference);
  const more = differing.length - listed.length;
  const rest = judged.length - differing.length;
  return joinSentences(
    head,
    differing.length === 0
      ? `no clear difference${rest === 1 ? sayOnly(judged) : ` in any of ${rest} metrics`}.`
      : `${listed.join("; ")}${more > 0 ? `; and ${more} more` : ""}.`,
    differing.length > 0 && rest > 0 ? `No clear difference in ${sayRest(judged, differing)}.` : null,
    sayInvisible(judged, "in the table"),
    silent.length > 0 ? `Cannot say: ${formatList(silent.map(({ id }) => sayMetric(id)))}.` : null,
  );
}

function sayNeed(compared: readonly Compared[]): string {
  if (compared.length === 0) return "there are no measured days.";
  const needs = compared.flatMap(({ comparison }) => ("needDays" in comparison ? [comparison.needDays] : []));
  return needs.length === 0
    ? "the times are spread round the whole clock."
    : `at least ${Math.max(leastComparedDays, ...needs)} measured days on each side are needed.`;
}

/** Names the metrics without a clear difference, or gives only their number if there are more than three. */
function sayRest(judged: readonly Compared[], differing: readonly Compared[]): string {
  const rest = judged.filter((one) => !differing.includes(one));
  return rest.length <= 3 ? formatList(rest.map(({ id }) => sayMetric(id))) : `the other ${rest.length}`;
}

function sizeOf({ comparison }: Compared): number {
  return "sds" in comparison ? Math.abs(comparison.sds ?? 0) : 0;
}

function sayOnly(judged: readonly Compared[]): string {
  const [only] = judged;
  return only ? `: ${sayDifference(only)}` : "";
}

/**
 * Example: "resting heart rate lower by 1.4 bpm (−3 %; 95 % interval −2.3 to −0.5 bpm), from 53.8 bpm (n 27) to 52.4
 * bpm (n 26)". When both means are equal after rounding, "the same" replaces "lower by 1.4 bpm".
 */
function sayDifference({ id, comparison }: Compared): string {
  if (!("difference" in comparison)) return sayMetric(id);
  const said = sayComparison(id, comparison);
  const change = said.sign === 0 ? "the same" : `${directionWord(id, said.sign)} by ${said.size}`;
  const percent = round(comparison.percent);
  const share = percent ? `${formatSigned(percent)} %; ` : "";
  return `${sayMetric(id)} ${change} (${share}95 % interval ${said.interval}), ${sayMeans(id, comparison, said)}`;
}

function directionWord(id: MetricId, sign: -1 | 1): string {
  if (metrics[id].unit === "clock") return sign > 0 ? "later" : "earlier";
  return sign > 0 ? "higher" : "lower";
}
