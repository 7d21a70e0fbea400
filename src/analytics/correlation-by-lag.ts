import type { Observation } from "./series.ts";

/** The correlation of two days. The index is their lag, the number of days between them. */
export type CorrelationByLag = Float64Array;

/**
 * The variance of days has a fast part and a slow part. This is the correlation of neighbouring days in the slow part.
 * With .97, the slow parts of two days that are 23 days apart still have a correlation of one half.
 */
export const slowCorrelation = 0.97;

/**
 * The correlation of two days for each lag (the number of days between them): (1 − λ)·φ^lag + λ·.97^lag. λ is
 * `slowShare` and φ is `phi` of the {@link PopulationPrior}.
 * @param longestLag In days.
 * @example correlationByLag(0.5, 0, 2) // Float64Array [1, 0.5, 0.25]
 */
export function correlationByLag(phi: number, slowShare: number, longestLag: number): CorrelationByLag {
  const correlation = new Float64Array(longestLag + 1);
  let [quick, slow] = [1 - slowShare, slowShare];
  for (let lag = 0; lag <= longestLag; lag++) {
    correlation[lag] = quick + slow;
    quick *= phi;
    slow *= slowCorrelation;
  }
  return correlation;
}

/**
 * The number of days from the earliest to the latest of the given days. The days may be in any order. The result is the
 * longest lag between two of them.
 * @param observations At least one day.
 * @example longestLagOf([{ day: 20010, value: 52 }, { day: 20000, value: 50 }, { day: 20001, value: 51 }]) // 10
 */
export function longestLagOf(observations: readonly Observation[]): number {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { day } of observations) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  return last - first;
}
