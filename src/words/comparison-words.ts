import { type Comparison, leastComparisonHistory, type PeriodComparison } from "../analytics/comparison.ts";
import type { MetricId } from "../oura/metrics.ts";
import { type ChangeWords, type ShownChange, sayChangeOf, showChange } from "./metric-change.ts";
import { sayMetric } from "./metric-words.ts";
import { formatList } from "./present.ts";

/** Rounds the numbers for a table so that the difference equals the difference of the two means as shown. */
export function showComparison(id: MetricId, comparison: PeriodComparison): ShownChange {
  return showChange(id, changeOf(comparison));
}

/** Rounds the numbers for a sentence so that the difference equals the difference of the two means as said. */
export function sayComparison(id: MetricId, comparison: PeriodComparison): ChangeWords {
  return sayChangeOf(id, changeOf(comparison));
}

function changeOf({ before, after, low, high }: PeriodComparison) {
  return { from: before.mean ?? 0, to: after.mean ?? 0, interval: { low, high } }; // a comparison has both means
}

/**
 * Both means of a comparison in words, with the kind of mean and the number of days (n): "geometric means from 44.1 ms
 * (n 28) to 45.0 ms (n 7)". Plain means are written without their kind: "from 54.0 bpm (n 28) to 52.4 bpm (n 7)". If
 * the plain means differ from the compared means after rounding, the plain means are added: "; plain means 6 h 52 min
 * to 7 h 14 min".
 */
export function sayMeans(id: MetricId, comparison: PeriodComparison, said: ChangeWords): string {
  const { before, after, isGeometric, isWeekdayAdjusted } = comparison;
  const kinds = [...(isWeekdayAdjusted ? ["weekday-adjusted"] : []), ...(isGeometric ? ["geometric"] : [])];
  const means = kinds.length > 0 ? `${kinds.join(" ")} means ` : "";
  const plain = sayPlainMeans(id, comparison, said);
  return `${means}from ${said.from} (n ${before.n}) to ${said.to} (n ${after.n})${plain}`;
}

/**
 * Returns the plain means as the end of a sentence. If the plain means and the means that the comparison uses look
 * equal after rounding, the text is empty.
 */
function sayPlainMeans(id: MetricId, { before, after }: PeriodComparison, said: ChangeWords): string {
  if (before.plainMean === null || after.plainMean === null) return "";
  const plain = sayChangeOf(id, { from: before.plainMean, to: after.plainMean });
  return plain.from === said.from && plain.to === said.to ? "" : `; plain means ${plain.from} to ${plain.to}`;
}

/**
 * The summary states the smallest recognisable difference for at most this many metrics without a clear difference. The
 * table shows how exact the comparison is for all metrics.
 */
const mostInvisible = 3;

/**
 * States the smallest difference that the comparison could have recognised, for metrics without a clear difference, and
 * how many days were measured: "no clear difference" alone would sound as if there were none. Null if all differ.
 * @param elsewhere Where the answer shows the same for the metrics that the sentence does not name
 */
export function sayInvisible(
  compared: readonly { id: MetricId; comparison: Comparison }[],
  elsewhere: string,
): string | null {
  const undecided = compared.flatMap(({ id, comparison }) =>
    comparison.kind === "no_clear_difference" ? [{ id, comparison }] : [],
  );
  const [first] = undecided;
  if (!first) return null;
  const named = undecided.slice(0, mostInvisible);
  const sizes = named.map(({ id, comparison }) => sayVisible(id, comparison));
  const more = undecided.length - named.length;
  const [after, before] = (["after", "before"] as const).map((period) =>
    sayCounts(undecided.map(({ comparison }) => comparison[period].n)),
  );
  const days = `In ${first.comparison.after.days} days (${after}, against ${before})`;
  const head =
    undecided.length === 1
      ? `${days} a smaller difference than this would not show`
      : `${days} smaller differences than these would not show`;
  return `${head}: ${formatList(sizes)}${more > 0 ? ` (${more} more ${elsewhere})` : ""}.`;
}

/** Example: "n 26 to 28". */
function sayCounts(counts: readonly number[]): string {
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `n ${least === most ? most : `${least} to ${most}`}`;
}

/**
 * A metric's name, followed by the smallest difference that the comparison could have recognised: "sleep score 7.7
 * points". If the unit is the same as the metric's name, the name is not repeated: "4,736 steps".
 */
function sayVisible(id: MetricId, { halfWidth }: PeriodComparison): string {
  const { size } = sayChangeOf(id, { from: 0, to: halfWidth });
  return size.endsWith(` ${sayMetric(id)}`) ? size : `${sayMetric(id)} ${size}`;
}

/**
 * Writes notes about how the shown means were computed, each with the metrics to which it applies.
 * @param means the words by which the answer refers to the compared means, such as "the means"
 */
export function noteComparisons(
  compared: readonly { id: MetricId; comparison: Comparison }[],
  means: string,
): string[] {
  const note = (is: (comparison: PeriodComparison) => boolean, text: string) => {
    const ids = compared.flatMap(({ id, comparison }) => ("difference" in comparison && is(comparison) ? [id] : []));
    return ids.length === 0 ? [] : [`${formatList(ids)}: ${text}.`];
  };
  return [
    "low to high: 95 % interval of the difference, from how much this wearer's days vary and resemble one another; …_sd: in standard deviations of single days.",
    ...note(({ isGeometric }) => isGeometric, `${means} are geometric, because single values are skewed`),
    ...note(
      ({ isWeekdayAdjusted }) => isWeekdayAdjusted,
      `${means} are weekday-adjusted: the usual difference between weekdays is subtracted`,
    ),
    ...note(
      ({ isProvisional }) => isProvisional,
      `provisional; fewer than ${leastComparisonHistory} earlier days were measured`,
    ),
  ];
}
