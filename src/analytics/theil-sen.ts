import { median } from "simple-statistics";
import { normalQuantile975 } from "./normal-distribution.ts";
import type { Observation } from "./series.ts";

/** A straight line through daily values. The slope is in the metric's unit per day. */
export interface SlopeEstimate {
  slope: number;
  /** The value of the line on day number 0: median(value) − slope · median(day). */
  intercept: number;
  /** The two ends of the 95 % interval of the slope. */
  low: number;
  high: number;
}

/**
 * The Theil–Sen slope: the median of the slopes of all pairs of days. The slope stays reliable if up to 29 % of the
 * values are outliers. The 95 % interval follows Sen (1968): it uses the variance of Kendall's S with ties, as
 * `scipy.stats.theilslopes` does. The function computes n²/2 slopes, which takes a few ms for 365 days.
 * @param observations At least two observations, on different days.
 * @param inflationOf Returns the factor by which the variance is inflated for a slope. The factor is above 1 when the
 * residuals around the line with that slope are autocorrelated. The interval widens with the square root of the factor.
 * @example estimateSlope([{ day: 0, value: 1 }, { day: 1, value: 3 }, { day: 2, value: 5 }]).slope // 2
 */
export function estimateSlope(
  observations: readonly Observation[],
  inflationOf: (slope: number) => number = () => 1,
): SlopeEstimate {
  const slopes = sortPairSlopes(observations);
  const slope = middleOf(slopes);
  const spread =
    normalQuantile975 * Math.sqrt(kendallVariance(observations.map(({ value }) => value)) * inflationOf(slope));
  const last = slopes.length - 1;
  const lowRank = Math.max(0, Math.round((slopes.length - spread) / 2) - 1);
  const highRank = Math.min(last, Math.round((slopes.length + spread) / 2));
  return {
    slope,
    intercept: median(observations.map(({ value }) => value)) - slope * median(observations.map(({ day }) => day)),
    low: slopes[lowRank] ?? slope,
    high: slopes[highRank] ?? slope,
  };
}

function sortPairSlopes(observations: readonly Observation[]): Float64Array {
  const slopes = new Float64Array((observations.length * (observations.length - 1)) / 2);
  let index = 0;
  observations.forEach((late, position) => {
    for (let earlier = 0; earlier < position; earlier++) {
      const early = observations[earlier] ?? late;
      slopes[index++] = (late.value - early.value) / (late.day - early.day);
    }
  });
  return slopes.sort();
}

function middleOf(sorted: Float64Array): number {
  const [low = Number.NaN, high = low] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}

/**
 * The variance of Kendall's S for n values in time order: (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18. The sum runs over the
 * groups of equal values, where t is the size of a group.
 * @example kendallVariance([1, 2, 3, 4]) // 8.666…
 */
export function kendallVariance(values: readonly number[]): number {
  const tied = new Map<number, number>();
  for (const value of values) tied.set(value, (tied.get(value) ?? 0) + 1);
  const part = (count: number) => count * (count - 1) * (2 * count + 5);
  return (part(values.length) - [...tied.values()].reduce((sum, count) => sum + part(count), 0)) / 18;
}
