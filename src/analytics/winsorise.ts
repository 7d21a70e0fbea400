import { medianSorted } from "simple-statistics";
import { outOfRange } from "./out-of-range.ts";

/** The factor that turns the MAD of a normal sample into an estimate of its SD: 1/Φ⁻¹(3/4). */
export const madToSd = 1.482602218505602;

export interface WinsorLimits {
  low: number;
  high: number;
}

/**
 * The limits beyond which values count as outliers: median ± 3 robust standard deviations. The robust SD is
 * 1.4826 · MAD (median absolute deviation), but at least `sdFloor`. Without `sdFloor`, the MAD of whole numbers could
 * be 0, and every value that differs from the median would be an outlier.
 * @param sorted At least one value, in ascending order.
 * @param sdFloor Lower limit of the robust SD, in the unit of the values.
 * @example
 * winsorLimits([50, 51, 52, 53, 90], 0); // { low: 47.55…, high: 56.44… }
 * winsorLimits([50, 50, 50, 51], 1); // { low: 47, high: 53 }
 */
export function winsorLimits(sorted: readonly number[], sdFloor: number): WinsorLimits {
  const median = medianSorted(sorted);
  const halfWidth = 3 * Math.max(madToSd * deviationMedian(sorted, median), sdFloor);
  return { low: median - halfWidth, high: median + halfWidth };
}

/**
 * Replaces each value outside the limits by the nearest limit. Outliers are not dropped, so the number of values stays
 * the same.
 * @example winsorise([50, 90], { low: 45, high: 60 }) // [50, 60]
 */
export function winsorise(values: readonly number[], { low, high }: WinsorLimits): number[] {
  return values.map((value) => Math.min(high, Math.max(low, value)));
}

/**
 * The mean and the SD (divisor n − 1) of the winsorised values. One tool call needs them for thousands of windows, so
 * the function creates no list of winsorised values. It clamps only the ends of the sorted list, because values outside
 * the limits can only be at the ends.
 * @param sorted At least two values, in ascending order.
 * @example summarizeWinsorised([50, 90], { low: 45, high: 60 }) // { mean: 55, sd: 7.07… }
 */
export function summarizeWinsorised(
  sorted: readonly number[],
  { low, high }: WinsorLimits,
): { mean: number; sd: number } {
  const n = sorted.length;
  let below = 0;
  while (below < n && (sorted[below] ?? outOfRange(below)) < low) below++;
  let above = 0;
  while (above < n - below && (sorted[n - 1 - above] ?? outOfRange(n - 1 - above)) > high) above++;
  let sum = below * low + above * high;
  for (let rank = below; rank < n - above; rank++) sum += sorted[rank] ?? outOfRange(rank);
  const mean = sum / n;
  let squares = below * (low - mean) ** 2 + above * (high - mean) ** 2;
  for (let rank = below; rank < n - above; rank++) squares += ((sorted[rank] ?? outOfRange(rank)) - mean) ** 2;
  return { mean, sd: Math.sqrt(squares / (n - 1)) };
}

/**
 * The values in ascending order. The function sorts a typed array, because sorting an ordinary array with a comparator
 * is several times slower.
 * @example sortNumbers([9, 80, 10]) // [9, 10, 80]
 */
export function sortNumbers(values: readonly number[]): number[] {
  const sorted = new Float64Array(values).sort();
  return values.map((_, rank) => sorted[rank] ?? outOfRange(rank));
}

/**
 * The median absolute deviation of a sorted sample, not scaled to an SD. In a sorted list, the values farthest from the
 * median are at the two ends. One pass from the ends inwards therefore finds the deviations in descending order,
 * without a second sort.
 */
function deviationMedian(sorted: readonly number[], median: number): number {
  let low = 0;
  let high = sorted.length - 1;
  const half = sorted.length / 2;
  const isEven = sorted.length % 2 === 0;
  let upper = 0;
  for (let rank = sorted.length - 1; rank >= 0; rank--) {
    const below = median - (sorted[low] ?? outOfRange(low));
    const above = (sorted[high] ?? outOfRange(high)) - median;
    const deviation = Math.max(below, above);
    if (below > above) low++;
    else high--;
    if (isEven && rank === half) upper = deviation;
    if (rank === Math.ceil(half) - 1) return isEven ? (deviation + upper) / 2 : deviation;
  }
  return 0;
}
