import type { IsoDay } from "../analytics/day.ts";

/**
 * The data a view draws beside an answer: series too long for a model, which hosts pass to the view only. Plain data,
 * so that the view's own code can import these types.
 */
export type Picture = NightPicture | DayPicture | TrendPicture | AnomaliesPicture;

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
