import { type Comparison, comparePeriods, type PeriodComparison } from "../../analytics/comparison.ts";
import type { DayRange, IsoDay } from "../../analytics/day.ts";
import { countWeekendDays } from "../../analytics/weekday.ts";
import { noticeableMix, weekdayMix } from "../../analytics/weekday-mix.ts";
import { type MetricId, metrics } from "../../oura/metrics.ts";
import { type ComparisonData, readComparedSeries } from "../../question/comparison-history.ts";
import { spanOf } from "../../question/wearer-days.ts";
import { noteComparisons, showComparison } from "../../words/comparison-words.ts";
import { differenceValue, meanValue, noteClockDifferences } from "../../words/metric-change.ts";
import { unitOf } from "../../words/metric-words.ts";
import { formatList, round, sayDays } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import { type Periods, type PeriodsInput, periodsOf } from "./compared-periods.ts";
import type { Compared } from "./summarize-periods.ts";

interface ComparisonDays {
  periods: Periods;
  input: PeriodsInput;
  today: IsoDay;
}

export function compareMetrics(
  ids: readonly MetricId[],
  data: ComparisonData,
  { periods, input, today }: ComparisonDays,
): Compared[] {
  const { start } = spanOf([periods.after, periods.before]);
  const series = readComparedSeries(data, today);
  const guarded = series.findGuardedDays({ start, end: start });
  return ids.map((id) => {
    const own = periodsOf(metrics[id], periods, input, today);
    return {
      id,
      periods: own,
      comparison: comparePeriods(series.of(id), own.before, own.after, metrics[id].model, { guarded }),
    };
  });
}

/**
 * One row for each metric. If the compared means are geometric or adjusted for weekdays, extra columns also show the
 * plain means.
 */
export function tabulateComparisons(compared: readonly Compared[]): { columns: string[]; rows: Cell[][] } {
  const plain = compared.map(describePlain);
  const differs = compared.some(({ comparison }) => "difference" in comparison && !isPlain(comparison));
  return {
    columns: [
      ...["metric", "unit", "mean", "n", "mean_compared", "n_compared"],
      ...["difference", "low", "high", "would_show", "pct", "difference_sd", "verdict"],
      ...(differs ? ["plain_mean", "plain_mean_compared"] : []),
    ],
    rows: compared.map((one, index) => [...describeComparison(one), ...(differs ? (plain[index] ?? []) : [])]),
  };
}

function isPlain({ isGeometric, isWeekdayAdjusted }: PeriodComparison): boolean {
  return !isGeometric && !isWeekdayAdjusted;
}

function describePlain({ id, comparison: { before, after } }: Compared): Cell[] {
  return [meanValue(id, after.plainMean), meanValue(id, before.plainMean)];
}

function describeComparison({ id, comparison }: Compared): Cell[] {
  const { before, after, kind } = comparison;
  if (!("difference" in comparison))
    return [
      ...[id, unitOf(id), meanValue(id, after.mean), after.n, meanValue(id, before.mean), before.n],
      ...[null, null, null, null, null, null, verdictOf(kind)],
    ];
  const shown = showComparison(id, comparison);
  const size = (value: number | null) => differenceValue(id, value, shown.decimals);
  return [
    ...[id, unitOf(id)],
    ...[meanValue(id, after.mean, shown.decimals), after.n, meanValue(id, before.mean, shown.decimals), before.n],
    ...[size(shown.difference), size(shown.low), size(shown.high)],
    differenceValue(id, comparison.halfWidth),
    round(comparison.percent),
    round(comparison.sds, 1),
    verdictOf(kind),
  ];
}

function verdictOf(kind: Comparison["kind"]): string {
  return kind === "too_few_days" ? "cannot_say" : kind;
}

export function explainComparison(compared: readonly Compared[]): string[] {
  const differs = compared.some(({ comparison }) => "difference" in comparison && !isPlain(comparison));
  return [
    "difference: period minus compared_with, of mean and mean_compared; would_show: a smaller difference would not show.",
    ...noteClockDifferences(compared.map(({ id }) => id)),
    ...noteComparisons(compared, "mean and mean_compared"),
    ...(differs ? ["plain_mean and plain_mean_compared are the ordinary means of the measured days."] : []),
  ];
}

/** Warns that about one 95 % interval in twenty excludes 0 even if nothing has changed. */
export function sayChance(compared: readonly Compared[]): string[] {
  const judged = compared.filter(({ comparison }) => "difference" in comparison).length;
  return judged < 2 ? [] : [`By chance alone about ${round(0.05 * judged, 1)} of ${judged} metrics would differ.`];
}

/**
 * If the weekdays are mixed differently in the two periods (for example, if one has more Sundays), a difference may
 * come from the weekdays alone. This function returns a note that says so. Metrics whose means are adjusted for
 * weekdays are left out, because the adjustment removes this effect.
 */
export function sayWeekdayMix(compared: readonly Compared[]): string[] {
  const uneven = compared.filter(
    ({ comparison }) =>
      !("difference" in comparison && comparison.isWeekdayAdjusted) &&
      weekdayMix(comparison.before.measured, comparison.after.measured) >= noticeableMix,
  );
  const [first] = uneven;
  if (!first) return [];
  const [now, then] = [first.comparison.after, first.comparison.before].map(
    ({ measured, n }) => `${countWeekendDays(measured)} of ${n}`,
  );
  const which = uneven.length === compared.length ? "" : ` (${formatList(uneven.map(({ id }) => id))})`;
  return [`The weekdays of the two periods differ${which}: weekend days are ${now} days against ${then}.`];
}

/** Names the metrics that are compared over other days than requested, because today's values are not final. */
export function sayOtherPeriods({ after }: Periods, compared: readonly Compared[]): string[] {
  const others = compared.filter(({ periods }) => periods.after.end !== after.end);
  const [first] = others;
  if (!first) return [];
  const say = ({ start, end }: DayRange) => sayDays(`${start}..${end}`);
  return [
    `${formatList(others.map(({ id }) => id))}: ${say(first.periods.after)} against ${say(first.periods.before)}, because today is still counting.`,
  ];
}
