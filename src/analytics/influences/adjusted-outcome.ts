import type { Nights } from "./nights.ts";
import { type Basis, createBasis, residualsOf } from "./projection.ts";
import { createWhitening, type Whitening } from "./whitening.ts";

/**
 * What remains of an outcome (a metric of the night) after whitening ({@link createWhitening}) and after subtracting
 * what the covariates, such as the weekend, explain.
 */
export interface AdjustedOutcome {
  /** The days of waking up, as in {@link Nights}. */
  days: readonly number[];
  /** Removes the autocorrelation from a list with one value per night, in the same way as from the outcome. */
  whiten: Whitening["whiten"];
  /** An orthonormal basis of the whitened covariates. */
  basis: Basis;
  /** What remains of each night's outcome, in the outcome's unit. */
  outcomes: Float64Array;
  /** What remains of each night's normal score ({@link Nights.scores}). */
  scores: Float64Array;
  /** A buffer for the residuals of a regression. Every regression overwrites the buffer. */
  spare: Float64Array;
}

export interface Adjustment {
  /** The autocorrelation φ of the outcome in consecutive nights, from 0 to below 1. */
  phi: number;
  /** Other factors found for the same outcome, each as a list with one value per night. */
  covariates: readonly Float64Array[];
  /** False if the factor that the outcome is compared with is the weekend itself. */
  adjustsForWeekend: boolean;
}

/**
 * Computes what remains of an outcome (such as the HRV of each night) after a regression on its level, on a linear
 * drift, on the weekend if asked, and on the given covariates. The weekend is a part of this because both habits and
 * sleep differ on weekends. The drift is a part because two series that both drift over a season are correlated even if
 * they are unrelated. Before the regression, the autocorrelation φ is removed from the outcome and from all of these
 * columns ({@link createWhitening}).
 * @example
 * // The steady rise is a drift, so nothing remains of it.
 * const nights = createNights([20_000, 20_001, 20_002], [54, 56, 58]);
 * const { outcomes } = adjustOutcome(nights, { phi: 0, covariates: [], adjustsForWeekend: false });
 * outcomes.every((residual) => Math.abs(residual) < 1e-12); // true
 */
export function adjustOutcome(nights: Nights, { phi, covariates, adjustsForWeekend }: Adjustment): AdjustedOutcome {
  const { days, level, drift, weekend, outcomes, scores } = nights;
  const { whiten } = createWhitening(days, phi);
  const columns = [level, drift, ...(adjustsForWeekend ? [weekend] : []), ...covariates];
  const basis = createBasis(columns.map(whiten));
  return {
    days,
    whiten,
    basis,
    outcomes: residualsOf(basis, whiten(outcomes)),
    scores: residualsOf(basis, whiten(scores)),
    spare: new Float64Array(days.length),
  };
}
