import { medianSorted } from "simple-statistics";
import { autocorrelationOf, varianceInflation } from "../autocorrelation.ts";
import { tQuantile, twoSidedP } from "../t-distribution.ts";
import { sortNumbers } from "../winsorise.ts";
import type { AdjustedOutcome, Nights } from "./nights.ts";
import { isNegligible, product, subtractProjection } from "./projection.ts";
import { normalScores } from "./ranks.ts";

/** The fewest nights with and without a factor. */
export const leastNightsASide = 5;
/** The fewest nights in all. With fewer, an association cannot be separated from chance. */
export const leastNights = 28;

/** The values of a factor before each of a list of nights. */
export interface Exposure {
  /** Number of nights after a day with the factor, or with more of it than `splitAt`. */
  nWith: number;
  /** Number of the other nights. */
  nWithout: number;
  /** For an amount, the median that separates the two sides; null for a yes/no factor. */
  splitAt: number | null;
  /** 1 for a night with the factor, else 0. */
  sides: Float64Array;
  /** The values for the test: normal scores of an amount, else the sides. */
  scores: Float64Array;
}

/** The estimated association of an outcome with a factor. */
export interface Estimate extends Omit<Exposure, "sides" | "scores"> {
  kind: "estimate";
  /** Plain means of the two sides, in the outcome's unit. */
  meanWith: number;
  meanWithout: number;
  /** Nights with minus nights without, adjusted for the covariates, in the outcome's unit. */
  difference: number;
  /** 95 % interval of the difference. */
  low: number;
  high: number;
  /** The partial correlation of the normal scores, given the covariates. */
  correlation: number;
  /** Two-sided p of the correlation. */
  p: number;
}

export type RegressionResult =
  | Estimate
  | { kind: "too_few_nights"; nWith: number; nWithout: number }
  /**
   * The covariates explain the factor completely (for example, it occurs on weekends only), so it cannot be separated.
   */
  | { kind: "cannot_tell_apart"; nWith: number; nWithout: number };

/**
 * @param factors The value before each night: 1 or 0 for a yes/no factor, else an amount.
 * @example describeExposure([4000, 9000, 7000], "amount") // { splitAt: 7000, nWith: 1, nWithout: 2, … }
 */
export function describeExposure(factors: readonly number[], kind: "yes_no" | "amount"): Exposure {
  const splitAt = kind === "amount" && factors.length > 0 ? medianSorted(sortNumbers(factors)) : null;
  const sides = new Float64Array(factors.map((factor) => (factor > (splitAt ?? 0) ? 1 : 0)));
  const nWith = product(sides, sides);
  const scores = kind === "amount" ? normalScores(factors) : sides;
  return { nWith, nWithout: factors.length - nWith, splitAt, sides, scores };
}

/** Whether there are too few nights for a result, in all or on one side. */
function isTooFew({ nWith, nWithout }: Pick<Exposure, "nWith" | "nWithout">): boolean {
  return nWith + nWithout < leastNights || Math.min(nWith, nWithout) < leastNightsASide;
}

/**
 * The association of an outcome with a factor, by generalised least squares with the covariates. The
 * test uses the correlation of normal scores, so that one feverish night or one marathon cannot make a finding; the
 * size is a difference of means.
 * @param adjust Gives the adjusted outcome of the same nights as the exposure. It is called only if there are enough nights.
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

/** The sum of the outcomes of one side. */
function sumOf(outcomes: Float64Array, sides: Float64Array, side: 0 | 1): number {
  let sum = 0;
  for (let index = 0; index < outcomes.length; index++) if (sides[index] === side) sum += outcomes[index] ?? 0;
  return sum;
}

/** The residual of a factor after the covariates. */
interface Regressor {
  x: Float64Array;
  /** Σ x² */
  weight: number;
  autocorrelation: number;
}

/** @returns null where the covariates explain the factor completely. */
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
 * Regresses the residual of the outcome on the residual of the factor. If nights follow an AR(1) process, whitening
 * removes all autocorrelation. If they do not, the autocorrelation that remains in both reduces n to
 * n(1 − r₁r₂)/(1 + r₁r₂) effective nights (Bartlett 1935). The factor, the autocorrelation and each covariate use one
 * degree of freedom.
 * @param outcome Its residual. Of a constant outcome it is 0, and nothing is found.
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
