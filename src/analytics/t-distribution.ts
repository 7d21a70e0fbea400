import { gammaln } from "simple-statistics";
import { regularizedIncompleteBeta } from "./incomplete-beta.ts";
import { normalQuantile } from "./normal-distribution.ts";

/**
 * The two-sided p of Student's t: the probability of a value at least this far from 0.
 * P(|T| ≥ |t|) = I_{ν/(ν+t²)}(ν/2, 1/2).
 * @param t In standard errors; the sign does not matter.
 * @param degreesOfFreedom Above 0, not necessarily whole.
 * @returns From 0 to 1; 1 without degrees of freedom.
 * @example twoSidedP(2.5, 59) // 0.01522…
 */
export function twoSidedP(t: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0)) return 1;
  const square = t * t;
  const half = degreesOfFreedom / 2;
  // Near the centre the first argument is small and exact. In the tails, 1 − I would lose all digits of a small p.
  return square < Math.min(1, degreesOfFreedom)
    ? 1 - regularizedIncompleteBeta(square / (degreesOfFreedom + square), 0.5, half)
    : regularizedIncompleteBeta(degreesOfFreedom / (degreesOfFreedom + square), half, 0.5);
}

/** Whether a difference is more than chance gives. */
export interface DifferenceTest {
  /** 95 % interval of the difference. */
  low: number;
  high: number;
  /** Two-sided probability of a difference at least this large where there is none. */
  p: number;
}

/**
 * Student's t-test of an estimated difference.
 * @param error The standard error of the difference, in its unit. Where it is 0, all values are constant, and p is 1 for no
 * difference and 0 for any.
 * @example testDifference(1, 0.4, 59) // { low: 0.199…, high: 1.800…, p: 0.0152… }
 */
export function testDifference(difference: number, error: number, degreesOfFreedom: number): DifferenceTest {
  if (error === 0) return { low: difference, high: difference, p: difference === 0 ? 1 : 0 };
  const halfWidth = tQuantile(0.975, degreesOfFreedom) * error;
  const p = twoSidedP(difference / error, degreesOfFreedom);
  return { low: difference - halfWidth, high: difference + halfWidth, p };
}

/**
 * The cumulative distribution of Student's t: P(T ≤ t), as scipy.stats.t.cdf.
 * @example tCumulative(0, 10) // 0.5
 */
export function tCumulative(t: number, degreesOfFreedom: number): number {
  const tail = twoSidedP(t, degreesOfFreedom) / 2;
  return t > 0 ? 1 - tail : tail;
}

/**
 * The quantile of Student's t: the inverse of {@link tCumulative}.
 * @param probability Strictly between 0 and 1.
 * @returns The quantile to about 1e-13, by Newton's method on ln(tail) as a function of ln(t), which is nearly linear far
 * out, with bisection as a safeguard.
 * @example tQuantile(0.975, 10) // 2.2281…
 */
export function tQuantile(probability: number, degreesOfFreedom: number): number {
  if (probability === 0.5) return 0;
  if (probability < 0.5) return -tQuantile(1 - probability, degreesOfFreedom);
  const tail = 2 * (1 - probability);
  const scale = densityScale(degreesOfFreedom);
  let [low, high] = [0, Number.POSITIVE_INFINITY];
  let t = firstGuess(normalQuantile(probability), degreesOfFreedom);
  for (let step = 0; step < 200; step++) {
    const p = twoSidedP(t, degreesOfFreedom);
    if (p > tail) low = t;
    else high = t;
    const density = scale * (1 + (t * t) / degreesOfFreedom) ** (-(degreesOfFreedom + 1) / 2);
    const aimed = t * Math.exp((Math.log(p / tail) * p) / (2 * density * t));
    const next = aimed > low && aimed < high ? aimed : Number.isFinite(high) ? (low + high) / 2 : 2 * t;
    if (Math.abs(next - t) <= 1e-14 * t) return next;
    t = next;
  }
  return t;
}

/**
 * The first terms of the expansion around the normal quantile in 1/ν (Abramowitz & Stegun 26.7.5), good for large ν.
 */
function firstGuess(z: number, degreesOfFreedom: number): number {
  const cube = z ** 3;
  return z + (cube + z) / (4 * degreesOfFreedom) + (5 * z ** 5 + 16 * cube + 3 * z) / (96 * degreesOfFreedom ** 2);
}

/** Γ((ν + 1)/2) / (Γ(ν/2) √(νπ)): the density at 0. */
function densityScale(degreesOfFreedom: number): number {
  const half = degreesOfFreedom / 2;
  return Math.exp(gammaln(half + 0.5) - gammaln(half)) / Math.sqrt(degreesOfFreedom * Math.PI);
}
