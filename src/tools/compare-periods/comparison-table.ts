import { type Comparison, comparePeriods } from "../../analytics/comparison.ts";
import type { IsoDay } from "../../analytics/day.ts";
import { countWeekendDays, noticeableMix, weekdayMix } from "../../analytics/weekday-mix.ts";
import { type MetricDocuments, readSeries } from "../../oura/metric-series.ts";
import { type MetricId, metrics } from "../../oura/metrics.ts";
import { differenceValue, meanValue, showChange } from "../../words/metric-change.ts";
import { unitOf } from "../../words/metric-words.ts";
import { formatList, round } from "../../words/present.ts";
import type { Periods } from "./compared-periods.ts";
import type { Compared } from "./summarize-periods.ts";

export function compareMetrics(
  ids: readonly MetricId[],
  documents: MetricDocuments,
  { after, before }: Periods,
  today: IsoDay,
): Compared[] {
  return ids.map((id) => ({
    id,
    comparison: comparePeriods(readSeries(id, documents, today), before, after, metrics[id].model),
  }));
}

export const comparisonColumns = [
  ...["metric", "unit", "mean", "n", "mean_compared", "n_compared"],
  ...["difference", "low", "high", "pct", "hedges_g", "verdict"],
];

export function describeComparison({ id, comparison }: Compared): (string | number | null)[] {
  const { before, after, kind } = comparison;
  const [from, to] = [before.mean, after.mean];
  const judged = "difference" in comparison && from !== null && to !== null ? comparison : null;
  const shown = judged && showChange(id, { from: from ?? 0, to: to ?? 0, interval: judged });
  const sides = [
    ...[id, unitOf(id)],
    ...[meanValue(id, to, shown?.decimals), after.n],
    ...[meanValue(id, from, shown?.decimals), before.n],
  ];
  if (judged === null || shown === null) return [...sides, null, null, null, null, null, verdictOf(kind)];
  return [
    ...sides,
    ...[shown.difference, shown.low, shown.high].map((value) => differenceValue(id, value, shown.decimals)),
    round(judged.percent),
    round(judged.hedgesG, 2),
    verdictOf(kind),
  ];
}

function verdictOf(kind: Comparison["kind"]): string {
  return kind === "too_few_days" ? "cannot_say" : kind;
}

/** A note on multiple comparisons: by chance alone, one 95 % interval in twenty excludes 0. */
export function sayChance(compared: readonly Compared[]): string[] {
  const judged = compared.filter(({ comparison }) => "difference" in comparison).length;
  return judged < 2 ? [] : [`By chance alone about ${round(0.05 * judged, 1)} of ${judged} metrics would differ.`];
}

export function sayWeekdayMix(compared: readonly Compared[]): string[] {
  const uneven = compared.filter(
    ({ comparison: { before, after } }) => weekdayMix(before.measured, after.measured) >= noticeableMix,
  );
  const [first] = uneven;
  if (!first) return [];
  const [now, then] = [first.comparison.after, first.comparison.before].map(
    ({ measured, n }) => `${countWeekendDays(measured)} of ${n}`,
  );
  const which = uneven.length === compared.length ? "" : ` (${formatList(uneven.map(({ id }) => id))})`;
  return [`The weekdays of the two periods differ${which}: weekend days are ${now} days against ${then}.`];
}
