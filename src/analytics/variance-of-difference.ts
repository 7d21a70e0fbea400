import type { CorrelationByLag } from "./correlation-by-lag.ts";
import { outOfRange } from "./out-of-range.ts";

/**
 * The variance of the difference of two means, if the variance of a single day is 1. It is wᵀRw, where w holds the
 * weight of each day in the difference: −1/n for the n days of the one mean, and 1/n for the n days of the other mean.
 * @param before At least one day number, in any order, like `after`.
 * @param correlation Has an entry for the number of days between every two of these days.
 * @example
 * // The means of two independent days each have the variance 1/2, and their difference has the variance 1/2 + 1/2.
 * varianceOfDifference(Int32Array.of(1, 2), Int32Array.of(3, 4), Float64Array.of(1, 0, 0, 0)); // 1
 * varianceOfDifference(Int32Array.of(1, 2), Int32Array.of(3, 4), Float64Array.of(1, 0.5, 0.25, 0.125)); // 0.9375
 */
export function varianceOfDifference(before: Int32Array, after: Int32Array, correlation: CorrelationByLag): number {
  const between = (one: Int32Array, other: Int32Array) =>
    sumCorrelations(one, other, correlation) / (one.length * other.length);
  return between(before, before) + between(after, after) - 2 * between(before, after);
}

/**
 * Adds up the correlations of all pairs that have one day from each list. If the sum is divided by the number of pairs,
 * the result is the covariance of the means of the two lists (for days with the variance 1).
 * @param correlation Has an entry for the number of days between the two days of every pair.
 * @example sumCorrelations(Int32Array.of(1, 2), Int32Array.of(2), Float64Array.of(1, 0.5)) // 1.5
 */
export function sumCorrelations(one: Int32Array, other: Int32Array, correlation: CorrelationByLag): number {
  let sum = 0;
  for (const day of one) {
    for (let index = 0; index < other.length; index++) {
      const lag = Math.abs(day - (other[index] ?? outOfRange(index)));
      sum += correlation[lag] ?? outOfRange(lag);
    }
  }
  return sum;
}
