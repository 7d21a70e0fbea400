import { autocorrelationOf, varianceInflation } from "../autocorrelation.ts";
import { outOfRange } from "../out-of-range.ts";
import { tQuantile, twoSidedP } from "../t-distribution.ts";
import type { AdjustedOutcome } from "./adjusted-outcome.ts";
import type { Exposure } from "./exposure.ts";
import type { Nights } from "./nights.ts";
import { isNegligible, product, subtractProjection } from "./projection.ts";

/** A comparison needs this many nights with the factor, and as many without it. */
export const leastNightsASide = 5;
/** With fewer nights in total, an association cannot be told from chance. */
export const leastNights = 28;

export interface Estimate extends Omit<Exposure, "sides" | "scores"> {
  kind: "estimate";
  /**
   * `meanWith` is the mean of the outcome over the nights with the factor, and `meanWithout` is the mean over the
   * nights without it. Both are in the outcome's unit. They are not adjusted for the covariates (such as the weekend).
   */
  meanWith: number;
  meanWithout: number;
  /**
   * The mean outcome of nights with the factor, minus the mean outcome of nights without the factor. The difference is
   * in the outcome's unit, and adjusted for the covariates.
   */
  difference: number;
  /** `low` and `high` are the ends of the 95 % interval of the difference. */
  low: number;
  high: number;
  /**
   * The partial correlation of outcome and factor: their correlation after the covariates are accounted for. It is
   * computed from the normal scores of the outcome and of the factor.
   */
  correlation: number;
  /** The two-sided p-value of `correlation`. */
  p: number;
}

export type RegressionResult =
  | Estimate
  | { kind: "too_few_nights"; nWith: number; nWithout: number }
  /**
   * The covariates explain the factor completely, so the factor's own effect cannot be estimated. This happens, for
   * example, if the factor occurs before every weekend night and before no other night.
   */
  | { kind: "cannot_tell_apart"; nWith: number; nWithout: number };

/**
 * Estimates the association of an outcome with a factor by generalised least squares, adjusted for the covariates. The
 * size of the association is given as a difference of means. The p-value comes from the correlation of normal scores
 * instead, so that a single extreme night cannot decide the result.
 * @param adjust Returns the adjusted outcome for the nights of `exposure`.
 * @example
 * // The factor occurs before every third night, and the outcome is then 4 higher.
 * const days = Array.from({ length: 60 }, (_, night) => 20_000 + night);
 * const values = days.map((day) => (day % 3 === 0 ? 1 : 0));
 * const nights = createNights(days, days.map((day, night) => 50 + (day % 5) + 4 * values[night]));
 * const exposure = describeExposure(values, "yes_no");
 * const adjustment = { phi: 0, covariates: [], adjustsForWeekend: true };
 * regressNights(nights, exposure, () => adjustOutcome(nights, adjustment));
 * // { kind: "estimate", difference: 4, … }
 */
export function regressNights(
  { outcomes }: Nights,
  exposure: Exposure,
  adjust: () => AdjustedOutcome,
): RegressionResult {
  const { sides, scores, ...counts } = exposure;
  const { nWith, nWithout } = counts;
  if (isTooFew(counts)) return { kind: "too_few_nights", nWith, nWithout };
  const adjusted = adjust();
  const ofSides = prepare(sides, adjusted);
  const ofScores = scores === sides ? ofSides : prepare(scores, adjusted);
  if (ofSides === null || ofScores === null) return { kind: "cannot_tell_apart", nWith, nWithout };
  const evidence = regress(ofScores, adjusted.scores, adjusted);
  const { slope: difference, error, degreesOfFreedom } = regress(ofSides, adjusted.outcomes, adjusted);
  const halfWidth = error > 0 ? tQuantile(0.975, degreesOfFreedom) * error : 0;
  return {
    kind: "estimate",
    ...counts,
    meanWith: sumOf(outcomes, sides, 1) / nWith,
    meanWithout: sumOf(outcomes, sides, 0) / nWithout,
    difference,
    low: difference - halfWidth,
    high: difference + halfWidth,
    correlation: evidence.correlation,
    p: evidence.p,
  };
}

function isTooFew({ nWith, nWithout }: Pick<Exposure, "nWith" | "nWithout">): boolean {
  return nWith + nWithout < leastNights || Math.min(nWith, nWithout) < leastNightsASide;
}

/** The sum of the outcomes over the nights with the factor (`side` 1) or without the factor (`side` 0). */
function sumOf(outcomes: Float64Array, sides: Float64Array, side: 0 | 1): number {
  let sum = 0;
  for (let night = 0; night < outcomes.length; night++)
    if (sides[night] === side) sum += outcomes[night] ?? outOfRange(night);
  return sum;
}

/** What remains of a factor when the part that the covariates (such as the weekend) explain is subtracted. */
interface Regressor {
  x: Float64Array;
  /** The sum of squares Σ x² of the residual. */
  weight: number;
  autocorrelation: number;
}

/** @returns Null if the covariates explain the factor completely. */
function prepare(factor: Float64Array, { days, whiten, basis }: AdjustedOutcome): Regressor | null {
  const x = whiten(factor);
  const whole = product(x, x);
  subtractProjection(basis, x);
  const weight = product(x, x);
  return isNegligible(weight, whole) ? null : { x, weight, autocorrelation: autocorrelationOf(days, x) };
}

interface Regression {
  slope: number;
  /** The standard error of the slope. */
  error: number;
  correlation: number;
  p: number;
  degreesOfFreedom: number;
}

/**
 * Regresses the residual of the outcome on the residual of the factor. A residual is what remains after the covariates
 * are subtracted. If the nights follow an AR(1) process, whitening has removed all autocorrelation. Otherwise, the two
 * residuals still have autocorrelations r₁ and r₂, and the n nights hold only as much information as n(1 − r₁r₂)/(1 +
 * r₁r₂) independent nights (Bartlett 1935). The factor, the autocorrelation and every covariate use one degree of
 * freedom each.
 * @param outcome The residual of the outcome. If the outcome is constant, this residual is 0 and the p-value is 1.
 */
function regress(
  { x, weight, autocorrelation }: Regressor,
  outcome: Float64Array,
  { days, basis, spare: residuals }: AdjustedOutcome,
): Regression {
  const parameters = basis.length + 2;
  const square = product(outcome, outcome);
  const isConstant = square <= 0;
  if (isConstant) {
    return { slope: 0, error: 0, correlation: 0, p: 1, degreesOfFreedom: Math.max(1, days.length - parameters) };
  }

  const along = product(x, outcome);
  const slope = along / weight;
  for (let night = 0; night < residuals.length; night++)
    residuals[night] = (outcome[night] ?? outOfRange(night)) - slope * (x[night] ?? outOfRange(night));

  const resemblance = autocorrelation > 0 ? autocorrelation * autocorrelationOf(days, residuals) : 0;
  const degreesOfFreedom = Math.max(1, days.length / varianceInflation(resemblance) - parameters);
  const error = Math.sqrt(product(residuals, residuals) / weight / degreesOfFreedom);

  const correlation = Math.min(1, Math.max(-1, along / Math.sqrt(weight * square)));
  const t = correlation * Math.sqrt(degreesOfFreedom / Math.max(1e-12, 1 - correlation ** 2));
  return { slope, error, correlation, p: twoSidedP(t, degreesOfFreedom), degreesOfFreedom };
}
