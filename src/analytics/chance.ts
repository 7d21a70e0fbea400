import { twoSidedP } from "./t-distribution.ts";

/** The number of flags expected by chance alone. */
export interface ChanceCount {
  /** Days that could be flagged: measured, with a baseline. */
  scoredDays: number;
  /** Mean probability of a flag on one of them. */
  p: number;
  /** scoredDays · p. */
  expectedFlags: number;
}

/**
 * The number of flags expected of a metric without any anomaly: Σ P(|T| ≥ z) over its scored days, each with the n − 1
 * degrees of freedom of its own baseline.
 * @param baselineSizes n of each scored day's baseline.
 * @example countChanceFlags(Array(30).fill(60), 2.5) // expectedFlags 0.46
 */
export function countChanceFlags(baselineSizes: readonly number[], z: number): ChanceCount {
  const known = new Map<number, number>();
  let expectedFlags = 0;
  for (const n of baselineSizes) {
    const p = known.get(n) ?? twoSidedP(z, n - 1);
    known.set(n, p);
    expectedFlags += p;
  }
  const scoredDays = baselineSizes.length;
  return { scoredDays, p: scoredDays === 0 ? 0 : expectedFlags / scoredDays, expectedFlags };
}
