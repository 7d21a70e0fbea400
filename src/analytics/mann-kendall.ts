import { normalTwoSidedP } from "./normal-distribution.ts";
import { kendallVariance } from "./theil-sen.ts";

/** The result of a test for a monotone trend. */
export interface TrendTest {
  /** Pairs of days that rise minus pairs that fall. */
  s: number;
  /** Corrected for autocorrelation where an inflation was given. */
  z: number;
  /** Two-sided. */
  p: number;
}

/**
 * The Mann–Kendall test for a monotone trend, with ties and continuity correction (Mann 1945, Kendall 1975).
 * Z* = Z / √inflation. Without this correction, one in four series without a trend but with autocorrelation (φ = .5,
 * n = 60) is reported as a trend.
 * @param values In time order; if all are equal, z is 0 and p is 1.
 * @param inflation (1 + r)/(1 − r) for a lag-1 autocorrelation r.
 * @example testTrend([1, 2, 3, 4, 5]) // { s: 10, z: 2.2045…, p: 0.0275… }
 */
export function testTrend(values: readonly number[], inflation = 1): TrendTest {
  let s = 0;
  values.forEach((late, position) => {
    for (let earlier = 0; earlier < position; earlier++) s += Math.sign(late - (values[earlier] ?? late));
  });
  const variance = kendallVariance(values) * inflation;
  const z = variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0;
  return { s, z, p: normalTwoSidedP(z) };
}
