import { median, quickselect } from "simple-statistics";
import { normalQuantile975 } from "./normal-distribution.ts";
import { outOfRange } from "./out-of-range.ts";
import type { Observation } from "./series.ts";

/** A straight line through daily values. The slope is in the metric's unit per day. */
export interface SlopeEstimate {
  slope: number;
  /** The value of the line on day number 0 (1970-01-01): median(value) − slope · median(day). */
  intercept: number;
  /** `low` and `high` are the ends of the 95 % interval of the slope. */
  low: number;
  high: number;
}

/**
 * The Theil–Sen slope: the median of the slopes of all pairs of days. The slope stays reliable if up to 29 % of the
 * values are outliers. The 95 % interval follows Sen (1968). It is computed from the variance of Kendall's S, corrected
 * for equal values, as in `scipy.stats.theilslopes`. There are about n²/2 slopes, which takes a few ms for 365 days.
 * @param observations At least two observations, on different days.
 * @param inflationOf Returns, for a slope, the factor by which autocorrelation raises the variance of Kendall's S. The
 * interval widens with the square root of the factor.
 * @example
 * const daysOf = (values) => values.map((value, day) => ({ day, value }));
 * estimateSlope(daysOf([1, 3, 5, 20])); // { slope: 4.166…, intercept: -2.249…, low: 2, high: 15 }
 */
export function estimateSlope(
  observations: readonly Observation[],
  inflationOf: (slope: number) => number = () => 1,
): SlopeEstimate {
  const slopes = listPairSlopes(observations);
  const last = slopes.length - 1;
  // `quickselect` finds the slope that a sorted list would have at index `rank`. Sorting all slopes would take several
  // times as long.
  const slopeAt = (rank: number) => {
    quickselect(slopes, rank);
    return slopes[rank] ?? outOfRange(rank);
  };
  const slope = (slopeAt(last >> 1) + slopeAt((last + 1) >> 1)) / 2;
  const spread =
    normalQuantile975 * Math.sqrt(kendallVariance(observations.map(({ value }) => value)) * inflationOf(slope));
  const lowRank = Math.max(0, Math.round((slopes.length - spread) / 2) - 1);
  const highRank = Math.min(last, Math.round((slopes.length + spread) / 2));
  return {
    slope,
    intercept: median(observations.map(({ value }) => value)) - slope * median(observations.map(({ day }) => day)),
    low: slopeAt(lowRank),
    high: slopeAt(highRank),
  };
}

function listPairSlopes(observations: readonly Observation[]): number[] {
  const slopes = new Array<number>((observations.length * (observations.length - 1)) / 2);
  let index = 0;
  observations.forEach((late, position) => {
    for (let earlier = 0; earlier < position; earlier++) {
      const early = observations[earlier] ?? outOfRange(earlier);
      slopes[index++] = (late.value - early.value) / (late.day - early.day);
    }
  });
  return slopes;
}

/**
 * The variance of Kendall's S for n values in time order: (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18. The sum runs over the
 * groups of equal values, where t is the size of a group.
 * @example
 * kendallVariance([1, 2, 3, 4]); // 8.666…
 * kendallVariance([7, 7, 7, 7]); // 0
 */
export function kendallVariance(values: readonly number[]): number {
  const tied = new Map<number, number>();
  for (const value of values) tied.set(value, (tied.get(value) ?? 0) + 1);
  const part = (count: number) => count * (count - 1) * (2 * count + 5);
  return (part(values.length) - [...tied.values()].reduce((sum, count) => sum + part(count), 0)) / 18;
}
