import { max, mean, median, min, sampleStandardDeviation } from "simple-statistics";
import type { Observation } from "./series.ts";
import { sortNumbers } from "./winsorise.ts";

/** Plain figures of the measured days of some calendar days. */
export interface Aggregate {
  /** Measured days. */
  n: number;
  /** Calendar days, and those of them without a value. */
  days: number;
  missing: number;
  /** Of the measured days: nothing is added for missing ones. Null without a measured day. */
  sum: number | null;
  mean: number | null;
  median: number | null;
  /** With n − 1; null below two days. */
  sd: number | null;
  /** With every day that holds it, oldest first. */
  min: Extreme | null;
  max: Extreme | null;
}

export interface Extreme {
  value: number;
  /** Days since 1970-01-01. */
  days: readonly number[];
}

/**
 * Plain sums, means and extremes, in the metric's unit.
 * @param observations The measured days, ascending.
 * @param days Calendar days asked about, measured or not.
 * @example aggregateDays([{ day: 20003, value: 5000 }], 7) // { n: 1, missing: 6, sum: 5000, sd: null, … }
 */
export function aggregateDays(observations: readonly Observation[], days: number): Aggregate {
  const values = observations.map(({ value }) => value);
  const n = values.length;
  const counts = { n, days, missing: days - n };
  if (n === 0) return { ...counts, sum: null, mean: null, median: null, sd: null, min: null, max: null };
  const average = mean(values);
  const daysOf = (value: number): Extreme => ({
    value,
    days: observations.filter((observation) => observation.value === value).map(({ day }) => day),
  });
  return {
    ...counts,
    sum: average * n,
    mean: average,
    median: median(values),
    sd: n < 2 ? null : sampleStandardDeviation(values),
    min: daysOf(min(values)),
    max: daysOf(max(values)),
  };
}

/** The values between which the middle half of the days lies. */
export interface Quartiles {
  lower: number;
  upper: number;
}

/** Below four days, quartiles say no more than the values. */
const leastDaysForQuartiles = 4;

/**
 * Quartiles as R computes them by default (type 7: linear between the sorted values), in the metric's unit. Null below four days.
 * @example quartilesOf(days of 1, 2, 3, 4) // { lower: 1.75, upper: 3.25 }
 */
export function quartilesOf(observations: readonly Observation[]): Quartiles | null {
  if (observations.length < leastDaysForQuartiles) return null;
  const sorted = sortNumbers(observations.map(({ value }) => value));
  const at = (share: number): number => {
    const place = (sorted.length - 1) * share;
    const [below = 0, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { lower: at(0.25), upper: at(0.75) };
}

/** How many days lie on each side of a threshold. */
export interface ThresholdCount {
  atLeast: number;
  above: number;
  below: number;
}

/** Measured days at or above, above, and below a threshold. A missing day is in none of them. */
export function countAgainst(observations: readonly Observation[], threshold: number): ThresholdCount {
  const count = (holds: (value: number) => boolean) => observations.filter(({ value }) => holds(value)).length;
  return {
    atLeast: count((value) => value >= threshold),
    above: count((value) => value > threshold),
    below: count((value) => value < threshold),
  };
}

/** The days with the largest values. */
export interface Ranking {
  /** By value, then newest first. */
  top: readonly Observation[];
  /** Days left out that have the value of the last one listed. */
  tiedAndLeftOut: number;
}

/**
 * The `count` days with the largest values, or with the smallest.
 * @example rankDays(steps, 3, "largest") // { top: [{ day: 20006, value: 12500 }, …], tiedAndLeftOut: 2 }
 */
export function rankDays(observations: readonly Observation[], count: number, end: "largest" | "smallest"): Ranking {
  const sign = end === "largest" ? 1 : -1;
  const ranked = observations.toSorted((one, other) => sign * (other.value - one.value) || other.day - one.day);
  const top = ranked.slice(0, count);
  const last = top.at(-1);
  return { top, tiedAndLeftOut: last ? ranked.slice(count).filter(({ value }) => value === last.value).length : 0 };
}
