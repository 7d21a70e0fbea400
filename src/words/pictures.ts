import type { IsoDay } from "../analytics/day.ts";

/**
 * The data a view draws beside an answer: series too long for a model, which hosts pass to the view only. Plain data,
 * so that the view's own code can import these types.
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

/** Values at equal intervals; null is a gap. */
export type Values = readonly (number | null)[];

/** The series of each sleep; empty when the question did not ask for series. */
export interface NightPicture {
  kind: "night";
  sleeps: readonly SleepCourse[];
}

export interface SleepCourse {
  day: string;
  /** "night", "second_sleep", "short_sleep" or "nap". */
  sleep: string;
  /** Epoch ms of the wearer's clock, as if it were UTC. */
  start: number;
  end: number;
  /** One digit for each interval: 1 deep, 2 light, 3 REM, 4 awake; null when the ring recorded none. */
  stages: { seconds: number; digits: string } | null;
  heartRate: { seconds: number; values: Values } | null;
  hrv: { seconds: number; values: Values } | null;
}

/** Heart rate or steps at equal intervals. Heart rate over more than two days has no picture: the rows hold it all. */
export interface DayPicture {
  kind: "day";
  metric: "heart_rate" | "steps";
  /** Epoch ms of the wearer's clock, as if it were UTC. */
  start: number;
  end: number;
  bucketMinutes: number;
  values: Values;
  /** The source of each bucket's readings, as an index of `sources`; heart rate only. */
  sourceOf: Values;
  sources: readonly string[];
  /** Each workout and session the ring recorded, on the same clock as `start`. */
  spells: readonly { source: string; start: number; end: number }[];
}

/** How the views name and format a metric. */
export interface DrawnMetric {
  id: string;
  label: string;
  unit: string;
  decimals: number;
}

/** Every day of each metric with its rolling mean, oldest first. Clock times are minutes from midnight. */
export interface TrendPicture {
  kind: "trend";
  firstDay: IsoDay;
  windowDays: number;
  metrics: readonly (DrawnMetric & {
    direction: string;
    values: Values;
    means: Values;
    /** The range that held eight days in ten of the 60 days before the window. */
    usual: { low: number; high: number } | null;
  })[];
}

/** Every day of each metric with the range that was usual at that time, oldest first. */
export interface AnomaliesPicture {
  kind: "anomalies";
  firstDay: IsoDay;
  /** How many measured days are needed before a day can be judged. */
  neededDays: number;
  metrics: readonly (DrawnMetric & {
    values: Values;
    low: Values;
    high: Values;
    /** Runs of flagged days as [first, last], counted in days from `firstDay`. */
    runs: readonly (readonly [number, number])[];
  })[];
  /** Runs of nights on which several metrics are unusual together. */
  together: readonly (readonly [number, number])[];
}

/** The means of each metric by weekday, month or other group, in the order of the answer. Clock times lie on one line. */
export interface GroupsPicture {
  kind: "groups";
  /** "month" */
  groupedBy: string;
  /** Days as `formatDays` lists them. */
  days: string;
  metrics: readonly DrawnGroups[];
}

export interface DrawnGroups extends DrawnMetric {
  /** Whether values add up, as minutes and steps do, so that a column from zero shows them. */
  isAmount: boolean;
  /** The days that hold the lowest and the highest value, with their names for this metric. */
  ends: readonly { label: string; said: string }[];
  groups: readonly DrawnGroup[];
}

export interface DrawnGroup {
  /** "March 2026", and "Mar" below a column. */
  name: string;
  short: string;
  /** Null where fewer than half of its days were measured, and for clock times all round the clock. */
  mean: number | null;
  said: string;
  /** The middle half of its days. */
  middle: { low: number; high: number } | null;
  n: number;
  days: number;
  isPartial: boolean;
  /** Whether it differs from the other days by more than ordinary ups and downs. */
  differs: boolean;
  /** The lowest and highest day in words. */
  ends: string | null;
}

/** The highest or lowest days of a metric, the first one first. */
export interface RankedPicture {
  kind: "ranked";
  metric: DrawnMetric;
  /** "Highest", of clock times "Latest". */
  order: string;
  /** Days as `formatDays` lists them, and how many of them were measured. */
  days: string;
  n: number;
  median: { value: number; said: string } | null;
  ranked: readonly { rank: number; day: IsoDay; value: number; said: string }[];
}

/** The contributors of the scores of one day against their usual range. */
export interface ContributorsPicture {
  kind: "contributors";
  day: IsoDay;
  scores: readonly {
    /** "Readiness 62" */
    name: string;
    contributors: readonly DrawnContributor[];
  }[];
}

export interface DrawnContributor {
  label: string;
  /** Ōura's rating up to 100; null where there is none. */
  rating: number | null;
  /** The range that held eight in ten of the 28 days before; null where too few of them were measured. */
  usual: { low: number; high: number } | null;
  stands: "below" | "usual" | "above" | null;
}

/** Metrics on the days around an event. */
export interface AroundPicture {
  kind: "around";
  /** The day of the event; null where the deviations of several events are averaged, in SD. */
  day: IsoDay | null;
  events: number;
  /** The first day, counted from the event. */
  firstOffset: number;
  metrics: readonly DrawnAround[];
}

export interface DrawnAround extends DrawnMetric {
  values: Values;
  low: Values;
  high: Values;
  /** Whether each day is outside its usual range; none of a mean of several events. */
  outside: readonly boolean[];
  /** How many events were measured on each day. */
  counts: readonly number[];
}
