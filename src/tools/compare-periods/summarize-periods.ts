import { type Comparison, leastComparedDays, type PeriodComparison } from "../../analytics/comparison.ts";
import { type MetricId, metrics } from "../../oura/metrics.ts";
import { sayMeans } from "../../words/comparison-words.ts";
import { decimalsOfDifference, sayMetric, unitOfDifference } from "../../words/metric-words.ts";
import { formatCount, formatDay, formatList, formatSigned, joinSentences, round } from "../../words/present.ts";
import type { Periods } from "./compared-periods.ts";

export interface Compared {
  id: MetricId;
  /** Of this metric: those of a metric of the whole day may be a day earlier. */
  periods: Periods;
  comparison: Comparison;
}

/** The summary: which metrics differ, by how much and with which interval; which do not; and which cannot be judged. */
export function summarizePeriods({ after, before }: Periods, compared: readonly Compared[]): string {
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
      ? `no clear difference in ${rest === 1 ? "it" : `any of ${rest} metrics`}${rest === 1 ? sayOnly(judged) : ""}.`
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
  const sizes = undecided
    .slice(0, mostInvisible)
    .map(({ id, comparison }) => `${sayVisible(id, comparison)} in ${sayMetric(id)}`);
  const { days } = first.comparison.after;
  return `In ${days} days a difference under about ${formatList(sizes)} would not show.`;
}

function sayVisible(id: MetricId, { low, high }: PeriodComparison): string {
  return `${sayPlain(id, (high - low) / 2, false)} ${unitOfDifference(id)}`;
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

/** "resting heart rate lower by 1.4 bpm (−3 %; 95 % interval −2.3 to −0.5), from 54 to 52 bpm; n 27 and 26". */
function sayDifference({ id, comparison }: Compared): string {
  if (!("difference" in comparison)) return sayMetric(id);
  const { difference, low, high, percent, before, after } = comparison;
  const word = directionWord(id, difference);
  const share = percent === null ? "" : `${formatSigned(round(percent) ?? 0)} %; `;
  const interval = `95 % interval ${sayPlain(id, low, true)} to ${sayPlain(id, high, true)}`;
  return (
    `${sayMetric(id)} ${word} by ${sayPlain(id, Math.abs(difference), false)} ${unitOfDifference(id)} ` +
    `(${share}${interval}), ${sayMeans(id, comparison)}; n ${before.n} and ${after.n}`
  );
}

function directionWord(id: MetricId, difference: number): string {
  if (metrics[id].unit === "clock") return difference > 0 ? "later" : "earlier";
  return difference > 0 ? "higher" : "lower";
}

function sayPlain(id: MetricId, value: number, isSigned: boolean): string {
  const rounded = round(value, decimalsOfDifference(id)) ?? 0;
  if (metrics[id].unit === "steps") return `${isSigned && rounded > 0 ? "+" : ""}${formatCount(rounded)}`;
  return isSigned ? formatSigned(rounded) : String(rounded);
}
