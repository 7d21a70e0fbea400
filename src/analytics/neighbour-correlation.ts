import { slowCorrelation } from "./correlation-by-lag.ts";
import type { PooledResiduals } from "./pooled-residuals.ts";
import type { PopulationPrior } from "./population-prior.ts";

/**
 * The correlation of neighbouring days is averaged from the prior's correlation and the measured correlation. The
 * prior's correlation has the weight of a correlation that was measured on this many pairs of days. A correlation
 * measured on 30 pairs is uncertain by about .18 (1/√30). The correlations of different people also differ from each
 * other by about .18.
 */
const priorPairs = 30;

/** With fewer pairs of neighbouring days, the prior's correlation is used. */
const leastPairs = 5;

/**
 * A larger correlation of neighbouring days cannot be told apart from slow changes in three months of data. It would
 * also make the expected sum of squares nearly 0, and the variance is computed by dividing by that sum.
 */
export const largestPhi = 0.9;

/**
 * Kendall's correction divides by n − 4, where n is the number of days. For lists of about four days, the corrected
 * correlation would become very large. The correlation is therefore corrected only if the lists of days (such as
 * periods) are longer than this on average.
 */
const leastCorrectedLength = 4.5;

/**
 * Estimates φ and shrinks it towards the prior's φ. {@link PopulationPrior} defines φ and λ. The measured correlation r
 * of neighbouring days contains the slow part: r = (1 − λ)·φ + λ·.97. Therefore φ = (r − .97·λ)/(1 − λ). The shrunk φ
 * is a weighted mean of the prior's φ and the measured φ. The prior's φ has the weight 30. The weight of the measured φ
 * is the number of pairs of neighbouring days.
 * @param blocks The number of blocks (lists of days, such as periods) that the sums cover.
 * @returns From 0 to {@link largestPhi}. With fewer than five pairs or with constant values, it is the prior's φ.
 * @example
 * const prior = { sd: 2, phi: 0.3, slowShare: 0 };
 * // r is (30/30) / (60/31) = .516…, and .630… after the correction for 31 days.
 * estimatePhi({ squares: 60, products: 30, pairs: 30, count: 31 }, 1, prior); // 0.465…
 * estimatePhi({ squares: 60, products: 4, pairs: 4, count: 6 }, 1, prior); // 0.3
 */
export function estimatePhi(
  { squares, products, pairs, count }: PooledResiduals,
  blocks: number,
  prior: PopulationPrior,
): number {
  const isKnown = pairs >= leastPairs && squares > 0;
  if (!isKnown) return Math.min(largestPhi, Math.max(0, prior.phi));
  const r = correctForShortBlocks(products / pairs / (squares / count), count / blocks);
  const measured = (r - slowCorrelation * prior.slowShare) / (1 - prior.slowShare);
  const phi = (priorPairs * prior.phi + pairs * measured) / (priorPairs + pairs);
  return Math.min(largestPhi, Math.max(0, phi));
}

/** In short lists of days, the measured correlation of neighbouring days is too small on average (Kendall 1954). */
function correctForShortBlocks(r: number, meanLength: number): number {
  return meanLength > leastCorrectedLength ? (meanLength * r + 1) / (meanLength - 4) : r;
}
