import { type Aggregate, aggregateDays } from "../../analytics/aggregates.ts";
import { leastConcentration, minutesPerDay, summarizeClock, unroll } from "../../analytics/circular.ts";
import { addDays, type DayRange, dayNumber, type IsoDay } from "../../analytics/day.ts";
import { groupDays } from "../../analytics/day-groups.ts";
import { type Quartiles, quartilesOf } from "../../analytics/quartiles.ts";
import { dayNumbers, type Observation, observationsIn } from "../../analytics/series.ts";
import { type MetricDocuments, readSeries } from "../../oura/metric-series.ts";
import { type Metric, type MetricId, metrics } from "../../oura/metrics.ts";
import { wornAt } from "../../oura/routes.ts";
import { type GroupBy, groupingOf, nameGroup } from "./groupings.ts";

export interface MeasuredMetric {
  id: MetricId;
  /**
   * The first day that counts for the metric, as a day number (days since 1970-01-01). `last` is the last day that
   * counts. When no day counts, `last` is smaller than `first`.
   */
  first: number;
  last: number;
  /** Whether the range begins before the first day with data. If it does, `first` is the first day with data. */
  beginsLater: boolean;
  /**
   * Days with a value, in ascending order, in the metric's unit. Clock times are minutes on a line around `centre`, so
   * that 00:10 comes after 23:50.
   */
  days: readonly Observation[];
  /**
   * The clock time (in minutes after midnight) around which clock times are placed on a line: the usual time, or
   * midnight when there is none. Null for metrics that are not clock times.
   */
  centre: number | null;
  groups: readonly MeasuredGroup[];
}

export interface MeasuredGroup {
  name: string;
  /** Whether the range contains only a part of this week, month, quarter or year. */
  isPartial: boolean;
  observations: readonly Observation[];
  /**
   * The mean, median and SD are null when fewer than half of the group's days were measured. The sum is null for values
   * that cannot be added up.
   */
  figures: Aggregate;
  /** Null when there is no mean or there are fewer than four measured days. */
  quartiles: Quartiles | null;
}

interface Counting {
  range: DayRange;
  today: IsoDay;
  groupBy: GroupBy;
  /** Whether today's value counts although today is not over. */
  includeToday: boolean;
}

export function measureMetric(
  id: MetricId,
  documents: MetricDocuments,
  { range, today, groupBy, includeToday }: Counting,
): MeasuredMetric {
  const { measured, unit }: Metric = metrics[id];
  const isTodayOpen = measured === "day" && range.end >= today;
  const asked = isTodayOpen && !includeToday ? { start: range.start, end: addDays(today, -1) } : range;
  const { first, last } = dayNumbers(asked);
  // `readSeries` leaves out today's value of a metric that counts over the whole day, because today is not over. To
  // include it, tomorrow is passed as if it were today.
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

/** Days before the first record are not counted as days without data, because the wearer may not have had a ring. */
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

/** Levels are words such as "solid" for resilience. Null for a metric of numbers. */
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
 * Whether a metric changes only over weeks and months, so that the first and the latest value say more than the mean.
 * Such metrics are those that Oura computes over weeks, those with levels (such as resilience), and those that Oura
 * estimates only now and then.
 */
export function isSlow(id: MetricId): boolean {
  const { isSparse, levels, route }: Metric = metrics[id];
  return isSparse === true || levels !== undefined || wornAt(route) === "weeks";
}

/**
 * The first and the latest value of a metric that changes slowly. Null for other metrics and for fewer than two values.
 */
export function findEnds(
  id: MetricId,
  observations: readonly Observation[],
): { first: Observation; latest: Observation } | null {
  const [first] = observations;
  const latest = observations.at(-1);
  return isSlow(id) && first && latest && observations.length > 1 ? { first, latest } : null;
}

/** Minutes and steps of several days can be added up. Rates, ratings and clock times cannot. */
export function addsUp(id: MetricId): boolean {
  return ["steps", "h", "min", "kcal", "km", "periods"].includes(metrics[id].unit);
}

/**
 * The usual clock time, in minutes after midnight. A time from 12:00 to 23:59 is negative: 23:30 is −30. If the times
 * are spread around the whole clock, there is no usual time, and the function returns midnight (0).
 */
function centreOf(times: readonly Observation[]): number {
  if (times.length === 0) return 0;
  const { mean, concentration } = summarizeClock(times.map(({ value }) => value));
  if (concentration < leastConcentration) return 0;
  return mean >= minutesPerDay / 2 ? mean - minutesPerDay : mean;
}

/**
 * Converts a clock time to minutes on a line around a centre, so that 00:10 counts as later than 23:50. Around midnight
 * (0), 23:50 becomes −10.
 */
export function placeOn(centre: number, minute: number): number {
  return unroll([minute], centre)[0] ?? minute;
}
