import { autocorrelationOf } from "../autocorrelation.ts";
import type { Nights } from "./nights.ts";
import { createBasis, subtractProjection } from "./projection.ts";
import { createWhitening } from "./whitening.ts";

/** A fourth round would change the estimated autocorrelation by less than 0.01. */
const rounds = 3;

/**
 * The autocorrelation φ of an outcome: how much a night resembles the night before, after the effects of weekends,
 * drift and the given covariates are subtracted. It is estimated from the normal scores of the outcome, so that no
 * single night dominates it.
 *
 * The estimate is improved in rounds (Cochrane & Orcutt 1949). Each round whitens the scores with the φ estimated so
 * far and fits the covariates again. Without whitening, least squares would attribute part of the autocorrelation to a
 * habit that depends on the night before.
 * @returns From 0 to 0.95. The result is 0 if the nights are too few for an estimate, see {@link autocorrelationOf}.
 * @example
 * // The outcome changes on every second night.
 * const outcomes = Array.from({ length: 40 }, (_, night) => Math.floor(night / 2) % 3);
 * const nights = createNights(outcomes.map((_, night) => 20_000 + night), outcomes);
 * estimateNightAutocorrelation(nights, []); // 0.3743883484199…
 */
export function estimateNightAutocorrelation(nights: Nights, covariates: readonly Float64Array[]): number {
  const { days, level, drift, weekend, scores } = nights;
  let phi = 0;
  for (let round = 0; round < rounds; round++) {
    const { whiten, unwhiten } = createWhitening(days, phi);
    const basis = createBasis([level, drift, weekend, ...covariates].map(whiten));
    const residuals = whiten(scores);
    subtractProjection(basis, residuals);
    phi = autocorrelationOf(days, unwhiten(residuals), 2);
  }
  return phi;
}
