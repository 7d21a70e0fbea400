/**
 * A model of how single days vary around a level, and of how much two days resemble one another. A comparison of
 * periods or of months needs the model to tell a real difference from ordinary variation. docs/analytics.md, *Two
 * periods*, gives the reasons for the method and for its constants.
 *
 * The model and the files that it joins use the following terms. {@link PopulationPrior} defines φ and λ.
 * - A block is a list of days with the same mean level, such as a period or a month.
 * - A residual is the value of a day minus the mean of its block.
 * - The lag of two days is the number of days between them.
 * - R is the correlation matrix of days. Two days have the correlation (1 − λ)·φ^lag + λ·.97^lag.
 * - ν, the degrees of freedom, says how well a variance is known. A variance with ν degrees of freedom is known as well
 *   as if it had been estimated from the squares of ν independent values.
 */
import { type CorrelationByLag, correlationByLag } from "./correlation-by-lag.ts";
import { expectSquares } from "./degrees-of-freedom.ts";
import { estimatePhi } from "./neighbour-correlation.ts";
import { poolResiduals } from "./pooled-residuals.ts";
import type { PopulationPrior } from "./population-prior.ts";
import type { Observation } from "./series.ts";

export interface ResidualOptions {
  prior: PopulationPrior;
  /** Lower limit of the estimated SD of single days, on the scale of the values. */
  sdFloor: number;
  /** The correlation is computed for two days that are up to this many days apart. */
  longestLag: number;
}

export interface ResidualModel {
  /**
   * The estimated variance of single days. Its unit is the square of the unit of the values, and it is at least the
   * square of `sdFloor`.
   */
  variance: number;
  /** The degrees of freedom of the variance (how well it is known), from 8 (those of the prior) to 20. */
  degreesOfFreedom: number;
  /** The estimated {@link PopulationPrior.phi}, from 0 to .9. */
  phi: number;
  correlation: CorrelationByLag;
}

/**
 * The variance of days is averaged from the prior's variance and the measured variance. The prior's variance has the
 * weight of a variance that was measured with this many degrees of freedom. With 8 degrees of freedom, an SD is
 * uncertain by about a quarter. The SDs of different people also differ from each other by about a quarter.
 */
const priorDegreesOfFreedom = 8;

/**
 * Satterthwaite's formula for degrees of freedom treats the correlation of days as exactly known. In fact, one part of
 * it is estimated and another part is assumed. The limit makes up for this. With 20 degrees of freedom, a 95 % interval
 * is 6 % wider than it would be if the variance were known exactly.
 */
const mostDegreesOfFreedom = 20;

/**
 * Estimates the variance of single days and their correlation from blocks of days, such as the two periods of a
 * comparison. Both estimates are shrunk towards the {@link PopulationPrior}, which defines φ and λ.
 * @param blocks At least two days each, in ascending order.
 * @example
 * const block = [{ day: 20000, value: 50 }, { day: 20001, value: 52 }, { day: 20002, value: 54 }];
 * // The mean is 52 and the sum of squares 4 + 0 + 4 = 8. Two pairs of neighbouring days are too few to estimate φ, so
 * // φ is the prior's value 0. With φ and λ of 0 the days are independent, and the sum of squares has ν = 3 − 1 = 2.
 * // The measured variance is 8 / 2 = 4, and the prior's variance is 2² = 4. Their weights are 2 and 8.
 * estimateResidualModel([block], { prior: { sd: 2, phi: 0, slowShare: 0 }, sdFloor: 1, longestLag: 2 });
 * // { variance: 4, degreesOfFreedom: 10, phi: 0, correlation: [1, 0, 0] }
 */
export function estimateResidualModel(
  blocks: readonly (readonly Observation[])[],
  { prior, sdFloor, longestLag }: ResidualOptions,
): ResidualModel {
  const residuals = poolResiduals(blocks);
  const phi = estimatePhi(residuals, blocks.length, prior);
  const correlation = correlationByLag(phi, prior.slowShare, longestLag);
  const { expected, degreesOfFreedom } = expectSquares(blocks, correlation);
  const measured = expected > 0 ? residuals.squares / expected : 0;
  return {
    variance: Math.max(shrinkVariance(measured, degreesOfFreedom, prior.sd), sdFloor ** 2),
    degreesOfFreedom: Math.min(mostDegreesOfFreedom, priorDegreesOfFreedom + degreesOfFreedom),
    phi,
    correlation,
  };
}

function shrinkVariance(measured: number, degreesOfFreedom: number, priorSd: number): number {
  return (
    (priorDegreesOfFreedom * priorSd ** 2 + degreesOfFreedom * measured) / (priorDegreesOfFreedom + degreesOfFreedom)
  );
}
