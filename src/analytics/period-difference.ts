import type { Observation } from "./series.ts";
import { tQuantile, twoSidedP } from "./t-distribution.ts";
import { estimateWeekdayEffect, offsetOn, type WeekdayEffect, weekdayIndex, weekdayNeedsDays } from "./weekday.ts";

/** What is known about a metric before anything is known about the wearer, on the scale of the compared values. */
export interface PopulationPrior {
  /** The SD of single days. */
  sd: number;
  /** φ: the correlation of neighbouring days, apart from the slow part; from 0 to 1. */
  phi: number;
  /** λ: the share of the variance that wanders slowly, over weeks. */
  wander: number;
}

/** The measured days of both periods, and those before the earlier period. Each list ascends. */
export interface ComparedDays {
  history: readonly Observation[];
  before: readonly Observation[];
  after: readonly Observation[];
}

export interface DifferenceOptions {
  prior: PopulationPrior;
  /** Lower limit of the SD. */
  sdFloor: number;
  /** Whether the usual difference of each weekday is removed. It needs 28 days of history. */
  weekday?: boolean;
}

/** The difference of two periods with its uncertainty, on the scale of the values. */
export interface PeriodDifference {
  /** Mean of the earlier period. Where `isWeekdayRemoved`, of its values minus the usual offset of their weekday. */
  before: number;
  /** Mean of the later period, of the same kind. */
  after: number;
  /** After minus before. */
  difference: number;
  /** Lower end of the 95 % interval of the difference. */
  low: number;
  /** Upper end of that interval. */
  high: number;
  /** Of Student's t for the interval and p; at most 20. */
  degreesOfFreedom: number;
  /** Two-sided probability of a difference at least this large without a change. */
  p: number;
  /** The estimated SD of single days. */
  sd: number;
  /** The estimated φ, from 0 to 0.9. */
  phi: number;
  /** Whether the offsets of weekdays were subtracted before anything else was computed. */
  isWeekdayRemoved: boolean;
}

/** The prior SD counts as much as this many days, the prior φ as much as this many pairs of neighbouring days. */
const priorDays = 8;
const priorPairs = 30;

/** With fewer pairs of neighbouring days, φ is the prior's. */
const leastPairs = 5;

/** The correlation of the slow part between neighbouring days: it halves in 23 days. */
const slowCorrelation = 0.97;

const largestPhi = 0.9;
const mostDegreesOfFreedom = 20;

/** A shorter history has no mean of its own to speak of. */
const leastHistoryDays = 5;

/**
 * The difference of two periods of a few days or more. A week alone does not tell how much its days vary and how much
 * they resemble one another. Both are therefore estimated from the days before as well, and shrunk towards what is known
 * of other people. The correlation of two days |i − j| apart is (1 − λ)·φ^|i−j| + λ·.97^|i−j|: neighbours resemble one
 * another, and the level wanders over weeks. Without the second part, two adjacent months of which nothing is known
 * "differ" in one case of six.
 * @param days At least one day in `before` and in `after`.
 * @example estimateDifference({ history, before, after }, { prior: { sd: 2.3, phi: 0.4, wander: 0.15 }, sdFloor: 1 })
 * // { difference: 1.52, low: -1.44, high: 4.47, … }
 */
export function estimateDifference(
  days: ComparedDays,
  { prior, sdFloor, weekday }: DifferenceOptions,
): PeriodDifference {
  const weekdays = weekday && days.history.length >= weekdayNeedsDays ? estimateFrom(days.history) : null;
  const history = removeWeekdays(days.history, weekdays);
  const before = removeWeekdays(days.before, weekdays);
  const after = removeWeekdays(days.after, weekdays);
  const blocks = [
    ...(history.length >= leastHistoryDays ? [history] : []),
    ...[before, after].filter(({ length }) => length >= 2),
  ];
  const { variance, degreesOfFreedom, phi, correlation } = estimateResidualModel(
    blocks,
    prior,
    sdFloor,
    spanOf([...days.history, ...days.before, ...days.after]),
  );
  const [early, late] = [meanOf(before), meanOf(after)];
  const difference = late - early;
  const share =
    varianceOfDifference(before, after, correlation) + (weekdays ? varianceOfMix(before, after, weekdays) : 0);
  const error = Math.sqrt(variance * share);
  const reach = tQuantile(0.975, degreesOfFreedom) * error;
  return {
    before: early,
    after: late,
    difference,
    low: difference - reach,
    high: difference + reach,
    degreesOfFreedom,
    p: error > 0 ? twoSidedP(difference / error, degreesOfFreedom) : difference === 0 ? 1 : 0,
    sd: Math.sqrt(variance),
    phi,
    isWeekdayRemoved: weekdays !== null,
  };
}

/** How single days vary around the mean of their block. */
export interface ResidualModel {
  /** Of single days, on the scale of the values squared; not below the floor. */
  variance: number;
  /** Of the estimate of `variance`, those of the prior included. */
  degreesOfFreedom: number;
  phi: number;
  correlation: CorrelationByLag;
}

