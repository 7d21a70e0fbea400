import {
  dayNumbersOf,
  estimateResidualModel,
  meanOfDays,
  type PopulationPrior,
  varianceOfDifference,
} from "./residual-model.ts";
import type { Observation } from "./series.ts";
import { testDifference } from "./t-distribution.ts";
import { estimateWeekdayEffect, offsetOn, type WeekdayEffect, weekdayIndex, weekdayNeedsDays } from "./weekday.ts";

/** The measured days of both periods, and those before the earlier period. Each list ascends. */
export interface ComparedDays {
  history: readonly Observation[];
  before: readonly Observation[];
  after: readonly Observation[];
}

export interface DifferenceOptions {
  /** Its λ is used as it is: the caller has already raised it for the length of the periods (`slowShareOver`). */
  prior: PopulationPrior;
  /** Lower limit of the SD. */
  sdFloor: number;
  /** Whether the days are weekday-adjusted. It needs 28 days of history. */
  weekday?: boolean;
}

/** The difference of two periods with its uncertainty, on the scale of the values. */
export interface PeriodDifference {
  /** Mean of the earlier period. Where `isWeekdayAdjusted`, of its values minus the usual offset of their weekday. */
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
  isWeekdayAdjusted: boolean;
}

/** A shorter history is left out: the mean of so few days is mostly noise, so that little can be said of their spread around it. */
const leastHistoryDays = 5;

/**
 * The difference of two periods of a few days or more. A week alone does not tell how much its days vary and how much
 * they resemble one another. Both are therefore estimated from the days before as well, and shrunk towards what is known
 * of other people ({@link estimateResidualModel}). The correlation of two days |i − j| apart is
 * (1 − λ)·φ^|i−j| + λ·.97^|i−j|: neighbours resemble one another, and the level wanders over weeks. Without λ,
 * two adjacent months between which nothing changed are called different in one case of six.
 *
 * The variance of the difference is s²·(w'Rw + what the weekday offsets add): s² is the variance of single days, R their
 * correlation, and w the weight of each day in the difference (−1/n before, 1/n after).
 * @param days At least one day in `before` and in `after`.
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
 * What the uncertainty of the weekday offsets adds to the variance of the difference, for days of variance 1. Nothing
 * where both periods have the same weekdays.
 */
function varianceOfMix(
  before: readonly Observation[],
  after: readonly Observation[],
  { variances }: WeekdayEffect,
): number {
  const [sharesBefore, sharesAfter] = [weekdayShares(before), weekdayShares(after)];
  return variances.reduce(
    (sum, variance, day) => sum + ((sharesAfter[day] ?? 0) - (sharesBefore[day] ?? 0)) ** 2 * variance,
    0,
  );
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

/** Subtracts the usual difference of each weekday. */
function adjustForWeekdays(
  observations: readonly Observation[],
  weekdays: WeekdayEffect | null,
): readonly Observation[] {
  if (weekdays === null) return observations;
  return observations.map(({ day, value }) => ({ day, value: value - offsetOn(day, weekdays) }));
}

/** The most days between two of them. */
function longestLagOf(observations: readonly Observation[]): number {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { day } of observations) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  return last - first;
}
