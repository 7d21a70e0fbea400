/**
 * A model of how single days vary around a level, and of how much two days resemble one another. A comparison of
 * periods or of months needs the model to tell a real difference from ordinary variation. docs/analytics.md, *Two
 * periods*, gives the reasons for the method and for its constants.
 */
import { monthDays } from "./day.ts";
import type { Observation } from "./series.ts";

/**
 * What is known about a metric from other people, before any day of the person in question is used. The values are on
 * the scale on which days are compared.
 */
export interface PopulationPrior {
  /** The SD of single days. */
  sd: number;
  /** The correlation φ of neighbouring days, from 0 to 1. Slow changes over weeks are not part of it. */
  phi: number;
  /** The share λ of the variance that comes from slow changes over weeks. λ is at least 0 and below 1. */
  slowShare: number;
}

export interface ResidualOptions {
  prior: PopulationPrior;
  /** Lower limit of the estimated SD of single days, on the scale of the values. */
  sdFloor: number;
  /** The correlation of two days is computed for distances from 0 to this many days. */
  longestLag: number;
}

/**
 * How single days vary around the mean of their block. A block is a list of days with the same mean level, such as a
 * period or a month.
 */
export interface ResidualModel {
  /**
   * The variance of single days, in the square of the unit of the values. It is at least the square of `sdFloor`, the
   * lower limit of the SD.
   */
  variance: number;
  /**
   * The degrees of freedom of the estimated variance, at most 20. Eight of them come from the prior (what is known from
   * other people).
   */
  degreesOfFreedom: number;
  /** The estimated correlation φ of neighbouring days, from 0 to {@link largestPhi}. */
  phi: number;
  correlation: CorrelationByLag;
}

/**
 * The correlation between the values of two days. The index in the array is the number of days between the two days.
 */
export type CorrelationByLag = Float64Array;

/**
 * The weight of the prior SD (the SD of other people's days) in the estimated SD. The prior SD counts like an SD
 * measured with 8 degrees of freedom. An SD with 8 degrees of freedom is uncertain by about a quarter. The SDs of
 * different people also differ by about a quarter.
 */
const priorDays = 8;

/**
 * The weight of the prior φ in the estimated φ, the correlation of neighbouring days. The prior φ comes from other
 * people, and counts like a φ measured on 30 pairs of days. Such a φ is uncertain by about .18 (1/√30). The φ of
 * different people also differs by about .18.
 */
const priorPairs = 30;

/**
 * φ, the correlation of neighbouring days, is measured only if there are at least this many pairs of neighbouring days.
 * With fewer pairs, φ is taken from the prior (what is known from other people).
 */
const leastPairs = 5;

/**
 * One part of the variation between days comes from slow changes over weeks. In this part, neighbouring days have this
 * correlation, and days that are 23 days apart have a correlation of one half.
 */
const slowCorrelation = 0.97;

/**
 * The upper limit of φ, the correlation of neighbouring days. In three months of data, a larger φ cannot be told apart
 * from slow changes over weeks. A larger φ would also make the expected sum of squares nearly 0, and the variance is
 * computed by dividing by that sum.
 */
const largestPhi = 0.9;

/**
 * The upper limit of the degrees of freedom. Satterthwaite's formula takes the correlation of days as known, although
 * the correlation is partly estimated and partly assumed. The limit makes up for this: with 20 degrees of freedom, a
 * 95 % interval is 6 % wider than with a known variance.
 */
const mostDegreesOfFreedom = 20;

/**
 * The correlation r of neighbouring days is corrected only if blocks (lists of days with the same mean level) have more
 * days than this on average. Kendall's correction divides by n − 4, where n is the number of days. For blocks of about
 * four days, the corrected r would become very large.
 */
const leastCorrectedLength = 4.5;

/**
 * λ is the share of the variance that comes from slow changes over weeks. Comparisons of months, and of periods of 28
 * days or more, use a λ of at least this number.
 */
export const leastSlowShareOfMonths = 0.25;

/**
 * Returns λ for the comparison of two periods: the metric's own λ or a minimum, whichever is larger. λ is the share of
 * the variance that comes from slow changes over weeks. A minimum is needed because 90 days are too few to estimate λ.
 * For periods of 28 days or more, the minimum is .25. With this minimum, 5 to 6 % of pairs of adjacent months are
 * called different although nothing changed, if the true λ is .3. For shorter periods, the minimum is in proportion to
 * their length, because slow changes affect the mean of a week less than that of a month.
 * @param own The metric's own λ, from its prior (what is known from other people).
 * @param days The calendar days of the shorter period.
 * @example slowShareOver(0.1, 7) // 0.1
 * @example slowShareOver(0.1, 28) // 0.25
 */
export function slowShareOver(own: number, days: number): number {
  return Math.max(own, leastSlowShareOfMonths * Math.min(1, days / monthDays));
}

