import type { Extreme } from "../../analytics/aggregates.ts";
import { countDays, type DayRange, isoDay } from "../../analytics/day.ts";
import { type Metric, type MetricId, metrics, numericMetricIds } from "../../oura/metrics.ts";
import { differenceValue, meanValue } from "../../words/metric-change.ts";
import { metricValue, unitOf } from "../../words/metric-words.ts";
import { round } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import { holdsOf } from "./asked-days.ts";
import { addsUp, countLevels, findEnds, type MeasuredGroup, type MeasuredMetric } from "./measured-metric.ts";
import type { Thresholds } from "./thresholds.ts";

/**
 * If several days share the lowest or highest value, the table names at most this many of them and counts the others.
 */
const mostDaysOfExtreme = 3;

/**
 * Makes a table with one row for each metric and group of days. Columns that would say nothing are left out. For a
 * single metric, these are the columns of the metric's name and unit. For a single group, it is the column of the
 * group's name. If all metrics have levels (such as resilience) instead of numbers, these are mean, median and SD. If
 * the values of no metric can be added up, it is the sum. Only a table of a single metric has quartiles.
 */
export function tabulate(
  measured: readonly MeasuredMetric[],
  { isGrouped, thresholds }: { isGrouped: boolean; thresholds: Thresholds | null },
): { columns: string[]; rows: Cell[][] } {
  const hasSum = measured.some(({ id }) => addsUp(id));
  const isOne = measured.length === 1;
  const hasMean = measured.some(({ id }) => numericMetricIds.includes(id));
  const pick = <Value>(value: Value) => ({
    metric: measured.length > 1 ? [value] : [],
    group: isGrouped ? [value] : [],
    sum: hasSum ? [value] : [],
    matches: thresholds ? [value] : [],
  });
  // For grouped days, the summary states the first and the latest value of a slow metric, and the table does not.
  const hasEnds = !isGrouped && measured.some(({ id, days }) => findEnds(id, days) !== null);
  return {
    columns: [
      ...pick("metric").metric,
      ...pick("unit").metric,
      ...pick("group").group,
      ...(hasMean ? ["mean", "median", ...(isOne ? ["q25", "q75"] : []), "sd"] : []),
      ...pick("sum").sum,
      ...["n", "of_days"],
      ...pick("matches").matches,
      ...["min", "min_on", "max", "max_on"],
      ...(hasEnds ? ["first", "first_on", "latest", "latest_on"] : []),
    ],
    rows: measured.flatMap((one) =>
      one.groups.map((group) => {
        const { figures } = group;
        return [
          ...pick<Cell>(one.id).metric,
          ...pick<Cell>(unitOf(one.id)).metric,
          ...pick<Cell>(group.name).group,
          ...(hasMean ? describeCentre(one.id, group, isOne) : []),
          ...pick<Cell>(sumValue(one.id, figures.sum)).sum,
          figures.n,
          figures.days,
          ...(thresholds ? [countMatches(one, group, thresholds)] : []),
          ...describeExtreme(one.id, figures.min),
          ...describeExtreme(one.id, figures.max),
          ...(hasEnds ? describeEnds(one.id, group) : []),
        ];
      }),
    ),
  };
}

/**
 * The number of days of each level (such as "solid" resilience), with a row for each group. Null when no metric
 * of the question has levels.
 */
export function tabulateLevels(
  measured: readonly MeasuredMetric[],
  isGrouped: boolean,
): { columns: string[]; rows: Cell[][] } | null {
  const ordered = measured.flatMap(({ id, groups }) =>
    groups.flatMap(({ name, observations }) => {
      const counts = countLevels(id, observations);
      return counts === null ? [] : [{ name, counts }];
    }),
  );
  const [first] = ordered;
  if (!first) return null;
  return {
    columns: [...(isGrouped ? ["group"] : []), ...first.counts.map(({ level }) => level)],
    rows: ordered.map(({ name, counts }) => [...(isGrouped ? [name] : []), ...counts.map(({ days }) => days)]),
  };
}

function describeCentre(id: MetricId, { figures, quartiles }: MeasuredGroup, hasQuartiles: boolean): Cell[] {
  const { mean, median, sd } = figures;
  const between = [quartiles?.lower ?? null, quartiles?.upper ?? null].map((value) => metricValue(id, value));
  return [meanValue(id, mean), meanValue(id, median), ...(hasQuartiles ? between : []), differenceValue(id, sd)];
}

export function sumValue(id: MetricId, sum: number | null): number | null {
  const { unit, decimals }: Metric = metrics[id];
  return round(sum, unit === "h" ? 2 : decimals);
}

function countMatches(one: MeasuredMetric, group: MeasuredGroup, thresholds: Thresholds): number {
  const holds = holdsOf(one, thresholds);
  return group.observations.filter(({ value }) => holds(value)).length;
}

function describeExtreme(id: MetricId, extreme: Extreme | null): Cell[] {
  if (extreme === null) return [null, null];
  // A metric with levels, such as resilience, has the same level on many days, so only the newest day with the lowest
  // or highest level is named.
  const most = numericMetricIds.includes(id) ? mostDaysOfExtreme : 1;
  return [metricValue(id, extreme.value), listDaysOf(extreme, most)];
}

function describeEnds(id: MetricId, { observations }: MeasuredGroup): Cell[] {
  const ends = findEnds(id, observations);
  if (ends === null) return [null, null, null, null];
  return [ends.first, ends.latest].flatMap(({ day, value }) => [metricValue(id, value), isoDay(day)]);
}

/**
 * The newest days with the lowest or highest value, oldest first, and the number of the others: "2026-10-11,
 * 2026-10-20, 2026-11-03 +2".
 */
function listDaysOf({ days }: Extreme, most = mostDaysOfExtreme): string {
  const newest = days.slice(-most);
  const more = days.length - newest.length;
  return `${newest.map(isoDay).join(", ")}${more > 0 ? ` +${more}` : ""}`;
}

/** Groups of which the range contains only a part, such as the current month. */
export function partialGroups(measured: readonly MeasuredMetric[]): string[] {
  return [
    ...new Set(measured.flatMap(({ groups }) => groups.flatMap(({ name, isPartial }) => (isPartial ? [name] : [])))),
  ];
}

export function countRows(range: DayRange, metricCount: number, daysOfGroup: number | null): number {
  return metricCount * (daysOfGroup === null ? 7 : Math.ceil(countDays(range) / daysOfGroup) + 1);
}
