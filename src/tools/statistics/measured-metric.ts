import { type Aggregate, aggregateDays, type Quartiles, quartilesOf } from "../../analytics/aggregates.ts";
import { leastConcentration, minutesPerDay, summarizeClock, unroll } from "../../analytics/circular.ts";
import { addDays, type DayRange, dayNumber, type IsoDay } from "../../analytics/day.ts";
import { groupDays } from "../../analytics/day-groups.ts";
import { dayNumbers, type Observation, observationsIn } from "../../analytics/series.ts";
import { type MetricDocuments, readSeries } from "../../oura/metric-series.ts";
import { type Metric, type MetricId, metrics } from "../../oura/metrics.ts";
import { wornAt } from "../../oura/routes.ts";
import { type GroupBy, groupingOf, nameGroup } from "./groupings.ts";

/** A metric over the days of a question. */
export interface MeasuredMetric {
  id: MetricId;
  /** Day numbers that are counted, both included. `last` before `first` where there are none. */
  first: number;
  last: number;
  /** Whether the range begins before the first day with data, which is then `first`. */
  beginsLater: boolean;
  /** The measured days, ascending, in the metric's unit; clock times as minutes on a line. */
  days: readonly Observation[];
  /** The minute around which clock times lie on that line: the usual time, or midnight where there is none. */
  centre: number | null;
  groups: readonly MeasuredGroup[];
}

export interface MeasuredGroup {
  name: string;
  /** Whether the range holds only a part of the week, month, quarter or year. */
  isPartial: boolean;
  /** The measured days of the group. */
  observations: readonly Observation[];
  /** Mean, median and SD are null where fewer than half of the days were measured, as are sums of what does not add up. */
  figures: Aggregate;
  /** Null where there is no mean, and below four measured days. */
  quartiles: Quartiles | null;
}

interface Counting {
  range: DayRange;
  today: IsoDay;
  groupBy: GroupBy;
  /** Whether the day that is not over counts as well. */
  includeToday: boolean;
}

/** The measured days of a metric in groups, each with its figures. */
export function measureMetric(
  id: MetricId,
  documents: MetricDocuments,
  { range, today, groupBy, includeToday }: Counting,
): MeasuredMetric {
  const { measured, unit }: Metric = metrics[id];
  const isTodayOpen = measured === "day" && range.end >= today;
  const asked = isTodayOpen && !includeToday ? { start: range.start, end: addDays(today, -1) } : range;
  const { first, last } = dayNumbers(asked);
  // A day metric has no value for a day that is not before "today".
  const series = readSeries(id, documents, includeToday ? addDays(today, 1) : today);
  const found = observationsIn(series, first, last);
  const centre = unit === "clock" ? centreOf(found) : null;
  const days = centre === null ? found : found.map(({ day, value }) => ({ day, value: placeOn(centre, value) }));
  const from = beginsAt(documents[metrics[id].route] ?? [], first, last);
  return {
    id,
    first: from,
    last,
    beginsLater: from > first,
    days,
    centre,
    groups: groupDays(from, last, groupingOf(groupBy)).map((group) => {
      const observations = observationsOf(days, group.days);
      const figures = describeGroup(id, observations, group.days.length);
      return {
        name: nameGroup(group.name, groupBy),
        isPartial: group.isPartial,
        observations,
        figures,
        quartiles: figures.mean === null ? null : quartilesOf(observations),
      };
    }),
  };
}

/**
 * The first day with a record. Days before it are not counted as days without data: the wearer may not have had a ring.
 */
function beginsAt(documents: readonly { day: IsoDay }[], first: number, last: number): number {
  const earliest = documents.reduce((least, { day }) => Math.min(least, dayNumber(day)), Number.POSITIVE_INFINITY);
  return earliest > last ? first : Math.max(first, earliest);
}

function observationsOf(days: readonly Observation[], group: readonly number[]): Observation[] {
  const own = new Set(group);
  return days.filter(({ day }) => own.has(day));
}

function describeGroup(id: MetricId, observations: readonly Observation[], days: number): Aggregate {
  const plain = aggregateDays(observations, days);
  const figures = { ...plain, sum: addsUp(id) ? plain.sum : null };
  const { isSparse, levels }: Metric = metrics[id];
  if (levels) return { ...figures, mean: null, median: null, sd: null };
  if (!isSparse && plain.n * 2 < days) return { ...figures, mean: null, median: null, sd: null };
  if (metrics[id].unit !== "clock" || plain.n === 0) return figures;
  const { mean, sd, concentration } = summarizeClock(observations.map(({ value }) => value));
  const isUsual = concentration >= leastConcentration;
  return {
    ...figures,
    mean: isUsual ? mean : null,
    median: isUsual ? plain.median : null,
    sd: plain.n < 2 ? null : sd,
  };
}

/** The levels of a metric with the days of each; null for a metric of numbers. */
export function countLevels(
  id: MetricId,
  observations: readonly Observation[],
): { level: string; days: number }[] | null {
  const { levels }: Metric = metrics[id];
  if (levels === undefined) return null;
  return levels.map((level, index) => ({
    level,
    days: observations.filter(({ value }) => value === index + 1).length,
  }));
}

/**
 * Whether a metric changes over weeks and months, so that its first and its latest value say more than its mean: what Oura
 * computes over weeks, levels, and what it estimates now and then.
 */
export function isSlow(id: MetricId): boolean {
  const { isSparse, levels, route }: Metric = metrics[id];
  return isSparse === true || levels !== undefined || wornAt(route) === "weeks";
}

/** The first and the latest value of a metric that changes slowly; null for any other, and below two values. */
export function findEnds(
  id: MetricId,
  observations: readonly Observation[],
): { first: Observation; latest: Observation } | null {
  const [first] = observations;
  const latest = observations.at(-1);
  return isSlow(id) && first && latest && observations.length > 1 ? { first, latest } : null;
}

/** Whether the values of several days can be added: minutes and steps can, rates, ratings and clock times cannot. */
export function addsUp(id: MetricId): boolean {
  return ["steps", "h", "min", "kcal", "km", "periods"].includes(metrics[id].unit);
}

/** The usual time as minutes around midnight; midnight where the times are spread round the clock. */
function centreOf(times: readonly Observation[]): number {
  if (times.length === 0) return 0;
  const { mean, concentration } = summarizeClock(times.map(({ value }) => value));
  if (concentration < leastConcentration) return 0;
  return mean >= minutesPerDay / 2 ? mean - minutesPerDay : mean;
}

/** A clock time on the line around a centre: 23:50 around midnight is −10. */
export function placeOn(centre: number, minute: number): number {
  return unroll([minute], centre)[0] ?? minute;
}
