import { monthDays } from "./day.ts";

/**
 * The prior: what is known about a metric from other people, before any day of the person in question is used. The
 * values are on the scale on which days are compared.
 */
export interface PopulationPrior {
  /** The SD of single days. */
  sd: number;
  /** φ: the correlation of neighbouring days, apart from slow changes over weeks. It is from 0 to 1. */
  phi: number;
  /** λ: the share of the variance that comes from slow changes over weeks. It is at least 0 and below 1. */
  slowShare: number;
}

/**
 * Comparisons of months, and of periods of 28 days or more, use a {@link PopulationPrior.slowShare} of at least this
 * number.
 */
export const leastSlowShareOfMonths = 0.25;

/**
 * Returns the λ (the share of slow changes in the variance) with which two periods are compared. It is the metric's own
 * λ, but at least a minimum. A minimum is needed because 90 days are too few to estimate λ.
 *
 * For periods of 28 days or more, the minimum is .25. If the true λ is .3 and nothing has changed, 5 to 6 % of pairs of
 * adjacent months are then called different. For shorter periods, the minimum is in proportion to their length, because
 * slow changes affect the mean of a week less than the mean of a month.
 * @param own The λ of the metric's prior.
 * @param days The calendar days of the shorter period.
 * @example
 * slowShareOver(0.1, 7); // 0.1
 * slowShareOver(0.1, 28); // 0.25
 */
export function slowShareOver(own: number, days: number): number {
  return Math.max(own, leastSlowShareOfMonths * Math.min(1, days / monthDays));
}
