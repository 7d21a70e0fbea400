import { negativeBinomialQuantile } from "./negative-binomial.ts";
import { twoSidedP } from "./t-distribution.ts";

/**
 * How many days of a metric would be flagged as unusual by chance alone. An answer compares the number of flags it
 * found with this expected number.
 */
export interface OrdinaryCount {
  /** The number of days that could be flagged: days that have a value and enough earlier days to compare with. */
  scoredDays: number;
  /**
   * The share of ordinary days that is flagged by chance, from 0 to 1. It is averaged over the days that could be
   * flagged.
   */
  share: number;
  /** The number of flags to expect by chance: scoredDays · share. */
  expectedFlags: number;
}

/**
 * Values of real days are far from usual more often than Student's t predicts. Two constants correct the prediction.
 * The distance from usual (z, in standard deviations) is multiplied by `stretch`. The degrees of freedom are limited to
 * `mostDegreesOfFreedom`, however many earlier days the value is compared with.
 */
const stretch = 1.15;
const mostDegreesOfFreedom = 5;

/**
 * The share of ordinary days whose value is at least |z| standard deviations from the usual value. The formula was
 * fitted to data of people who wore a wristband for months, with their days in random order. Half of the people were
 * used for the fit and the other half for a check. Student's t with n − 1 degrees of freedom would give shares that are
 * 1.2, 1.9 and 3.5 times too small at |z| = 2, 2.5 and 3.
 * @param n The number of earlier days with which the day is compared.
 * @example ordinaryShare(2.5, 60) // 0.0348
 */
export function ordinaryShare(z: number, n: number): number {
  return twoSidedP(stretch * z, Math.min(n - 1, mostDegreesOfFreedom));
}

/**
 * The number of flags to expect by chance for one metric. Each day adds the probability that it is flagged. This
 * probability depends on the number of earlier days with which the day is compared.
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
 * The variance of the number of flagged days, divided by its mean. The quotient is above 1 for three reasons: unusual
 * days come in runs, several metrics are unusual on the same day, and people differ. `npm run evaluate` measures
 * quotients from .9 to 1.5.
 */
const dispersion = 1.5;

/**
 * The largest number of flagged days that chance still explains when `expectedFlags` are expected: the 95 % point of a
 * negative binomial distribution. An answer describes only a larger number as more than ordinary.
 * @example mostOrdinaryFlags(6.6) // 12
 */
export function mostOrdinaryFlags(expectedFlags: number): number {
  return negativeBinomialQuantile(0.95, { mean: expectedFlags, dispersion });
}
