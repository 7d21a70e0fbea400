import { regularizedIncompleteBeta } from "./incomplete-beta.ts";

/**
 * How often chance alone lands at least this far from the centre on either side: the two-sided p of Student's t.
 * P(|T| ≥ |t|) = I_{ν/(ν+t²)}(ν/2, 1/2).
 * @param t In standard errors; the sign does not matter.
 * @param degreesOfFreedom Above 0, not necessarily whole.
 * @returns From 0 to 1; 1 where there are no degrees of freedom to judge by.
 * @example twoSidedP(2.5, 59) // 0.01522…
 */
export function twoSidedP(t: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0)) return 1;
  const square = t * t;
  const half = degreesOfFreedom / 2;
  // Whichever argument is small is exact; 1 minus it would lose digits.
  return square < degreesOfFreedom
    ? 1 - regularizedIncompleteBeta(square / (degreesOfFreedom + square), 0.5, half)
    : regularizedIncompleteBeta(degreesOfFreedom / (degreesOfFreedom + square), half, 0.5);
}

/**
 * The cumulative distribution of Student's t: P(T ≤ t), as scipy.stats.t.cdf.
 * @example tCumulative(0, 10) // 0.5
 */
export function tCumulative(t: number, degreesOfFreedom: number): number {
  const tail = twoSidedP(t, degreesOfFreedom) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** Quantiles found before: every day of a history asks for the same few, and a search costs fifty times the formula. */
const known = new Map<string, number>();
const mostKnown = 2_000;

/**
 * The t that a share `probability` of the distribution lies below (the inverse of {@link tCumulative}).
 * @param probability Strictly between 0 and 1.
 * @returns The quantile, found by bisection to the last bit that matters (about 1e-13).
 * @example tQuantile(0.975, 10) // 2.2281…
 */
export function tQuantile(probability: number, degreesOfFreedom: number): number {
  if (probability === 0.5) return 0;
  if (probability < 0.5) return -tQuantile(1 - probability, degreesOfFreedom);
  const key = `${probability} ${degreesOfFreedom}`;
  const quantile = known.get(key) ?? searchQuantile(2 * (1 - probability), degreesOfFreedom);
  if (known.size < mostKnown) known.set(key, quantile);
  return quantile;
}

function searchQuantile(tail: number, degreesOfFreedom: number): number {
  let low = 0;
  let high = 2;
  while (twoSidedP(high, degreesOfFreedom) > tail && high < 1e12) high *= 2;
  for (let step = 0; step < 100 && high - low > 1e-14 * high; step++) {
    const middle = (low + high) / 2;
    if (twoSidedP(middle, degreesOfFreedom) > tail) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
