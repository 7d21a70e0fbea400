/** The correlation R of two days, by lag. The index is the lag, the number of days between the two days. */
export type CorrelationByLag = Float64Array;

/**
 * The correlation of neighbouring days in the slow part of the variance. With .97, days that are 23 days apart have a
 * correlation of one half in this part.
 */
export const slowCorrelation = 0.97;

/**
 * The correlation of two days for each lag: (1 − λ)·φ^lag + λ·.97^lag.
 * @param slowShare λ.
 * @param longestLag The correlation is computed for lags from 0 to this many days.
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
