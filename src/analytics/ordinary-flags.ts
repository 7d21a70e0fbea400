import { negativeBinomialQuantile } from "./negative-binomial.ts";
import { twoSidedP } from "./t-distribution.ts";

/** The number of days of a metric that would be flagged as unusual by chance alone. */
export interface OrdinaryCount {
  /** The number of days that could be flagged, because they have a value and enough earlier days. */
  scoredDays: number;
  /** The mean probability that one of these days is flagged by chance, from 0 to 1. */
  share: number;
  expectedFlags: number;
}

/**
 * On real days, z (the distance from the usual value in standard deviations) is far from 0 more often than Student's t
 * distribution predicts. Two constants correct the prediction: z is multiplied by `stretch`, and the degrees of freedom
 * are at most `mostDegreesOfFreedom`, even if a day is compared with many earlier days.
 */
const stretch = 1.15;
const mostDegreesOfFreedom = 5;

/**
 * The share of ordinary days that are at least |z| standard deviations from the usual value. The formula was fitted to
 * days of people who wore a wristband for months. Student's t with n − 1 degrees of freedom would give smaller shares
 * than the real ones. The real share is 1.2 times as large at |z| = 2, 1.9 times as large at |z| = 2.5, and 3.5 times
 * as large at |z| = 3.
 * @param n The number of measured days in the day's baseline.
 * @example ordinaryShare(2.5, 60) // 0.03479…
 */
export function ordinaryShare(z: number, n: number): number {
  return twoSidedP(stretch * z, Math.min(n - 1, mostDegreesOfFreedom));
}

/**
 * The number of days of one metric that are flagged by chance, if a day is flagged when it is at least |z| standard
 * deviations from its usual value. Each day has a probability of being flagged by chance, and this probability depends
 * on the size of the day's baseline. The result is the sum of these probabilities.
 * @param baselineSizes For each day that could be flagged, the number of measured days in its baseline.
 * @example
 * countOrdinaryFlags(Array(30).fill(60), 2.5); // { scoredDays: 30, share: 0.03479…, expectedFlags: 1.0437… }
 * countOrdinaryFlags([], 2.5); // { scoredDays: 0, share: 0, expectedFlags: 0 }
 */
export function countOrdinaryFlags(baselineSizes: readonly number[], z: number): OrdinaryCount {
  const known = new Map<number, number>();
  let expectedFlags = 0;
  for (const n of baselineSizes) {
    const share = known.get(n) ?? ordinaryShare(z, n);
    known.set(n, share);
    expectedFlags += share;
  }
  const scoredDays = baselineSizes.length;
  return { scoredDays, share: scoredDays === 0 ? 0 : expectedFlags / scoredDays, expectedFlags };
}

/**
 * How much the number of flagged days varies: its variance divided by its mean. If all days were independent, this
 * ratio would be about 1. For real people it can be higher, because unusual days follow one another, several metrics
 * are unusual on the same day, and people differ. `npm run evaluate` measures ratios from .9 to 1.5. The largest is
 * used.
 */
const dispersion = 1.5;

/**
 * The largest number of flagged days that chance can still explain, if chance alone gives `expectedFlags` on average.
 * With a probability of at least 95 %, chance alone gives no more flagged days than this. The number is computed from a
 * negative binomial distribution.
 * @example mostOrdinaryFlags(6.6) // 12
 */
export function mostOrdinaryFlags(expectedFlags: number): number {
  return negativeBinomialQuantile(0.95, { mean: expectedFlags, dispersion });
}
