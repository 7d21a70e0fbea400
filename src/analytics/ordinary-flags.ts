import { negativeBinomialQuantile } from "./negative-binomial.ts";
import { twoSidedP } from "./t-distribution.ts";

/** The number of flags that ordinary days give. */
export interface OrdinaryCount {
  /** Days that could be flagged: measured, with a baseline. */
  scoredDays: number;
  /** The mean share of ordinary days that is flagged. */
  share: number;
  /** scoredDays · share. */
  expectedFlags: number;
}

/**
 * Real days lie outside more often than Student's t says. Two changes describe that: their spread is wider by this factor,
 * and they have the tails of at most five degrees of freedom, however long the baseline is.
 */
const stretch = 1.15;
const mostDegreesOfFreedom = 5;

/**
 * The share of ordinary days that lie at least |z| from usual. Fitted to days in random order of people who wore a
 * wristband for months, on half of the people, and checked on the other half. Student's t with n − 1 degrees of freedom
 * is 1.2, 1.9 and 3.5 times too small at |z| = 2, 2.5 and 3.
 * @param n Days of the baseline.
 * @example ordinaryShare(2.5, 60) // 0.0348
 */
export function ordinaryShare(z: number, n: number): number {
  return twoSidedP(stretch * z, Math.min(n - 1, mostDegreesOfFreedom));
}

/**
 * The number of flags that ordinary days of a metric give, from the baselines of its scored days.
 * @param baselineSizes n of each scored day's baseline.
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
 * The variance of the number of flags, divided by its mean. Above 1, because unusual days come in runs, several metrics
 * are unusual on the same day, and people differ. `npm run evaluate` measures .9 to 1.5.
 */
const dispersion = 1.5;

/**
 * The largest number of flags that is nothing special where ordinary days give `expectedFlags`: the 95 % point of a
 * negative binomial distribution.
 * @example mostOrdinaryFlags(6.6) // 12
 */
export function mostOrdinaryFlags(expectedFlags: number): number {
  return negativeBinomialQuantile(0.95, { mean: expectedFlags, dispersion });
}
