import { longestLagOf } from "./correlation-by-lag.ts";
import { outOfRange } from "./out-of-range.ts";
import type { PopulationPrior } from "./population-prior.ts";
import { estimateResidualModel } from "./residual-model.ts";
import { dayNumbersOf, meanOfDays, type Observation } from "./series.ts";
import { testDifference } from "./t-distribution.ts";
import { varianceOfDifference } from "./variance-of-difference.ts";
import { estimateWeekdayEffect, offsetOn, type WeekdayEffect, weekdayIndex, weekdayNeedsDays } from "./weekday.ts";

/**
 * The measured days that a comparison of two periods uses, each list in ascending order. `before` holds the days of the
 * earlier period, and `after` holds the days of the later period. `history` holds days before the earlier period.
 */
export interface ComparedDays {
  history: readonly Observation[];
  before: readonly Observation[];
  after: readonly Observation[];
}

export interface DifferenceOptions {
  /**
   * What is known about the metric from other people. `slowShare` (the share of the variance that comes from slow
   * changes over weeks) is used unchanged. The caller has already adjusted it to the length of the periods with
   * `slowShareOver`.
   */
  prior: PopulationPrior;
  /** Lower limit of the estimated SD of single days. */
  sdFloor: number;
  /**
   * Whether the usual offset of each weekday (its difference from the mean of all days) is subtracted from the values.
   * Ignored when `history` (the days before the earlier period) has fewer than 28 measured days.
   */
  weekday?: boolean;
}

/** The difference between two periods with its uncertainty, on the scale of the values. */
export interface PeriodDifference {
  /**
   * The mean of the earlier period. If `isWeekdayAdjusted` is true, the usual difference of each weekday from the mean
   * of all days was subtracted first.
   */
  before: number;
  /**
   * The mean of the later period. If `isWeekdayAdjusted` is true, the usual difference of each weekday from the mean of
   * all days was subtracted first.
   */
  after: number;
  /** The mean of the later period minus the mean of the earlier period. */
  difference: number;
  /** Lower end of the 95 % interval of the difference. */
  low: number;
  /** Upper end of the 95 % interval of the difference. */
  high: number;
  /** The degrees of freedom of Student's t, from which the interval and `p` are computed. They are at most 20. */
  degreesOfFreedom: number;
  /** The two-sided p-value: the probability of a difference at least this large if nothing has changed. */
  p: number;
  /** The estimated SD of single days. */
  sd: number;
  /** The estimated correlation φ of neighbouring days, from 0 to 0.9. Slow changes over weeks are not part of it. */
  phi: number;
  /**
   * Whether the usual difference of each weekday from the mean of all days was subtracted before the means `before` and
   * `after` were computed.
   */
  isWeekdayAdjusted: boolean;
}

/**
 * A comparison uses the days before the earlier period only if at least this many of them were measured. With fewer
 * days, the spread around their mean would be too unreliable.
 */
const leastHistoryDays = 5;

/**
 * Estimates the difference between two periods of a few days or more. A single week does not show how much days vary,
 * or how much neighbouring days resemble one another. Days before the earlier period are therefore used to estimate the
 * variance and the correlation of days. The estimates are shrunk towards what is known of other people
 * ({@link estimateResidualModel}).
 *
 * The correlation of two days |i − j| apart is (1 − λ)·φ^|i−j| + λ·.97^|i−j|. The first term means that neighbouring
 * days resemble one another. The second term, with λ as its share of the variance, means that the level changes slowly
 * over weeks. Without the second term, one in six pairs of adjacent months would be called different although nothing
 * changed.
 *
 * The variance of the difference is s²·(w'Rw + m). s² is the variance of single days, and R is the matrix of their
 * correlations. w holds the weight of each day in the difference: −1/n for the n days of the earlier period, and 1/n
 * for the n days of the later period. m is the variance that the uncertainty of the weekday offsets adds, divided by
 * s².
 * @param days At least one day in `before` and one day in `after`.
 * @example estimateDifference({ history, before, after }, { prior: { sd: 2.3, phi: 0.4, slowShare: 0.15 }, sdFloor: 1 })
 * // { difference: 1.52, low: -1.44, high: 4.47, … }
 */
export function estimateDifference(
  days: ComparedDays,
  { prior, sdFloor, weekday }: DifferenceOptions,
): PeriodDifference {
  const weekdays = weekday && days.history.length >= weekdayNeedsDays ? estimateFrom(days.history) : null;
  const history = adjustForWeekdays(days.history, weekdays);
  const before = adjustForWeekdays(days.before, weekdays);
  const after = adjustForWeekdays(days.after, weekdays);
  const blocks = [
    ...(history.length >= leastHistoryDays ? [history] : []),
    ...[before, after].filter(({ length }) => length >= 2),
  ];
  const { variance, degreesOfFreedom, phi, correlation } = estimateResidualModel(blocks, {
    prior,
    sdFloor,
    longestLag: longestLagOf([...days.history, ...days.before, ...days.after]),
  });
  const [meanBefore, meanAfter] = [meanOfDays(before), meanOfDays(after)];
  const ofMeans = varianceOfDifference(dayNumbersOf(before), dayNumbersOf(after), correlation);
  const ofWeekdays = weekdays === null ? 0 : varianceOfMix(before, after, weekdays);
  const difference = meanAfter - meanBefore;
  return {
    before: meanBefore,
    after: meanAfter,
    difference,
    ...testDifference(difference, Math.sqrt(variance * (ofMeans + ofWeekdays)), degreesOfFreedom),
    degreesOfFreedom,
    sd: Math.sqrt(variance),
    phi,
    isWeekdayAdjusted: weekdays !== null,
  };
}

/**
 * The variance that the uncertainty of the weekday offsets adds to the difference of two periods, divided by the
 * variance of a single day. It is 0 when both periods contain the weekdays in the same proportions.
 */
function varianceOfMix(
  before: readonly Observation[],
  after: readonly Observation[],
  { variances }: WeekdayEffect,
): number {
  const [sharesBefore, sharesAfter] = [weekdayShares(before), weekdayShares(after)];
  return variances.reduce((sum, variance, day) => {
    const moved = (sharesAfter[day] ?? outOfRange(day)) - (sharesBefore[day] ?? outOfRange(day));
    return sum + moved ** 2 * variance;
  }, 0);
}

function weekdayShares(observations: readonly Observation[]): number[] {
  const shares = new Array<number>(7).fill(0);
  for (const { day } of observations) {
    const weekday = weekdayIndex(day);
    shares[weekday] = (shares[weekday] ?? outOfRange(weekday)) + 1 / observations.length;
  }
  return shares;
}

function estimateFrom(history: readonly Observation[]): WeekdayEffect {
  return estimateWeekdayEffect(
    history.map(({ value }) => value),
    history.map(({ day }) => day),
  );
}

/**
 * Subtracts from each value the usual offset of its weekday (the difference of that weekday from the mean of all days).
 */
function adjustForWeekdays(
  observations: readonly Observation[],
  weekdays: WeekdayEffect | null,
): readonly Observation[] {
  if (weekdays === null) return observations;
  return observations.map(({ day, value }) => ({ day, value: value - offsetOn(day, weekdays) }));
}
