import type { Nights } from "./nights.ts";
import { type Basis, createBasis, residualsOf } from "./projection.ts";
import { createWhitening, type Whitening } from "./whitening.ts";

/** An outcome, whitened and then reduced to what the covariates do not explain. */
export interface AdjustedOutcome {
  /** The days of waking up, as in {@link Nights}. */
  days: readonly number[];
  /** Whitens a list with one value per night in the same way as the outcome was whitened. */
  whiten: Whitening["whiten"];
  /** An orthonormal basis of the whitened covariates. */
  basis: Basis;
  /** The residual of the outcome of each night, in the outcome's unit. */
  outcomes: Float64Array;
  /** The residual of the normal score of each night. */
  scores: Float64Array;
  /** A buffer for the residuals of a regression. Every regression overwrites the buffer. */
  spare: Float64Array;
}

/** What to subtract from an outcome. */
export interface Adjustment {
  /** The autocorrelation φ of the outcome in consecutive nights, from 0 to below 1. */
  phi: number;
  /** Other factors found for the same outcome, each as a list with one value per night. */
  covariates: readonly Float64Array[];
  /** False if the factor that the outcome is compared with is the weekend itself. */
  adjustsForWeekend: boolean;
}

/**
 * Subtracts from an outcome what the covariates explain: the level, weekends, a linear drift, and the given covariates.
 * The effect of weekends is subtracted, because both habits and sleep differ on weekends. The drift is subtracted,
 * because two series that both drift over a season are correlated even if they are unrelated. Before the subtraction,
 * all lists are whitened with φ.
 *
 * The cost is proportional to the number of nights times the square of the number of covariates.
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
