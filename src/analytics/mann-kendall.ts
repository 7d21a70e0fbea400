import { normalTwoSidedP } from "./normal-distribution.ts";
import { outOfRange } from "./out-of-range.ts";
import { kendallVariance } from "./theil-sen.ts";

export interface TrendTest {
  /**
   * Kendall's S: the number of pairs in which the later value is higher, minus the number of pairs in which the later
   * value is lower.
   */
  s: number;
  /**
   * S divided by its standard error, after the continuity correction. The standard error is larger if the values are
   * autocorrelated.
   */
  z: number;
  /** Two-sided, from `z` and the normal distribution. */
  p: number;
}

/**
 * The Mann–Kendall test for a monotone trend, with corrections for ties and continuity (Mann 1945, Kendall 1975). For
 * autocorrelated values, the test statistic z is divided by √inflation. Without this division, random series would show
 * a trend too often: one in four series of 60 values, if neighbouring values have a correlation of .5.
 * @param values The values in time order. If all values are equal, z is 0 and p is 1.
 * @param inflation The factor by which autocorrelation raises the variance of S, from {@link varianceInflation}.
 * @example
 * testTrend([1, 2, 3, 4, 5]); // { s: 10, z: 2.2045…, p: 0.02748… }
 * testTrend([1, 2, 3, 4, 5], 3); // { s: 10, z: 1.2727…, p: 0.20309… }
 * testTrend([7, 7, 7]); // { s: 0, z: 0, p: 1 }
 */
export function testTrend(values: readonly number[], inflation = 1): TrendTest {
  let s = 0;
  values.forEach((late, position) => {
    for (let earlier = 0; earlier < position; earlier++)
      s += Math.sign(late - (values[earlier] ?? outOfRange(earlier)));
  });
  const variance = kendallVariance(values) * inflation;
  const z = variance > 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0;
  return { s, z, p: normalTwoSidedP(z) };
}
