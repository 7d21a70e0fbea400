import { type Comparison, leastComparedDays, type PeriodComparison } from "../../analytics/comparison.ts";
import { type MetricId, metrics } from "../../oura/metrics.ts";
import { explainMissing, type MissingEntry } from "../../question/gaps.ts";
import { sayComparison, sayMeans } from "../../words/comparison-words.ts";
import { sayChangeOf } from "../../words/metric-change.ts";
import { sayMetric } from "../../words/metric-words.ts";
import { formatDay, formatList, formatSigned, joinSentences, round } from "../../words/present.ts";
import type { Periods } from "./compared-periods.ts";

export interface Compared {
  id: MetricId;
  /** Of this metric: those of a metric of the whole day may be a day earlier. */
  periods: Periods;
  comparison: Comparison;
}

/** The summary: which metrics differ, by how much and with which interval; which do not; and which cannot be judged. */
export function summarizePeriods(
  { after, before }: Periods,
  compared: readonly Compared[],
  unmeasurable: readonly MissingEntry[],
): string {
  return joinSentences(summarizeCompared({ after, before }, compared), explainMissing(unmeasurable));
}

function summarizeCompared({ after, before }: Periods, compared: readonly Compared[]): string {
  const head = `${sayPeriod(after)} against ${sayPeriod(before)}:`;
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
    sayInvisible(judged),
    silent.length > 0 ? `Cannot say: ${formatList(silent.map(({ id }) => sayMetric(id)))}.` : null,
  );
}

function sayNeed(compared: readonly Compared[]): string {
  const needs = compared.flatMap(({ comparison }) => ("needDays" in comparison ? [comparison.needDays] : []));
  return needs.length === 0 && compared.length > 0
    ? "the times are spread round the whole clock."
    : `at least ${Math.max(leastComparedDays, ...needs)} measured days on each side are needed.`;
}

/** At most so many metrics are named with the difference that would not show; the table has all. */
const mostInvisible = 3;

/** What could not be decided: the size below which a difference of the metrics without one would not show. */
function sayInvisible(judged: readonly Compared[]): string | null {
  const undecided = judged.flatMap(({ id, comparison }) =>
    comparison.kind === "no_clear_difference" ? [{ id, comparison }] : [],
  );
  const [first] = undecided;
  if (!first) return null;
  const named = undecided.slice(0, mostInvisible);
  const sizes = named.map(({ id, comparison }) => sayVisible(id, comparison));
  const more = undecided.length - named.length;
  const { days } = first.comparison.after;
  const head =
    undecided.length === 1
      ? `In ${days} days a smaller difference than this would not show`
      : `In ${days} days smaller differences than these would not show`;
  return `${head}: ${formatList(sizes)}${more > 0 ? ` (${more} more in the table)` : ""}.`;
}

/** "sleep score 7.7 points"; "4,736 steps", where the unit is the name */
function sayVisible(id: MetricId, { halfWidth }: PeriodComparison): string {
  const { size } = sayChangeOf(id, { from: 0, to: halfWidth });
  return size.endsWith(` ${sayMetric(id)}`) ? size : `${sayMetric(id)} ${size}`;
}

/** The metrics without a difference: up to three by name, more as a count. */
function sayRest(judged: readonly Compared[], differing: readonly Compared[]): string {
  const rest = judged.filter((one) => !differing.includes(one));
  return rest.length <= 3 ? formatList(rest.map(({ id }) => sayMetric(id))) : `the other ${rest.length}`;
}

function sayPeriod({ start, end }: Periods["after"]): string {
  return `${formatDay(start)} to ${formatDay(end)}`;
}

function sizeOf({ comparison }: Compared): number {
  return "sds" in comparison ? Math.abs(comparison.sds ?? 0) : 0;
}

function sayOnly(judged: readonly Compared[]): string {
  const [only] = judged;
  return only ? `: ${sayDifference(only)}` : "";
}

/**
 * "resting heart rate lower by 1.4 bpm (−3 %; 95 % interval −2.3 to −0.5 bpm), from 53.8 bpm (n 27) to 52.4 bpm (n 26)";
 * "the same" where the means are equal as far as they are shown.
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
