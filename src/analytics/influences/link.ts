import { medianSorted } from "simple-statistics";
import { autocorrelationOf, varianceInflation } from "../autocorrelation.ts";
import { tQuantile, twoSidedP } from "../t-distribution.ts";
import { sortNumbers } from "../winsorise.ts";
import type { Nights, Setting } from "./nights.ts";
import { isNothing, product, subtract, takeOut } from "./projection.ts";
import { normalScores } from "./ranks.ts";

/** Fewer nights than this on either side and nothing is said. */
export const leastNightsASide = 5;
/** Fewer nights in all and what goes with what cannot be told from how they happened to fall. */
export const leastNights = 28;

/** What came before each of some nights. */
export interface Exposure {
  /** Nights with, or after more than `splitAt`; nights without, or after at most that. */
  nWith: number;
  nWithout: number;
  /** Of an amount, the median that parts the two sides; null of something that happened or not. */
  splitAt: number | null;
  /** 1 of a night with, else 0. */
  sides: Float64Array;
  /** For the evidence: an amount in normal scores, else the sides. */
  scores: Float64Array;
}

/** How an outcome goes with a factor. */
export interface Link extends Omit<Exposure, "sides" | "scores"> {
  kind: "link";
  /** Plain means of the two sides, in the outcome's unit. */
  meanWith: number;
  meanWithout: number;
  /** With minus without like for like: the setting taken out, in the outcome's unit. */
  difference: number;
  /** 95 % interval of the difference. */
  low: number;
  high: number;
  /** Of the normal scores, the setting taken out. */
  correlation: number;
  /** Two-sided, of the correlation. */
  p: number;
}

export type LinkResult =
  | Link
  | { kind: "too_few_nights"; nWith: number; nWithout: number }
  /** It happens on weekends only, or only grows, or only with what is taken out, so its part cannot be told from theirs. */
  | { kind: "cannot_tell_apart"; nWith: number; nWithout: number };

/**
 * @param factors Before each night: 1 or 0 of something that happened or not, else an amount.
 * @example describeExposure([4000, 9000, 7000], "amount") // { splitAt: 7000, nWith: 1, nWithout: 2, … }
 */
export function describeExposure(factors: readonly number[], kind: "yes_no" | "amount"): Exposure {
  const splitAt = kind === "amount" && factors.length > 0 ? medianSorted(sortNumbers(factors)) : null;
  const sides = new Float64Array(factors.map((factor) => (factor > (splitAt ?? 0) ? 1 : 0)));
  const nWith = product(sides, sides);
  const scores = kind === "amount" ? normalScores(factors) : sides;
  return { nWith, nWithout: factors.length - nWith, splitAt, sides, scores };
}

/** Whether there are too few nights, in all or on a side, to say anything. */
export function isTooFew({ nWith, nWithout }: Pick<Exposure, "nWith" | "nWithout">): boolean {
  return nWith + nWithout < leastNights || Math.min(nWith, nWithout) < leastNightsASide;
}

/**
 * What goes with a night: the correlation of normal scores for the evidence (one feverish night or one marathon must not
 * make a finding) and a difference of means for the size, both by generalised least squares with the setting taken out.
 * @param setting Of the same nights as the exposure.
 * @example linkNights(nights, exposure, createSetting(whitenNights(nights, phi), true, [])) // { difference: 3.9, low: 2.8, …, p: 1e-9 }
 */
export function linkNights({ outcomes }: Nights, exposure: Exposure, setting: Setting): LinkResult {
  const { sides, scores, ...told } = exposure;
  const { nWith, nWithout } = told;
  if (isTooFew(told)) return { kind: "too_few_nights", nWith, nWithout };
  const ofSides = prepare(sides, setting);
  const ofScores = scores === sides ? ofSides : prepare(scores, setting);
  if (ofSides === null || ofScores === null) return { kind: "cannot_tell_apart", nWith, nWithout };
  const evidence = regress(ofScores, setting.scores, setting);
  const { slope: difference, error, freedom } = regress(ofSides, setting.outcomes, setting);
  const reach = error > 0 ? tQuantile(0.975, freedom) * error : 0;
  return {
    kind: "link",
    ...told,
    meanWith: product(sides, outcomes) / nWith,
    meanWithout:
      product(
        sides.map((side) => 1 - side),
        outcomes,
      ) / nWithout,
    difference,
    low: difference - reach,
    high: difference + reach,
    correlation: evidence.correlation,
    p: evidence.p,
  };
}

/** What is left of a factor once the setting is taken out. */
interface Regressor {
  x: Float64Array;
  /** Σ x² */
  weight: number;
  autocorrelation: number;
}

/** @returns null where nothing is left. */
function prepare(factor: Float64Array, { nights, basis }: Setting): Regressor | null {
  const whitened = nights.whiten(factor);
  const x = takeOut(basis, whitened);
  const weight = product(x, x);
  return isNothing(weight, whitened) ? null : { x, weight, autocorrelation: autocorrelationOf(nights.days, x) };
}

interface Regression {
  slope: number;
  error: number;
  correlation: number;
  p: number;
  freedom: number;
}

/**
 * What is left of the outcome on what is left of the factor. Whitening leaves no likeness of neighbours where nights
 * follow an AR(1); where they do not, what likeness it leaves in both is weighed as n(1 − r₁r₂)/(1 + r₁r₂) nights
 * (Bartlett 1935). The factor and the likeness of nights cost a degree of freedom each, beside what is taken out.
 * @param rest What is left of the outcome.
 */
function regress({ x, weight, autocorrelation }: Regressor, rest: Float64Array, setting: Setting): Regression {
  const { days } = setting.nights;
  const along = product(x, rest);
  const square = product(rest, rest);
  const slope = along / weight;
  const residuals = rest.slice();
  subtract(residuals, slope, x);
  const resemblance = autocorrelation > 0 ? autocorrelation * autocorrelationOf(days, residuals) : 0;
  const freedom = Math.max(1, days.length / varianceInflation(resemblance) - setting.basis.length - 2);
  const error = Math.sqrt(product(residuals, residuals) / weight / freedom);
  if (square <= 0) return { slope: 0, error: 0, correlation: 0, p: 1, freedom }; // nights all alike go with nothing
  const correlation = Math.min(1, Math.max(-1, along / Math.sqrt(weight * square)));
  const t = correlation * Math.sqrt(freedom / Math.max(1e-12, 1 - correlation ** 2));
  return { slope, error, correlation, p: twoSidedP(t, freedom), freedom };
}
