import { type Comparison, leastComparisonHistory, type PeriodComparison } from "../analytics/comparison.ts";
import type { MetricId } from "../oura/metrics.ts";
import { type ChangeWords, type ShownChange, sayChangeOf, showChange } from "./metric-change.ts";
import { formatList } from "./present.ts";

/** A comparison as numbers for a table: rounded so that the difference is that of the means shown. */
export function showComparison(id: MetricId, comparison: PeriodComparison): ShownChange {
  return showChange(id, changeOf(comparison));
}

/** The same for a sentence. */
export function sayComparison(id: MetricId, comparison: PeriodComparison): ChangeWords {
  return sayChangeOf(id, changeOf(comparison));
}

function changeOf({ before, after, low, high }: PeriodComparison) {
  return { from: before.mean ?? 0, to: after.mean ?? 0, interval: { low, high } }; // a comparison has both means
}

/**
 * Both means of a comparison with their days, called what they are: "from 54.0 bpm (n 28) to 52.4 bpm (n 7)", "geometric
 * means from 44.1 ms (n 28) to 45.0 ms (n 7)", "weekday-adjusted means from 6 h 50 min (n 28) to 7 h 12 min (n 7)". Those
 * that differ from the plain ones are followed by these: "; plain means 6 h 52 min to 7 h 14 min".
 */
export function sayMeans(id: MetricId, comparison: PeriodComparison, said: ChangeWords): string {
  const { before, after, isGeometric, isWeekdayAdjusted } = comparison;
  const kinds = [...(isWeekdayAdjusted ? ["weekday-adjusted"] : []), ...(isGeometric ? ["geometric"] : [])];
  const means = kinds.length > 0 ? `${kinds.join(" ")} means ` : "";
  const plain = sayPlainMeans(id, comparison, said);
  return `${means}from ${said.from} (n ${before.n}) to ${said.to} (n ${after.n})${plain}`;
}

/** The plain means, where they are not those that were compared as far as these are shown. */
function sayPlainMeans(id: MetricId, { before, after }: PeriodComparison, said: ChangeWords): string {
  if (before.plainMean === null || after.plainMean === null) return "";
  const plain = sayChangeOf(id, { from: before.plainMean, to: after.plainMean });
  return plain.from === said.from && plain.to === said.to ? "" : `; plain means ${plain.from} to ${plain.to}`;
}

/**
 * What the figures of compared metrics are, and which of the metrics are compared by other means than plain ones.
 * @param means What the answer calls the means that are compared.
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