/** The correlation of two days, by the number of days between them. */
export type CorrelationByLag = Float64Array;

/**
 * The variance of single days and their correlation, from stretches that each have a level of their own.
 * @param blocks Ascending days each; of two or more.
 * @param longestLag The most days between two days for which a correlation is needed.
 */
export function estimateResidualModel(
  blocks: readonly (readonly Observation[])[],
  prior: PopulationPrior,
  sdFloor: number,
  longestLag: number,
): ResidualModel {
  const sums = poolResiduals(blocks);
  const phi = estimatePhi(sums, prior, blocks.length);
  const correlation = correlationByLag(phi, prior.wander, longestLag);
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
    const centre = meanOf(block);
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
 * φ from the pairs of neighbouring days, without what the slow part adds to their correlation, shrunk towards the prior's.
 * @returns From 0 to {@link largestPhi}; the prior's with fewer than {@link leastPairs} pairs or constant values.
 */
function estimatePhi({ squares, products, pairs, count }: PooledSums, prior: PopulationPrior, blocks: number): number {
  const { wander } = prior;
  let phi = prior.phi;
  if (pairs >= leastPairs && squares > 0) {
    const r = correctForShortness(products / pairs / (squares / count), count / blocks);
    phi = (priorPairs * prior.phi + (pairs * (r - slowCorrelation * wander)) / (1 - wander)) / (priorPairs + pairs);
  }
  return Math.min(largestPhi, Math.max(0, phi));
}

/** The variance of single days: the measured one and the prior's, weighted by degrees of freedom and {@link priorDays}. */
function shrinkVariance(squares: number, expected: number, degreesOfFreedom: number, priorSd: number): number {
  const measured = expected > 0 ? squares / expected : 0;
  return (priorDays * priorSd ** 2 + degreesOfFreedom * measured) / (priorDays + degreesOfFreedom);
}

function correlationByLag(phi: number, wander: number, longestLag: number): CorrelationByLag {
  const correlation = new Float64Array(longestLag + 1);
  let [quick, slow] = [1 - wander, wander];
  for (let lag = 0; lag <= longestLag; lag++) {
    correlation[lag] = quick + slow;
    quick *= phi;
    slow *= slowCorrelation;
  }
  return correlation;
}

/** r1 of short stretches is too small on average (Kendall 1954). */
function correctForShortness(r1: number, meanLength: number): number {
  return meanLength > 4.5 ? (meanLength * r1 + 1) / (meanLength - 4) : r1;
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

/** The variance of the difference of two means, for days of variance 1: w'Rw. */
function varianceOfDifference(
  before: readonly Observation[],
  after: readonly Observation[],
  correlation: CorrelationByLag,
): number {
  const [early, late] = [dayNumbersOf(before), dayNumbersOf(after)];
  const between = (one: Int32Array, other: Int32Array) =>
    sumCorrelations(one, other, correlation) / (one.length * other.length);
  return between(early, early) + between(late, late) - 2 * between(early, late);
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

/** A typed array, because a comparison goes through thousands of pairs of days. */
export function dayNumbersOf(observations: readonly Observation[]): Int32Array {
  const days = new Int32Array(observations.length);
  observations.forEach(({ day }, index) => {
    days[index] = day;
  });
  return days;
}

/**
 * What the uncertainty of the weekday offsets adds to the variance of the difference, for days of variance 1. Nothing
 * where both periods have the same weekdays.
 */
function varianceOfMix(
  before: readonly Observation[],
  after: readonly Observation[],
  { variances }: WeekdayEffect,
): number {
  const [early, late] = [weekdayShares(before), weekdayShares(after)];
  return variances.reduce((sum, variance, day) => sum + ((late[day] ?? 0) - (early[day] ?? 0)) ** 2 * variance, 0);
}

function weekdayShares(observations: readonly Observation[]): number[] {
  const shares = new Array<number>(7).fill(0);
  for (const { day } of observations) {
    const weekday = weekdayIndex(day);
    shares[weekday] = (shares[weekday] ?? 0) + 1 / observations.length;
  }
  return shares;
}

function estimateFrom(history: readonly Observation[]): WeekdayEffect {
  return estimateWeekdayEffect(
    history.map(({ value }) => value),
    history.map(({ day }) => day),
  );
}

function removeWeekdays(observations: readonly Observation[], weekdays: WeekdayEffect | null): readonly Observation[] {
  if (weekdays === null) return observations;
  return observations.map(({ day, value }) => ({ day, value: value - offsetOn(day, weekdays) }));
}

/** Days from the first to the last. */
function spanOf(observations: readonly Observation[]): number {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { day } of observations) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  return last - first;
}

function meanOf(observations: readonly Observation[]): number {
  let sum = 0;
  for (const { value } of observations) sum += value;
  return sum / observations.length;
}
