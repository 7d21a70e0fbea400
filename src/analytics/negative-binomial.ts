import { regularizedIncompleteBeta } from "./incomplete-beta.ts";

/** A count that varies more than a Poisson count, because its events come in clusters. */
export interface ClusteredCount {
  mean: number;
  /** Variance divided by mean, above 1. Poisson counts have 1. */
  dispersion: number;
}

/**
 * The probability of at most `count` events: the negative binomial distribution with size mean/(dispersion − 1).
 * P(X ≤ k) = I_p(size, k + 1) with p = 1/dispersion.
 * @example negativeBinomialCumulative(2, { mean: 2, dispersion: 2 }) // 0.6875
 */
export function negativeBinomialCumulative(count: number, { mean, dispersion }: ClusteredCount): number {
  if (count < 0) return 0;
  if (mean <= 0) return 1;
  return regularizedIncompleteBeta(1 / dispersion, mean / (dispersion - 1), Math.floor(count) + 1);
}

/**
 * The smallest count that at least this share of such counts does not exceed.
 * @param probability Below 1.
 * @example negativeBinomialQuantile(0.95, { mean: 2, dispersion: 2 }) // 6
 */
export function negativeBinomialQuantile(probability: number, count: ClusteredCount): number {
  let low = -1;
  let high = 1;
  while (negativeBinomialCumulative(high, count) < probability) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (negativeBinomialCumulative(middle, count) < probability) low = middle;
    else high = middle;
  }
  return high;
}
