import { memoise } from "../memoise.ts";
import { normalQuantile } from "../normal-distribution.ts";
import { rankValues } from "./rank-values.ts";

/**
 * Replaces each value by its normal score (van der Waerden 1952): the normal quantile of its rank, Φ⁻¹(rank / (n + 1)),
 * where n is the number of values. With normal scores, it makes no difference how extreme the largest value is. If the
 * values are normally distributed, a test on normal scores finds as much as a test on the values themselves. A test on
 * plain ranks would find less, as if up to 5 % of the nights had not been measured.
 * @example normalScores([30, 10, 20]) // Float64Array [0.6744897501960…, -0.6744897501960…, 0]
 */
export function normalScores(values: readonly number[]): Float64Array {
  const scoreOf = memoise((rank: number) => normalQuantile(rank / (values.length + 1)));
  return new Float64Array(rankValues(values).map((rank) => scoreOf(rank)));
}
