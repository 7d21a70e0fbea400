import { max, mean, median, min, sampleStandardDeviation } from "simple-statistics";
import type { Observation } from "./series.ts";

/** Plain statistics of one metric over some calendar days. The values are null if no day was measured. */
export interface Aggregate {
  /** The number of measured days among the `days` calendar days. */
  n: number;
  days: number;
  missing: number;
  sum: number | null;
  mean: number | null;
  median: number | null;
  /** The sample standard deviation (divisor n − 1). Null if fewer than two days were measured. */
  sd: number | null;
  min: Extreme | null;
  max: Extreme | null;
}

export interface Extreme {
  value: number;
  /** Every day with this value: day numbers, oldest first. */
  days: readonly number[];
}

/**
 * Computes sum, mean, median, SD and extremes of a metric, in the metric's unit.
 * @param observations Oldest first.
 * @param days The number of calendar days, measured or not.
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
