import type { IsoDay } from "../analytics/day.ts";

/**
 * The data of a picture beside an answer. The picture is drawn by a view (MCP Apps): a page that the assistant's host
 * shows. The data contains long series of measurements, so hosts pass it only to the view and not to the model. The
 * view's code imports these types, so they must not depend on code of the server.
 */
export type Picture =
  | NightPicture
  | DayPicture
  | TrendPicture
  | AnomaliesPicture
  | GroupsPicture
  | RankedPicture
  | ContributorsPicture
  | AroundPicture;

/**
 * A local time of the wearer, written as epoch ms as if it were a time in UTC (23:30 local time is written as 23:30
 * UTC). So the page that draws the picture needs no time zone.
 */
type LocalInstant = number;

/** The first and the last day of a span. Both are numbers of days after the first day of the picture (`firstDay`). */
type DaySpan = readonly [first: number, last: number];

/** Values at equal intervals. Null means that there is no value. */
export type Values = readonly (number | null)[];

/**
 * `sleeps` is empty when the question did not ask for series of measurements (such as the heart rate every five
 * minutes).
 */
export interface NightPicture {
  kind: "night";
  sleeps: readonly SleepCourse[];
}

export interface SleepCourse {
  day: string;
  /** "night", "second_sleep", "short_sleep" or "nap". */
  sleep: string;
  start: LocalInstant;
  end: LocalInstant;
  /**
   * The sleep stages: one digit for each interval of `seconds`. 1 is deep sleep, 2 light sleep, 3 REM sleep and 4
   * awake. Null when the ring recorded no sleep stages.
   */
  stages: { seconds: number; digits: string } | null;
  heartRate: { seconds: number; values: Values } | null;
  hrv: { seconds: number; values: Values } | null;
}

/**
 * Heart rate or steps at equal intervals. An answer about the heart rate of more than two days has no picture, because
 * its table already shows all of its values.
 */
export interface DayPicture {
  kind: "day";
  metric: "heart_rate" | "steps";
  start: LocalInstant;
  end: LocalInstant;
  bucketMinutes: number;
  values: Values;
  /**
   * For each interval, an index into `sources`: the situation (such as sleep or workout) in which the heart rate was
   * measured. Pictures of steps have no sources.
   */
  sourceOf: Values;
  sources: readonly string[];
  /** The workouts and sessions that the ring recorded. */
  spells: readonly { source: string; start: LocalInstant; end: LocalInstant }[];
}

export interface DrawnMetric {
  id: string;
  label: string;
  unit: string;
  decimals: number;
}

/**
 * For each metric, the value of each day and the rolling mean at each day, oldest day first. Clock times are minutes
 * from midnight.
 */
export interface TrendPicture {
  kind: "trend";
  firstDay: IsoDay;
  windowDays: number;
  metrics: readonly (DrawnMetric & {
    direction: string;
    values: Values;
    means: Values;
    /** Eight in ten of the values of the 60 days before the trend's first day lie in this range. */
    usual: { low: number; high: number } | null;
  })[];
}

/**
 * For each metric, the value of each day, oldest day first, and the range that is usual for this day, computed from the
 * days before it.
 */
export interface AnomaliesPicture {
  kind: "anomalies";
  firstDay: IsoDay;
  /** A day can be called usual or unusual only if at least this many earlier days were measured. */
  neededDays: number;
  metrics: readonly (DrawnMetric & {
    values: Values;
    low: Values;
    high: Values;
    /** The periods of consecutive unusual days. */
    runs: readonly DaySpan[];
  })[];
  /** The periods in which several metrics are unusual in the same nights. */
  together: readonly DaySpan[];
}

/**
 * For each metric, the mean of each group of days (such as each weekday or month), in the order of the answer. Clock
 * times are minutes from midnight. If a metric's times lie around midnight, times before midnight are negative (23:50
 * is −10), so that they are near the times after midnight.
 */
export interface GroupsPicture {
  kind: "groups";
  /** For example "month". */
  groupedBy: string;
  /** The first and last day of the statistics: "2026-11-01..2026-11-30". */
  days: string;
  metrics: readonly DrawnGroups[];
}

export interface DrawnGroups extends DrawnMetric {
  /** Minutes and steps are amounts, a heart rate is not. The view draws an amount as columns that start at zero. */
  isAmount: boolean;
  /**
   * The highest and the lowest value of all days. `label` says whether the value is the highest or the lowest, and
   * names the day of the value. `said` is the value with its unit.
   */
  ends: readonly { label: string; said: string }[];
  groups: readonly DrawnGroup[];
}

export interface DrawnGroup {
  /**
   * The full name of the group of days, for example "March 2026". `short` is the name below the group's column in the
   * picture, for example "Mar".
   */
  name: string;
  short: string;
  /**
   * The mean of this group of days. Null when fewer than half of the days were measured. Also null when clock times are
   * so spread over the day that a mean would be meaningless.
   */
  mean: number | null;
  said: string;
  /** The range from the first to the third quartile of the daily values in this group of days. */
  middle: { low: number; high: number } | null;
  n: number;
  days: number;
  isPartial: boolean;
  /** Whether this group of days differs from all other days by more than the usual variation between days. */
  differs: boolean;
  /**
   * The group's lowest and highest value in words, each with its day. Null when the group of days has fewer than two
   * values.
   */
  ends: string | null;
}

/** The days with the highest or the lowest values of a metric. Rank 1 comes first. */
export interface RankedPicture {
  kind: "ranked";
  metric: DrawnMetric;
  /** "Highest" or "Lowest". For clock times, it is "Latest" or "Earliest". */
  order: string;
  /**
   * The first and last day of the period: "2026-11-01..2026-11-30". `n` is the number of measured days in the period.
   */
  days: string;
  n: number;
  median: { value: number; said: string } | null;
  ranked: readonly { rank: number; day: IsoDay; value: number; said: string }[];
}

/**
 * The scores of one day, with the contributors (the ratings from which Ōura computes a score). Each contributor has its
 * usual range.
 */
export interface ContributorsPicture {
  kind: "contributors";
  day: IsoDay;
  scores: readonly {
    /** With the score's value: "Readiness 62". */
    name: string;
    contributors: readonly DrawnContributor[];
  }[];
}

export interface DrawnContributor {
  label: string;
  /** Ōura's rating of the contributor, at most 100; null when Ōura gave no rating. */
  rating: number | null;
  /**
   * Eight in ten of the ratings of the 28 days before the day of the picture lie in this range. Null when too few of
   * the 28 days were measured.
   */
  usual: { low: number; high: number } | null;
  stands: "below" | "usual" | "above" | null;
}

export interface AroundPicture {
  kind: "around";
  /**
   * The day of the event. It is null if the picture shows the mean of several events. Each drawn value is then a mean
   * over the events: how far the value was from its usual value, in SD (standard deviations).
   */
  day: IsoDay | null;
  events: number;
  /**
   * The first day that is drawn, as a number of days after the day of the event. It is negative for a day before the
   * event.
   */
  firstOffset: number;
  metrics: readonly DrawnAround[];
}

export interface DrawnAround extends DrawnMetric {
  values: Values;
  low: Values;
  high: Values;
  /**
   * For each day of the picture, whether the value is outside its usual range. Always false for the mean of several
   * events.
   */
  outside: readonly boolean[];
  /** For each day of the picture, the number of events that have a measured value on this day. */
  counts: readonly number[];
}
