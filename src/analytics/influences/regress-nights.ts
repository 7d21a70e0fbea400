import { medianSorted } from "simple-statistics";
import { autocorrelationOf, varianceInflation } from "../autocorrelation.ts";
import { tQuantile, twoSidedP } from "../t-distribution.ts";
import { sortNumbers } from "../winsorise.ts";
import type { AdjustedOutcome, Nights } from "./nights.ts";
import { isNegligible, product, subtractProjection } from "./projection.ts";
import { normalScores } from "./ranks.ts";

/**
 * A comparison needs at least this many nights with the factor (such as alcohol), and at least this many nights without
 * the factor.
 */
export const leastNightsASide = 5;
/**
 * A comparison needs at least this many nights in total (nights with the factor, such as alcohol, and nights without).
 * With fewer nights, an association cannot be told from chance.
 */
export const leastNights = 28;

/**
 * The values of one factor (such as alcohol) before each night of a list, split into nights with and without the
 * factor.
 */
export interface Exposure {
  /**
   * The number of nights with the factor. If the factor is an amount (such as steps), these are the nights with an
   * amount above `splitAt`.
   */
  nWith: number;
  /**
   * The number of nights without the factor. If the factor is an amount (such as steps), these are the nights with an
   * amount of at most `splitAt`.
   */
  nWithout: number;
  /**
   * The median of the factor's amounts. It splits the nights into those above the median and all other nights. Null for
   * a yes/no factor.
   */
  splitAt: number | null;
  /** The value 1 for each night with the factor, else 0. */
  sides: Float64Array;
  /**
   * The factor's values for the significance test. If the factor is an amount, they are the normal scores of the
   * amounts. For a yes/no factor, they are 1 for nights with the factor, else 0.
   */
  scores: Float64Array;
}

/** The estimated association of an outcome (a metric of the night) with a factor (such as alcohol). */
export interface Estimate extends Omit<Exposure, "sides" | "scores"> {
  kind: "estimate";
  /**
   * The mean of the outcome (a metric of the night) over nights with the factor, not adjusted for the covariates, in
   * the outcome's unit.
   */
  meanWith: number;
  /**
   * The mean of the outcome (a metric of the night) over nights without the factor, not adjusted for the covariates, in
   * the outcome's unit.
   */
  meanWithout: number;
  /**
   * The mean outcome (a metric of the night) of nights with the factor (such as alcohol), minus the mean outcome of
   * nights without the factor. The difference is in the outcome's unit, and adjusted for the covariates.
   */
  difference: number;
  /** The lower end of the 95 % interval of the difference. */
  low: number;
  /** The upper end of the 95 % interval of the difference. */
  high: number;
  /**
   * The partial correlation of outcome and factor given the covariates, computed from normal scores (normal quantiles
   * of the ranks).
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
 * Splits nights into nights with and without a factor. If the factor is an amount (such as steps), the nights are split
 * into those above the median amount and all others.
 * @param factors The factor's value before each night: 1 or 0 for a yes/no factor, else an amount.
 * @example describeExposure([4000, 9000, 7000], "amount") // { splitAt: 7000, nWith: 1, nWithout: 2, … }
 */
export function describeExposure(factors: readonly number[], kind: "yes_no" | "amount"): Exposure {
  const splitAt = kind === "amount" && factors.length > 0 ? medianSorted(sortNumbers(factors)) : null;
  const sides = new Float64Array(factors.map((factor) => (factor > (splitAt ?? 0) ? 1 : 0)));
  const nWith = product(sides, sides);
  const scores = kind === "amount" ? normalScores(factors) : sides;
  return { nWith, nWithout: factors.length - nWith, splitAt, sides, scores };
}

/** Whether no result is possible, because there are too few nights in total, with the factor, or without it. */
function isTooFew({ nWith, nWithout }: Pick<Exposure, "nWith" | "nWithout">): boolean {
  return nWith + nWithout < leastNights || Math.min(nWith, nWithout) < leastNightsASide;
}

/**
 * Estimates the association of an outcome (a metric of the night) with a factor (something before the night) by
 * generalised least squares, adjusted for the covariates. The p-value comes from the correlation of normal scores, so
 * that a single extreme night cannot decide the result. The size of the association is a difference of means.
 * @param adjust Returns the adjusted outcome for the nights of `exposure`. This function is called only if there are
 * enough nights.
 * @example regressNights(nights, exposure, () => adjustOutcome(whitenNights(nights, phi), true, []))
 * // { kind: "estimate", difference: 3.9, low: 2.8, …, p: 1e-9 }
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

/** The sum of the outcomes over the nights with the factor (`side` 1) or without the factor (`side` 0). */
function sumOf(outcomes: Float64Array, sides: Float64Array, side: 0 | 1): number {
  let sum = 0;
  for (let index = 0; index < outcomes.length; index++) if (sides[index] === side) sum += outcomes[index] ?? 0;
  return sum;
}

/** The residual of a factor, after subtracting what the covariates explain. */
interface Regressor {
  x: Float64Array;
  /** The sum of squares Σ x² of the residual. */
  weight: number;
  autocorrelation: number;
}

/**
 * Computes the residual of a factor, after subtracting what the covariates explain.
 * @returns Null if the covariates explain the factor completely.
 */
function prepare(factor: Float64Array, { nights, basis }: AdjustedOutcome): Regressor | null {
  const x = nights.whiten(factor);
  const whole = product(x, x);
  subtractProjection(basis, x);
  const weight = product(x, x);
  return isNegligible(weight, whole) ? null : { x, weight, autocorrelation: autocorrelationOf(nights.days, x) };
}

interface Regression {
  slope: number;
  error: number;
  correlation: number;
  p: number;
  degreesOfFreedom: number;
}

/**
 * Regresses the residual of the outcome on the residual of the factor. If the nights follow an AR(1) process, whitening
 * has removed all autocorrelation. Otherwise, the two residuals still have autocorrelations r₁ and r₂, and the n nights
 * count as only n(1 − r₁r₂)/(1 + r₁r₂) nights (Bartlett 1935). The factor, the autocorrelation and every covariate use
 * one degree of freedom each.
 * @param outcome The residual of the outcome. If the outcome is constant, this residual is 0 and the p-value is 1.
 */
function regress(
  { x, weight, autocorrelation }: Regressor,
  outcome: Float64Array,
  adjusted: AdjustedOutcome,
): Regression {
  const { days } = adjusted.nights;
  const parameters = adjusted.basis.length + 2;
  const square = product(outcome, outcome);
  const isConstant = square <= 0;
  if (isConstant) {
    return { slope: 0, error: 0, correlation: 0, p: 1, degreesOfFreedom: Math.max(1, days.length - parameters) };
  }

  const along = product(x, outcome);
  const slope = along / weight;
  const residuals = adjusted.spare;
  for (let index = 0; index < residuals.length; index++)
    residuals[index] = (outcome[index] ?? 0) - slope * (x[index] ?? 0);

  const resemblance = autocorrelation > 0 ? autocorrelation * autocorrelationOf(days, residuals) : 0;
  const degreesOfFreedom = Math.max(1, days.length / varianceInflation(resemblance) - parameters);
  const error = Math.sqrt(product(residuals, residuals) / weight / degreesOfFreedom);

  const correlation = Math.min(1, Math.max(-1, along / Math.sqrt(weight * square)));
  const t = correlation * Math.sqrt(degreesOfFreedom / Math.max(1e-12, 1 - correlation ** 2));
  return { slope, error, correlation, p: twoSidedP(t, degreesOfFreedom), degreesOfFreedom };
}
