import { outOfRange } from "../out-of-range.ts";
import { isWeekend } from "../weekday.ts";
import { normalScores } from "./normal-scores.ts";

/**
 * The nights on which one outcome was measured, as lists with one value per night. All comparisons of the outcome use
 * these lists.
 */
export interface Nights {
  /** The days of waking up, in days since 1970-01-01, ascending, with at most one night per day. */
  days: readonly number[];
  /** The measured outcome of each night, in the outcome's unit. */
  outcomes: Float64Array;
  scores: Float64Array;
  /** The value 1 for every night. This constant is a covariate of every comparison. */
  level: Float64Array;
  /** The number of days from the middle night to each night. This linear drift is a covariate of every comparison. */
  drift: Float64Array;
  /**
   * The value 1 on weekends, else 0. This list is a covariate of every comparison, unless the factor is the weekend
   * itself.
   */
  weekend: Float64Array;
}

/**
 * Prepares the nights of one outcome for comparisons.
 * @param days The days of waking up, in days since 1970-01-01, ascending, with at most one night per day.
 * @returns The lists are empty if there is no night.
 * @example createNights([20_000, 20_001], [54, 57]).drift // Float64Array [-1, 0]
 */
export function createNights(days: readonly number[], outcomes: readonly number[]): Nights {
  const middle = days.length >> 1;
  return {
    days,
    outcomes: new Float64Array(outcomes),
    scores: normalScores(outcomes),
    level: new Float64Array(days.length).fill(1),
    drift: new Float64Array(days.map((day) => day - (days[middle] ?? outOfRange(middle)))),
    weekend: new Float64Array(days.map((day) => (isWeekend(day) ? 1 : 0))),
  };
}
