import { longestLagOf } from "./correlation-by-lag.ts";
import { outOfRange } from "./out-of-range.ts";
import type { PopulationPrior } from "./population-prior.ts";
import { estimateResidualModel } from "./residual-model.ts";
import { dayNumbersOf, meanOfDays, type Observation } from "./series.ts";
import { testDifference } from "./t-distribution.ts";
import { varianceOfDifference } from "./variance-of-difference.ts";
import { weekdayIndex } from "./weekday.ts";
import { estimateWeekdayEffect, offsetOn, type WeekdayEffect, weekdayNeedsDays } from "./weekday-effect.ts";

/**
 * The measured days that a comparison of two periods uses, each list in ascending order. `before` is the earlier
 * period, `after` the later period, and `history` the days before the earlier period.
 */
export interface ComparedDays {
  history: readonly Observation[];
  before: readonly Observation[];
  after: readonly Observation[];
}

export interface DifferenceOptions {
  /** The caller has adjusted `slowShare` to the length of the periods, with {@link slowShareOver}. */
  prior: PopulationPrior;
  /** The lower limit of `sd` in the result. */
  sdFloor: number;
  /** Whether weekday offsets are subtracted from the values. Ignored when `history` has fewer than 28 measured days. */
  weekday?: boolean;
}

/**
 * The means of two periods, and their difference (`after` minus `before`), on the scale of the values. If
 * `isWeekdayAdjusted` is true, weekday offsets were subtracted from the values first.
 */
export interface PeriodDifference {
  before: number;
  after: number;
  difference: number;
  /** `low` and `high` are the ends of the 95 % interval of the difference. */
  low: number;
  high: number;
  /** The degrees of freedom of Student's t, from which the interval and `p` are computed. They are at most 20. */
  degreesOfFreedom: number;
  /** The two-sided p-value: the probability of a difference at least this large if nothing has changed. */
  p: number;
  /** The estimated SD of single days. */
  sd: number;
  /** The estimated {@link PopulationPrior.phi}, from 0 to .9. */
  phi: number;
  isWeekdayAdjusted: boolean;
}

/** With fewer days, the spread of the history around its mean would be too unreliable. */
const leastHistoryDays = 5;

/**
 * Estimates the difference between two periods of a few days or more. A single week does not show how much days vary,
 * or how much neighbouring days resemble one another, so {@link estimateResidualModel} also uses the days of the
 * history.
 *
 * The variance of the difference is s²·(wᵀRw + m). s² is the variance of single days, R is the matrix of their
 * correlations, and w holds the weight of each day in the difference ({@link varianceOfDifference}). m is the variance
 * that the uncertainty of the weekday offsets adds, divided by s².
 * @param days At least one day in `before` and one day in `after`.
 * @example
 * // Days that alternate between two values. The later period is 3 higher.
 * const daysFrom = (first, count, level) =>
 *   Array.from({ length: count }, (_, index) => ({ day: first + index, value: level + 2 * (index % 2) }));
 * const days = { history: daysFrom(20000, 60, 50), before: daysFrom(20060, 14, 50), after: daysFrom(20074, 14, 53) };
 * estimateDifference(days, { prior: { sd: 2.3, phi: 0.4, slowShare: 0.15 }, sdFloor: 1 });
 * // { before: 51, after: 54, difference: 3, low: 1.894…, high: 4.105…, degreesOfFreedom: 20, sd: 1.234…, phi: 0, … }
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
 * The offset of each weekday is only an estimate, and the errors of the offsets make the difference of two periods less
 * certain. This function returns the variance that the errors add, divided by the variance of a single day. It is 0
 * when both periods contain the weekdays in the same proportions.
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

function adjustForWeekdays(
  observations: readonly Observation[],
  weekdays: WeekdayEffect | null,
): readonly Observation[] {
  if (weekdays === null) return observations;
  return observations.map(({ day, value }) => ({ day, value: value - offsetOn(day, weekdays) }));
}
