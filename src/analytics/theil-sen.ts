import { median, quickselect } from "simple-statistics";
import { normalQuantile975 } from "./normal-distribution.ts";
import type { Observation } from "./series.ts";

/** A straight line through days, in the metric's unit per day. */
export interface SlopeEstimate {
  slope: number;
  /** The line's value on day 0 of the numbering: median(value) − slope · median(day). */
  intercept: number;
  /** 95 % interval of the slope. */
  low: number;
  high: number;
}

/**
 * The Theil–Sen slope: the median of the slopes of all pairs of days. Up to 29 % of outliers cannot dominate it.
 * Its interval is Sen's (1968), from the variance of Kendall's S with ties, as scipy.stats.theilslopes.
 * Costs n²/2 slopes: 365 days take a few ms.
 * @param observations At least two, on different days.
 * @param inflationOf Returns the variance inflation for a slope: above 1 when the residuals around that line are
 * autocorrelated. The interval widens with its square root.
 * @example estimateSlope([{ day: 0, value: 1 }, { day: 1, value: 3 }, { day: 2, value: 5 }]).slope // 2
 */
export function estimateSlope(
  observations: readonly Observation[],
  inflationOf: (slope: number) => number = () => 1,
): SlopeEstimate {
  const slopes = listPairSlopes(observations);
  const last = slopes.length - 1;
  // Selected, because to sort four thousand slopes takes several times as long.
  const slopeAt = (rank: number) => {
    quickselect(slopes, rank);
    return slopes[rank] ?? Number.NaN;
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
      const early = observations[earlier] ?? late;
      slopes[index++] = (late.value - early.value) / (late.day - early.day);
    }
  });
  return slopes;
}

/**
 * The variance of Kendall's S for n values in time order, with ties: (n(n−1)(2n+5) − Σ t(t−1)(2t+5)) / 18.
 * @example kendallVariance([1, 2, 3, 4]) // 8.666…
 */
export function kendallVariance(values: readonly number[]): number {
  const tied = new Map<number, number>();
  for (const value of values) tied.set(value, (tied.get(value) ?? 0) + 1);
  const part = (count: number) => count * (count - 1) * (2 * count + 5);
  return (part(values.length) - [...tied.values()].reduce((sum, count) => sum + part(count), 0)) / 18;
}
