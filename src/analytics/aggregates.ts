import { max, mean, median, min, sampleStandardDeviation } from "simple-statistics";
import { outOfRange } from "./out-of-range.ts";
import type { Observation } from "./series.ts";
import { sortNumbers } from "./winsorise.ts";

/** Plain statistics of one metric over some calendar days. The values are null if no day was measured. */
export interface Aggregate {
  /** The number of measured days. */
  n: number;
  /** The number of calendar days, measured or not. */
  days: number;
  /** The number of calendar days without a value. */
  missing: number;
  /** The sum over the measured days. */
  sum: number | null;
  mean: number | null;
  median: number | null;
  /** The sample standard deviation (divisor n − 1). Null also if only one day was measured. */
  sd: number | null;
  min: Extreme | null;
  max: Extreme | null;
}

/** The smallest or the largest value of some days, with every day that has this value. */
export interface Extreme {
  value: number;
  /** Day numbers, oldest first. */
  days: readonly number[];
}

/**
 * Computes sum, mean, median, SD and extremes of a metric, in the metric's unit.
 * @param observations The measured days, oldest first.
 * @param days The number of calendar days that are summarised, measured or not.
 * @example
 * aggregateDays([{ day: 20000, value: 5000 }, { day: 20002, value: 8000 }], 7);
 * // { n: 2, days: 7, missing: 5, sum: 13000, mean: 6500, median: 6500, sd: 2121.32…,
 * //   min: { value: 5000, days: [20000] }, max: { value: 8000, days: [20002] } }
 * aggregateDays([], 7); // { n: 0, days: 7, missing: 7, sum: null, mean: null, … }
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

/** The lower and the upper quartile. The middle half of the values lies between them. */
export interface Quartiles {
  lower: number;
  upper: number;
}

/** Three values or fewer can simply be listed, so quartiles would add nothing. */
const leastDaysForQuartiles = 4;

/**
 * The quartiles of the measured days, in the metric's unit. They are interpolated linearly between the sorted values
 * (type 7, the default of R). Null if fewer than four days were measured.
 * @example
 * const daysOf = (values) => values.map((value, index) => ({ day: 20000 + index, value }));
 * quartilesOf(daysOf([1, 2, 3, 4])); // { lower: 1.75, upper: 3.25 }
 * quartilesOf(daysOf([1, 2, 3])); // null
 */
export function quartilesOf(observations: readonly Observation[]): Quartiles | null {
  if (observations.length < leastDaysForQuartiles) return null;
  const sorted = sortNumbers(observations.map(({ value }) => value));
  return { lower: quantileOf(sorted, 0.25), upper: quantileOf(sorted, 0.75) };
}

/** The value below which `share` of the sorted values lie (type 7). */
function quantileOf(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const [low, high] = [Math.floor(place), Math.ceil(place)];
  const below = sorted[low] ?? outOfRange(low);
  const above = sorted[high] ?? outOfRange(high);
  return below + (above - below) * (place - low);
}

/** The numbers of measured days at or above a threshold, above it, and below it. */
export interface ThresholdCount {
  atLeast: number;
  above: number;
  below: number;
}

/**
 * Counts the measured days at or above a threshold, above it, and below it.
 * @example
 * const steps = [{ day: 20000, value: 9000 }, { day: 20001, value: 10000 }, { day: 20002, value: 11000 }];
 * countAgainst(steps, 10000); // { atLeast: 2, above: 1, below: 1 }
 */
export function countAgainst(observations: readonly Observation[], threshold: number): ThresholdCount {
  const count = (holds: (value: number) => boolean) => observations.filter(({ value }) => holds(value)).length;
  return {
    atLeast: count((value) => value >= threshold),
    above: count((value) => value > threshold),
    below: count((value) => value < threshold),
  };
}

/** The days with the largest values, or the days with the smallest values. */
export interface Ranking {
  /** The most extreme value comes first. Of days with equal values, the newest comes first. */
  top: readonly Observation[];
  /** The number of days outside `top` with the same value as the last day of `top`. */
  tiedAndLeftOut: number;
}

/**
 * Finds the `count` days with the largest values, or the `count` days with the smallest values.
 * @example
 * const steps = [{ day: 20000, value: 9000 }, { day: 20001, value: 9000 }, { day: 20002, value: 11000 }];
 * rankDays(steps, 2, "largest");
 * // { top: [{ day: 20002, value: 11000 }, { day: 20001, value: 9000 }], tiedAndLeftOut: 1 }
 */
export function rankDays(observations: readonly Observation[], count: number, end: "largest" | "smallest"): Ranking {
  const sign = end === "largest" ? 1 : -1;
  const ranked = observations.toSorted((one, other) => sign * (other.value - one.value) || other.day - one.day);
  const top = ranked.slice(0, count);
  const last = top.at(-1);
  return { top, tiedAndLeftOut: last ? ranked.slice(count).filter(({ value }) => value === last.value).length : 0 };
}
