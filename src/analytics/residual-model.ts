/**
 * How single days vary around a level, and how much two days resemble one another: what a comparison of periods or of
 * months needs to know before it calls a difference more than ordinary. The reasons for the method and for its constants
 * are in docs/analytics.md, *Two periods*.
 */
import { monthDays } from "./day.ts";
import type { Observation } from "./series.ts";

/** What is known about a metric before anything is known about the wearer, on the scale of the compared values. */
export interface PopulationPrior {
  /** The SD of single days. */
  sd: number;
  /** φ: the correlation of neighbouring days in what is left without the slow share; from 0 to 1. */
  phi: number;
  /** λ: the share of the variance that lasts over weeks; from 0 to below 1, so that something is left for φ. */
  slowShare: number;
}

export interface ResidualOptions {
  prior: PopulationPrior;
  /** Lower limit of the SD, on the scale of the values. */
  sdFloor: number;
  /** The most days between two days for which a correlation is needed. */
  longestLag: number;
}

/** How single days vary around the mean of their block. */
export interface ResidualModel {
  /** Of single days, on the scale of the values squared; not below the floor. */
  variance: number;
  /** Of the estimate of `variance`, the 8 of the prior included; at most 20. */
  degreesOfFreedom: number;
  /** The estimated φ, from 0 to {@link largestPhi}. */
  phi: number;
  correlation: CorrelationByLag;
}

/** The correlation of two days, by the number of days between them. */
export type CorrelationByLag = Float64Array;

/**
 * The prior SD counts as much as the measured SD of this many days: as if people's SDs differed by about a quarter (with 8
 * degrees of freedom, the SD of ln s is about 1/√16).
 */
const priorDays = 8;

/**
 * The prior φ counts as much as this many pairs of neighbouring days: as if people's φ differed by about .18, the standard
 * error of the r of 30 pairs (1/√30).
 */
const priorPairs = 30;

/** With fewer pairs of neighbouring days, r is mostly noise, and φ is the prior's. */
const leastPairs = 5;

/** The correlation of the slow share between neighbouring days. It halves in 23 days, so that the level wanders over weeks. */
const slowCorrelation = 0.97;

/**
 * A larger φ cannot be told apart from λ within three months. As φ comes near 1, the expected sum of squares comes
 * near 0, and the variance would be a quotient of two small numbers.
 */
const largestPhi = 0.9;

/**
 * Satterthwaite's degrees of freedom take the correlation as known, but φ is estimated and λ is assumed. With at most 20,
 * the interval is at least 6 % wider than that of a known variance.
 */
const mostDegreesOfFreedom = 20;

/** Kendall's correction of r divides by n − 4. For shorter blocks it is near that pole, and r stays uncorrected. */
const leastCorrectedLength = 4.5;

/** The smallest λ for periods of 28 days or more, and for months. */
export const leastSlowShareOfMonths = 0.25;

/**
 * λ for the comparison of two periods: the metric's own, or a minimum if that is larger. At 28 days or more λ is at least
 * .25. That suffices even where the true λ is .3. Below 28 days this minimum shrinks in proportion to the length. Ninety days
 * cannot estimate λ. Over months the slow share dominates the variance of a mean; over a week single days do.
 * @param days The calendar days of the shorter period.
 * @example slowShareOver(0.1, 7) // 0.1
 * @example slowShareOver(0.1, 28) // 0.25
 */
export function slowShareOver(own: number, days: number): number {
  return Math.max(own, leastSlowShareOfMonths * Math.min(1, days / monthDays));
}

/**
 * The variance of single days and their correlation, from blocks of days that each have a level of their own. Both are shrunk
 * towards what is known of other people.
 * @param blocks Two ascending days or more each.
 * @example
 * // Three days of 50, 52 and 54: the mean is 52, and the sum of squares 4 + 0 + 4 = 8. Two pairs are too few: φ is the prior's, 0.
 * estimateResidualModel([block], { prior: { sd: 2, phi: 0, slowShare: 0 }, sdFloor: 1, longestLag: 2 })
 * // With φ and λ of 0 the days are independent: the correlation is [1, 0, 0], and the sum of squares has 3 − 1 = 2 degrees of
 * // freedom. The measured variance 8 / 2 = 4 and the prior's 2² = 4 are weighted 2 to 8:
 * // { variance: 4, degreesOfFreedom: 10, phi: 0, correlation: [1, 0, 0] }
 */
export function estimateResidualModel(
  blocks: readonly (readonly Observation[])[],
  { prior, sdFloor, longestLag }: ResidualOptions,
): ResidualModel {
  const sums = poolResiduals(blocks);
  const phi = estimatePhi(sums, prior, blocks.length);
  const correlation = correlationByLag(phi, prior.slowShare, longestLag);
  const { expected, degreesOfFreedom } = degreesOfFreedomOf(blocks, correlation);
  return {
    variance: Math.max(shrinkVariance(sums.squares, expected, degreesOfFreedom, prior.sd), sdFloor ** 2),
    degreesOfFreedom: Math.min(mostDegreesOfFreedom, priorDays + degreesOfFreedom),
    phi,
    correlation,
  };
}

