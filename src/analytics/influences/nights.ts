import { autocorrelationOf } from "../autocorrelation.ts";
import { isWeekend } from "../weekday-mix.ts";
import { type Basis, createBasis, residualsOf, subtractProjection } from "./projection.ts";
import { normalScores } from "./ranks.ts";
import { createWhitening } from "./whitening.ts";

/** The nights of one outcome, with one value per night in every list. Computed once for all comparisons. */
export interface Nights {
  /** Day numbers of the mornings, ascending, at most one a day. */
  days: readonly number[];
  /** In the outcome's unit. */
  outcomes: Float64Array;
  scores: Float64Array;
  /** Covariates of every comparison: a constant level, a linear drift, the weekend. */
  level: Float64Array;
  drift: Float64Array;
  weekend: Float64Array;
}

/**
 * Lays out nights for comparison.
 * @param days Day numbers of the mornings, ascending, at most one a day.
 * @param outcomes One per day, in the outcome's unit.
 * @returns All lists in the order of `days`. `drift` is in days from the middle night; `weekend` is 1 or 0. Empty lists
 * where there is no night.
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

/** Another factor of the same nights as a covariate. Unknown values are replaced by the mean of the known ones. */
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

/** Further rounds change the estimate by less than 0.01. */
const autocorrelationRounds = 3;

/**
 * The autocorrelation of consecutive nights after weekends, drift and the given covariates are subtracted. It uses normal scores,
 * so that no single night dominates it. The covariates are estimated again on nights whitened with the last estimate
 * (Cochrane & Orcutt 1949): if a habit depends on the night before, plain least squares would ascribe part of the
 * autocorrelation to it.
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

/** Nights with all lists whitened, so that consecutive nights are uncorrelated. */
export interface WhitenedNights extends Nights {
  /** Whitens a series of the same nights. */
  whiten(values: Float64Array): Float64Array;
}

/** @param phi The autocorrelation of consecutive nights: {@link estimateNightAutocorrelation}. */
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

/** The outcome of whitened nights without what the covariates explain of it. */
export interface AdjustedOutcome {
  nights: WhitenedNights;
  /** An orthonormal basis of the covariates. */
  basis: Basis;
  /** Its residuals, in its unit and in normal scores. */
  outcomes: Float64Array;
  scores: Float64Array;
  /** Room for the residuals of one regression after the other. */
  spare: Float64Array;
}

/**
 * Subtracts the covariates of every comparison: weekends, a linear drift, and the given ones (findings of
 * the same outcome). Habits and sleep both differ on weekends, and two series that both drift over a season correlate without
 * being related.
 * @param adjustsForWeekend False when the factor is the weekend itself.
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
