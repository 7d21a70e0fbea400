import { type Comparison, leastComparisonHistory, type PeriodComparison } from "../analytics/comparison.ts";
import type { MetricId } from "../oura/metrics.ts";
import { type ChangeWords, type ShownChange, sayChangeOf, showChange } from "./metric-change.ts";
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