/** Sums over the residuals of all blocks from their own means. */
interface PooledSums {
  squares: number;
  /** Of neighbouring days. */
  products: number;
  /** Pairs of neighbouring days. */
  pairs: number;
  /** Days. */
  count: number;
}

function poolResiduals(blocks: readonly (readonly Observation[])[]): PooledSums {
  let squares = 0;
  let products = 0;
  let pairs = 0;
  let count = 0;
  for (const block of blocks) {
    const centre = meanOfDays(block);
    block.forEach(({ day, value }, index) => {
      squares += (value - centre) ** 2;
      const previous = block[index - 1];
      if (previous?.day !== day - 1) return;
      products += (value - centre) * (previous.value - centre);
      pairs += 1;
    });
    count += block.length;
  }
  return { squares, products, pairs, count };
}

/**
 * φ from the pairs of neighbouring days, shrunk towards the prior's. Their correlation r is (1 − λ)·φ + λ·.97, so that
 * φ = (r − .97·λ)/(1 − λ).
 * @returns From 0 to {@link largestPhi}; the prior's with fewer than {@link leastPairs} pairs or with constant values.
 */
function estimatePhi({ squares, products, pairs, count }: PooledSums, prior: PopulationPrior, blocks: number): number {
  const isKnown = pairs >= leastPairs && squares > 0;
  if (!isKnown) return Math.min(largestPhi, Math.max(0, prior.phi));
  const r = correctForShortness(products / pairs / (squares / count), count / blocks);
  const measured = (r - slowCorrelation * prior.slowShare) / (1 - prior.slowShare);
  const phi = (priorPairs * prior.phi + pairs * measured) / (priorPairs + pairs);
  return Math.min(largestPhi, Math.max(0, phi));
}

/** r1 of short blocks is too small on average (Kendall 1954). */
function correctForShortness(r1: number, meanLength: number): number {
  return meanLength > leastCorrectedLength ? (meanLength * r1 + 1) / (meanLength - 4) : r1;
}

/** The variance of single days: the measured one and the prior's, weighted by degrees of freedom and {@link priorDays}. */
function shrinkVariance(squares: number, expected: number, degreesOfFreedom: number, priorSd: number): number {
  const measured = expected > 0 ? squares / expected : 0;
  return (priorDays * priorSd ** 2 + degreesOfFreedom * measured) / (priorDays + degreesOfFreedom);
}

/** (1 − λ)·φ^lag + λ·.97^lag. */
function correlationByLag(phi: number, slowShare: number, longestLag: number): CorrelationByLag {
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
 * The expected sum of squares around the blocks' own means, for days of variance 1, and the degrees of freedom of that
 * sum by Satterthwaite: E = Σ tr(MR), ν = E² / Σ tr(MRMR), with R the correlation of a block's days and M = I − J/n.
 */
function degreesOfFreedomOf(
  blocks: readonly (readonly Observation[])[],
  correlation: CorrelationByLag,
): { expected: number; degreesOfFreedom: number } {
  let expected = 0;
  let spread = 0;
  for (const block of blocks) {
    const n = block.length;
    const days = dayNumbersOf(block);
    const rows = new Float64Array(n).fill(1); // the diagonal
    let squares = n;
    for (let one = 1; one < n; one++) {
      for (let other = 0; other < one; other++) {
        const r = correlation[(days[one] ?? 0) - (days[other] ?? 0)] ?? 0;
        rows[one] = (rows[one] ?? 0) + r;
        rows[other] = (rows[other] ?? 0) + r;
        squares += 2 * r * r;
      }
    }
    let total = 0;
    let squaresOfRows = 0;
    for (const row of rows) {
      total += row;
      squaresOfRows += row * row;
    }
    expected += n - total / n;
    spread += squares - (2 * squaresOfRows) / n + (total / n) ** 2;
  }
  return { expected, degreesOfFreedom: spread > 0 ? expected ** 2 / spread : 0 };
}

/** The correlation of every day of one list with every day of another, added up. */
export function sumCorrelations(one: Int32Array, other: Int32Array, correlation: CorrelationByLag): number {
  let sum = 0;
  for (const day of one) {
    for (let index = 0; index < other.length; index++) {
      const lag = day - (other[index] ?? 0);
      sum += correlation[lag < 0 ? -lag : lag] ?? 0;
    }
  }
  return sum;
}

/**
 * The variance of the difference of two means, for days of variance 1: w'Rw, with w the weight of each day in the
 * difference and R the correlation of the days.
 */
export function varianceOfDifference(before: Int32Array, after: Int32Array, correlation: CorrelationByLag): number {
  const between = (one: Int32Array, other: Int32Array) =>
    sumCorrelations(one, other, correlation) / (one.length * other.length);
  return between(before, before) + between(after, after) - 2 * between(before, after);
}

/** A typed array, because a comparison goes through thousands of pairs of days. */
export function dayNumbersOf(observations: readonly Observation[]): Int32Array {
  const days = new Int32Array(observations.length);
  observations.forEach(({ day }, index) => {
    days[index] = day;
  });
  return days;
}

/** The mean of the days' values. Of an empty list it is NaN: the callers pass at least one day. */
export function meanOfDays(observations: readonly Observation[]): number {
  let sum = 0;
  for (const { value } of observations) sum += value;
  return sum / observations.length;
}
