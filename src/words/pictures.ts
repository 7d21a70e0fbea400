import type { IsoDay } from "../analytics/day.ts";

/**
 * What a view draws beside an answer: series too long for an assistant to read, which hosts hand to the view and not to
 * the model. Plain data, so that the view's own code can take these types.
 */
export type Picture = NightPicture | DayPicture | TrendPicture | AnomaliesPicture;

/** Values at even steps; null is a gap. */
export type Values = readonly (number | null)[];

/** The course of each sleep that was read with its series; empty when the series were not asked for. */
export interface NightPicture {
  kind: "night";
  sleeps: readonly SleepCourse[];
}

export interface SleepCourse {
  day: string;
  /** "night", "long_sleep" or "nap". */
  sleep: string;
  /** Epoch ms of the wearer's clock, as if it were UTC. */
  start: number;
  end: number;
  /** One digit for each step: 1 deep, 2 light, 3 REM, 4 awake; null when the ring has none. */
  stages: { seconds: number; digits: string } | null;
  heartRate: { seconds: number; values: Values } | null;
  hrv: { seconds: number; values: Values } | null;
}

/** Heart rate or steps at even steps; for heart rate over more than two days the answer's own rows say all. */
export interface DayPicture {
  kind: "day";
  metric: "heart_rate" | "steps";
  /** Epoch ms of the wearer's clock, as if it were UTC. */
  start: number;
  end: number;
  bucketMinutes: number;
  values: Values;
  /** What the wearer was doing in each bucket, as an index of `sources`; heart rate only. */
  sourceOf: Values;
  sources: readonly string[];
  /** Each workout and session as the ring saw it, on the same clock as `start`. */
  spells: readonly { source: string; start: number; end: number }[];
}

/** A metric as the views name and format it. */
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
    /** Where eight days in ten lay in the 60 days before the window. */
    usual: { low: number; high: number } | null;
  })[];
}

/** Every day of each metric against what was usual at that time, oldest first. */
export interface AnomaliesPicture {
  kind: "anomalies";
  firstDay: IsoDay;
  /** Measured days it takes before a day can be judged. */
  neededDays: number;
  metrics: readonly (DrawnMetric & {
    values: Values;
    low: Values;
    high: Values;
    /** Days flagged, counted from the first; each run is [first, last]. */
    runs: readonly (readonly [number, number])[];
  })[];
  /** Runs of nights with several signs together. */
  together: readonly (readonly [number, number])[];
}