/**
 * Estimates the variance of single days and their correlation from blocks of days, each with a level of its own. Both
 * estimates are shrunk towards what is known of other people.
 * @param blocks Each block holds at least two days, in ascending order.
 * @example
 * // Three days of 50, 52 and 54 have the mean 52 and the sum of squares 4 + 0 + 4 = 8. Two pairs of neighbouring days are
 * // too few to estimate φ, so φ is the prior's value 0.
 * estimateResidualModel([block], { prior: { sd: 2, phi: 0, slowShare: 0 }, sdFloor: 1, longestLag: 2 })
 * // With φ and λ of 0 the days are independent. Their correlation is [1, 0, 0], and the sum of squares has 3 − 1 = 2
 * // degrees of freedom. The measured variance is 8 / 2 = 4, and the prior's variance is 2² = 4. Their weights are 2 and 8:
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

/**
 * Sums over the days of all blocks (lists of days with the same mean level). A residual is the value of a day minus the
 * mean of its block.
 */
interface PooledSums {
  squares: number;
  /** Every pair of neighbouring days gives one product of two residuals. `products` is the sum over all pairs. */
  products: number;
  /** The number of pairs of neighbouring days. */
  pairs: number;
  /** The number of days in all blocks. */
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
 * Estimates φ (the correlation of neighbouring days, apart from slow changes over weeks). The estimate is shrunk
 * towards the prior φ of other people. λ is the prior's `slowShare` (the share of the variance that comes from slow
 * changes over weeks), and .97 is {@link slowCorrelation}. The correlation r of neighbouring days is (1 − λ)·φ + λ·.97.
 * Therefore φ = (r − .97·λ)/(1 − λ).
 * @returns A value from 0 to {@link largestPhi}. With fewer than {@link leastPairs} pairs or with constant values, it
 * is the prior's φ.
 */
function estimatePhi({ squares, products, pairs, count }: PooledSums, prior: PopulationPrior, blocks: number): number {
  const isKnown = pairs >= leastPairs && squares > 0;
  if (!isKnown) return Math.min(largestPhi, Math.max(0, prior.phi));
  const r = correctForShortness(products / pairs / (squares / count), count / blocks);
  const measured = (r - slowCorrelation * prior.slowShare) / (1 - prior.slowShare);
  const phi = (priorPairs * prior.phi + pairs * measured) / (priorPairs + pairs);
  return Math.min(largestPhi, Math.max(0, phi));
}

/**
 * Corrects r1, the measured correlation of neighbouring days. If blocks (lists of days with the same mean level) are
 * short, r1 is too small on average (Kendall 1954).
 */
function correctForShortness(r1: number, meanLength: number): number {
  return meanLength > leastCorrectedLength ? (meanLength * r1 + 1) / (meanLength - 4) : r1;
}

/**
 * The variance of single days: the weighted mean of the measured variance and the prior variance (of other people's
 * days). The weight of the measured variance is its number of degrees of freedom. The weight of the prior variance is
 * {@link priorDays}.
 */
function shrinkVariance(squares: number, expected: number, degreesOfFreedom: number, priorSd: number): number {
  const measured = expected > 0 ? squares / expected : 0;
  return (priorDays * priorSd ** 2 + degreesOfFreedom * measured) / (priorDays + degreesOfFreedom);
}

/**
 * The correlation of two days for each lag (the number of days between them): (1 − λ)·φ^lag + λ·.97^lag. φ is the
 * correlation of neighbouring days, and λ is `slowShare`, the share of the variance that comes from slow changes over
 * weeks.
 */
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
 * Two properties of the sum of squared residuals, if the variance of a single day is 1. A residual is the value of a
 * day minus the mean of its block. The expected sum is E = Σ tr(MR). The degrees of freedom by Satterthwaite are
 * ν = E² / Σ tr(MRMR). R is the correlation matrix of a block's days. M = I − J/n subtracts the mean of the block (I is
 * the identity matrix, J holds only ones).
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
    const rows = new Float64Array(n).fill(1); // the correlation of each day with itself
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

/** Adds up the correlations of every day of one list with every day of the other list. */
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
 * The variance of the difference of two means, if the variance of a single day is 1. It is w'Rw, where w holds the
 * weight of each day in the difference and R is the correlation matrix of the days.
 */
export function varianceOfDifference(before: Int32Array, after: Int32Array, correlation: CorrelationByLag): number {
  const between = (one: Int32Array, other: Int32Array) =>
    sumCorrelations(one, other, correlation) / (one.length * other.length);
  return between(before, before) + between(after, after) - 2 * between(before, after);
}

/**
 * The day numbers of the observations. They are in a typed array for speed, because a comparison goes through thousands
 * of pairs of days.
 */
export function dayNumbersOf(observations: readonly Observation[]): Int32Array {
  const days = new Int32Array(observations.length);
  observations.forEach(({ day }, index) => {
    days[index] = day;
  });
  return days;
}

/** The mean of the days' values. It is NaN for an empty list, but all callers pass at least one day. */
export function meanOfDays(observations: readonly Observation[]): number {
  let sum = 0;
  for (const { value } of observations) sum += value;
  return sum / observations.length;
}
