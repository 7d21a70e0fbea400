import { regularizedIncompleteBeta } from "./incomplete-beta.ts";

/** The distribution of a count of events that come in clusters. Such a count varies more than a Poisson count. */
export interface ClusteredCount {
  mean: number;
  /** The variance of the count divided by its mean, above 1. A Poisson count has a dispersion of 1. */
  dispersion: number;
}

/**
 * The probability of at most `count` events, for a negative binomial distribution with size mean/(dispersion − 1).
 * P(X ≤ k) = I_p(size, k + 1) with p = 1/dispersion, where I is the regularised incomplete beta function. The results
 * agree with `scipy.stats.nbinom.cdf(k, size, p)`.
 * @example
 * negativeBinomialCumulative(2, { mean: 2, dispersion: 2 }); // 0.6875
 * negativeBinomialCumulative(-1, { mean: 2, dispersion: 2 }); // 0
 */
export function negativeBinomialCumulative(count: number, { mean, dispersion }: ClusteredCount): number {
  if (count < 0) return 0;
  if (mean <= 0) return 1;
  return regularizedIncompleteBeta(1 / dispersion, mean / (dispersion - 1), Math.floor(count) + 1);
}

/**
 * The smallest number k for which the probability of at most k events is at least `probability`.
 * @param probability A value below 1. With 1, no such number k exists.
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
