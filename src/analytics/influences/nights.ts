import { autocorrelationOf } from "../autocorrelation.ts";
import { isWeekend } from "../weekday-mix.ts";
import { type Basis, createBasis, residualsOf, subtractProjection } from "./projection.ts";
import { normalScores } from "./ranks.ts";
import { createWhitening } from "./whitening.ts";

/**
 * The nights on which one outcome (a metric of the night) was measured, as lists with one value per night. All
 * comparisons of the outcome use these lists.
 */
export interface Nights {
  /** The days of waking up, in days since 1970-01-01, ascending, with at most one night per day. */
  days: readonly number[];
  /** The measured outcome (a metric of the night) for each night, in the outcome's unit. */
  outcomes: Float64Array;
  /** The normal scores of `outcomes` (the normal quantiles of their ranks). */
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
 * Prepares the nights of one outcome (a metric of the night) for comparisons.
 * @param days The days of waking up, in days since 1970-01-01, ascending, with at most one night per day.
 * @param outcomes The outcome of each night, in the outcome's unit.
 * @returns Lists with one value per night, in the order of `days`. The lists are empty if there is no night.
 * @example createNights([20_000, 20_001], [54, 57]).drift // Float64Array [-1, 0]
 */
export function createNights(days: readonly number[], outcomes: readonly number[]): Nights {
  const middle = days[days.length >> 1] ?? 0;
  return {
    days,
    outcomes: new Float64Array(outcomes),
    scores: normalScores(outcomes),
    level: new Float64Array(days.length).fill(1),
    drift: new Float64Array(days.map((day) => day - middle)),
    weekend: new Float64Array(days.map((day) => (isWeekend(day) ? 1 : 0))),
  };
}

/**
 * Turns the values of a factor, such as alcohol, into a covariate for the same nights. Unknown values are replaced by
 * the mean of the known values.
 */
export function createCovariate(values: readonly (number | null)[]): Float64Array {
  const covariate = new Float64Array(values.length);
  let sum = 0;
  let known = 0;
  for (const value of values) {
    if (value === null) continue;
    sum += value;
    known += 1;
  }
  const ordinary = sum / Math.max(1, known);
  values.forEach((value, index) => {
    covariate[index] = value ?? ordinary;
  });
  return covariate;
}

/**
 * The number of rounds in which the autocorrelation is estimated. A fourth round would change the estimate by less than
 * 0.01.
 */
const autocorrelationRounds = 3;

/**
 * The autocorrelation of an outcome (a metric of the night) in consecutive nights. The effects of weekends, drift and
 * the given covariates are first subtracted from the outcome. Normal scores of the outcome (normal quantiles of its
 * ranks) are used, so that no single night dominates the estimate. The estimate is repeated in rounds. Each round first
 * removes the autocorrelation estimated so far (whitening) and then fits the covariates again (Cochrane & Orcutt 1949).
 * Without whitening, least squares would attribute part of the autocorrelation to a habit that depends on the night
 * before.
 * @returns From 0 to 0.95.
 */
export function estimateNightAutocorrelation(nights: Nights, covariates: readonly Float64Array[]): number {
  const { days, level, drift, weekend, scores } = nights;
  let phi = 0;
  for (let round = 0; round < autocorrelationRounds; round++) {
    const { whiten, unwhiten } = createWhitening(days, phi);
    const basis = createBasis([level, drift, weekend, ...covariates].map(whiten));
    const residuals = whiten(scores);
    subtractProjection(basis, residuals);
    phi = autocorrelationOf(days, unwhiten(residuals), 2);
  }
  return phi;
}

/** Nights whose values are whitened (transformed so that consecutive nights are uncorrelated). */
export interface WhitenedNights extends Nights {
  /** Removes the autocorrelation (whitens) from a list with one value per night. */
  whiten(values: Float64Array): Float64Array;
}

/**
 * Whitens all lists of the nights, so that consecutive nights are uncorrelated.
 * @param phi The autocorrelation of consecutive nights, from {@link estimateNightAutocorrelation}.
 */
export function whitenNights(nights: Nights, phi: number): WhitenedNights {
  const { whiten } = createWhitening(nights.days, phi);
  return {
    days: nights.days,
    outcomes: whiten(nights.outcomes),
    scores: whiten(nights.scores),
    level: whiten(nights.level),
    drift: whiten(nights.drift),
    weekend: whiten(nights.weekend),
    whiten,
  };
}

/**
 * An outcome (a metric of the night), after subtracting what the covariates explain. The nights are whitened
 * (transformed so that consecutive nights are uncorrelated).
 */
export interface AdjustedOutcome {
  nights: WhitenedNights;
  /** An orthonormal basis of the whitened covariates. */
  basis: Basis;
  /**
   * The outcome (a metric of the night) of each night, after subtracting what the covariates explain, in the outcome's
   * unit.
   */
  outcomes: Float64Array;
  /** The residuals of the outcome's normal scores. */
  scores: Float64Array;
  /** A buffer for the residuals of a regression. Every regression overwrites the buffer. */
  spare: Float64Array;
}

/**
 * Subtracts from the outcome what the covariates explain: weekends, a linear drift, and the given covariates (other
 * factors found for the same outcome). The effect of weekends is subtracted, because both habits and sleep differ on
 * weekends. The drift is subtracted, because two series that both drift over a season are correlated even if they are
 * unrelated.
 * @param adjustsForWeekend False if the compared factor is the weekend itself.
 */
export function adjustOutcome(
  nights: WhitenedNights,
  adjustsForWeekend: boolean,
  covariates: readonly Float64Array[],
): AdjustedOutcome {
  const { level, drift, weekend, whiten, outcomes, scores } = nights;
  const basis = createBasis([level, drift, ...(adjustsForWeekend ? [weekend] : []), ...covariates.map(whiten)]);
  return {
    nights,
    basis,
    outcomes: residualsOf(basis, outcomes),
    scores: residualsOf(basis, scores),
    spare: new Float64Array(outcomes.length),
  };
}
