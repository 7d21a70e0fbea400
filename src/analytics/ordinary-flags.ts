import { negativeBinomialQuantile } from "./negative-binomial.ts";
import { twoSidedP } from "./t-distribution.ts";

/**
 * The number of days of a metric that would be flagged as unusual by chance alone. An answer compares this number with
 * the number of flagged days that were found.
 */
export interface OrdinaryCount {
  /** The number of days that could be flagged: days that have a value and enough earlier days to compare with. */
  scoredDays: number;
  /**
   * The mean probability that an ordinary day is flagged as unusual by chance, from 0 to 1. The mean is taken over all
   * days that have a value and enough earlier days to compare with.
   */
  share: number;
  /**
   * The number of flagged days to expect by chance: `scoredDays` (the days that could be flagged) times `share` (their
   * mean probability of being flagged).
   */
  expectedFlags: number;
}

/**
 * The values of real days are far from the usual value more often than Student's t distribution predicts. Two constants
 * correct the prediction. The distance from the usual value (z, in standard deviations) is multiplied by `stretch`. The
 * degrees of freedom are never more than `mostDegreesOfFreedom`, even if a day is compared with many earlier days.
 */
const stretch = 1.15;
const mostDegreesOfFreedom = 5;

/**
 * The share of ordinary days whose value is at least |z| standard deviations from the usual value. The formula was
 * fitted to days of people who wore a wristband for months. The days were shuffled, so that no change lasted for
 * several days. Half of the people were used for the fit and the other half for a check. Student's t with n − 1 degrees
 * of freedom would give shares that are too small: by a factor of 1.2 at |z| = 2, of 1.9 at |z| = 2.5, and of 3.5 at
 * |z| = 3.
 * @param n The number of earlier days with which the day is compared.
 * @example ordinaryShare(2.5, 60) // 0.0348
 */
export function ordinaryShare(z: number, n: number): number {
  return twoSidedP(stretch * z, Math.min(n - 1, mostDegreesOfFreedom));
}

/**
 * The number of days of one metric that are flagged as unusual by chance, if days at least `z` standard deviations from
 * the usual value are flagged. The number is the sum of each day's probability of being flagged. This probability
 * depends on the number of earlier days with which the day is compared.
 * @param baselineSizes For each day that could be flagged, the number of earlier days (n) with which it is compared.
 * @example countOrdinaryFlags(Array(30).fill(60), 2.5) // expectedFlags 1.04
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
 * The assumed dispersion of the number of flagged days: its variance divided by its mean. Independent days would have a
 * dispersion of about 1. Real dispersions can be higher, because unusual days follow one another, several metrics are
 * unusual on the same day, and people differ. `npm run evaluate` measures dispersions from .9 to 1.5.
 */
const dispersion = 1.5;

/**
 * The largest number of flagged days that can still be explained by chance, if chance alone gives `expectedFlags` on
 * average. This number is the 95 % point of a negative binomial distribution.
 * @example mostOrdinaryFlags(6.6) // 12
 */
export function mostOrdinaryFlags(expectedFlags: number): number {
  return negativeBinomialQuantile(0.95, { mean: expectedFlags, dispersion });
}
