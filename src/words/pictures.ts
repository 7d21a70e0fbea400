import type { IsoDay } from "../analytics/day.ts";

/**
 * The data that a view draws as a picture beside an answer. Its series are too long for a model, so hosts pass them to
 * the view only. The types hold plain data, so that the view's own code can import them.
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

/** Values at equal intervals. Null means that there is no value. */
export type Values = readonly (number | null)[];

/** The measured series of each sleep. `sleeps` is empty when the question did not ask for series. */
export interface NightPicture {
  kind: "night";
  sleeps: readonly SleepCourse[];
}

export interface SleepCourse {
  day: string;
  /** The kind of sleep: "night", "second_sleep", "short_sleep" or "nap". */
  sleep: string;
  /**
   * The wearer's local time, written as the epoch ms at which a clock in UTC shows this time. `end` is written in the
   * same way.
   */
  start: number;
  end: number;
  /** One digit for each interval: 1 deep, 2 light, 3 REM, 4 awake. Null when the ring recorded no sleep stages. */
  stages: { seconds: number; digits: string } | null;
  heartRate: { seconds: number; values: Values } | null;
  hrv: { seconds: number; values: Values } | null;
}

/**
 * Heart rate or steps at equal intervals. Heart rate over more than two days has no picture, because the rows of the
 * answer already show all of it.
 */
export interface DayPicture {
  kind: "day";
  metric: "heart_rate" | "steps";
  /**
   * The wearer's local time, written as the epoch ms at which a clock in UTC shows this time. `end` is written in the
   * same way.
   */
  start: number;
  end: number;
  bucketMinutes: number;
  values: Values;
  /**
   * For each interval, the source of its readings as an index of `sources`. Only pictures of heart rate have sources.
   */
  sourceOf: Values;
  sources: readonly string[];
  /** The workouts and sessions that the ring recorded, with times written like `start` of the picture. */
  spells: readonly { source: string; start: number; end: number }[];
}

/** How the views name and format a metric. */
export interface DrawnMetric {
  id: string;
  label: string;
  unit: string;
  decimals: number;
}

/** The value and the rolling mean of each metric on each day, oldest first. Clock times are minutes from midnight. */
export interface TrendPicture {
  kind: "trend";
  firstDay: IsoDay;
  windowDays: number;
  metrics: readonly (DrawnMetric & {
    direction: string;
    values: Values;
    means: Values;
    /** The range that contained eight in ten of the values of the 60 days before the window of the trend. */
    usual: { low: number; high: number } | null;
  })[];
}

/** The value of each metric on each day, oldest first, and the range that was usual at that time. */
export interface AnomaliesPicture {
  kind: "anomalies";
  firstDay: IsoDay;
  /** How many measured days are needed before a day can be judged. */
  neededDays: number;
  metrics: readonly (DrawnMetric & {
    values: Values;
    low: Values;
    high: Values;
    /** Runs of consecutive unusual days as [first, last], counted in days from `firstDay`. */
    runs: readonly (readonly [number, number])[];
  })[];
  /**
   * Runs of nights on which several metrics are unusual together, as [first, last], counted in days from `firstDay`.
   */
  together: readonly (readonly [number, number])[];
}

/**
 * The means of each metric by weekday, month or other group, in the order of the answer. Clock times are minutes from
 * midnight and do not jump at midnight: for a metric with times around midnight, 23:50 is −10.
 */
export interface GroupsPicture {
  kind: "groups";
  /** What the days are grouped by, for example "month". */
  groupedBy: string;
  /** The first and last day of the statistics, as `formatDays` writes them: "2026-11-01..2026-11-30". */
  days: string;
  metrics: readonly DrawnGroups[];
}

export interface DrawnGroups extends DrawnMetric {
  /** Whether values add up over time, as minutes and steps do. The view then draws columns that start at zero. */
  isAmount: boolean;
  /** The highest and the lowest value of all days. `label` names the end and its day; `said` is the value in words. */
  ends: readonly { label: string; said: string }[];
  groups: readonly DrawnGroup[];
}

export interface DrawnGroup {
  /** The full name of the group, for example "March 2026". `short` is the name below a column, for example "Mar". */
  name: string;
  short: string;
  /**
   * The mean of the group. Null when fewer than half of its days were measured, or when its clock times lie all round
   * the clock and have no mean.
   */
  mean: number | null;
  said: string;
  /** The range of the middle half of the group's daily values. */
  middle: { low: number; high: number } | null;
  n: number;
  days: number;
  isPartial: boolean;
  /** Whether the group differs from the other days by more than ordinary ups and downs. */
  differs: boolean;
  /** The group's lowest and highest value in words, each with its day. */
  ends: string | null;
}

/** The highest or lowest days of a metric, starting with rank 1. */
export interface RankedPicture {
  kind: "ranked";
  metric: DrawnMetric;
  /** The order in words: "Highest" or "Lowest", for clock times "Latest" or "Earliest". */
  order: string;
  /**
   * The first and last day of the period, as `formatDays` writes them. `n` is the number of measured days in the
   * period.
   */
  days: string;
  n: number;
  median: { value: number; said: string } | null;
  ranked: readonly { rank: number; day: IsoDay; value: number; said: string }[];
}

/** The contributors to the scores of one day, each with its usual range. */
export interface ContributorsPicture {
  kind: "contributors";
  day: IsoDay;
  scores: readonly {
    /** The name and value of the score, for example "Readiness 62". */
    name: string;
    contributors: readonly DrawnContributor[];
  }[];
}

export interface DrawnContributor {
  label: string;
  /** Ōura's rating of the contributor, at most 100; null when Ōura gave none. */
  rating: number | null;
  /**
   * The range that contained eight in ten of the ratings of the 28 days before. Null when too few of these days were
   * measured.
   */
  usual: { low: number; high: number } | null;
  stands: "below" | "usual" | "above" | null;
}

/** The values of metrics on the days around an event. */
export interface AroundPicture {
  kind: "around";
  /**
   * The day of the event. Null for several events: their deviations are then averaged and given in SD (standard
   * deviations).
   */
  day: IsoDay | null;
  events: number;
  /** The first day that is drawn, counted from the day of the event. */
  firstOffset: number;
  metrics: readonly DrawnAround[];
}

export interface DrawnAround extends DrawnMetric {
  values: Values;
  low: Values;
  high: Values;
  /** Whether the value of each day is outside its usual range. Always false for the mean of several events. */
  outside: readonly boolean[];
  /** How many events have a measured value on each day. */
  counts: readonly number[];
}
