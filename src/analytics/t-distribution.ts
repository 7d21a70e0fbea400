import { gammaln } from "simple-statistics";
import { regularizedIncompleteBeta } from "./incomplete-beta.ts";
import { normalQuantile } from "./normal-distribution.ts";

/**
 * The two-sided p-value of Student's t: P(|T| ≥ |t|) = I_{ν/(ν+t²)}(ν/2, 1/2). I is the regularised incomplete beta
 * function, and ν is the number of degrees of freedom. The results agree with `2 * scipy.stats.t.sf(abs(t), df)`.
 * @param t The distance from 0 in standard errors. The sign does not matter.
 * @param degreesOfFreedom A number above 0, not necessarily whole.
 * @returns 1 when there are no degrees of freedom.
 * @example
 * twoSidedP(2.5, 59); // 0.01521…
 * twoSidedP(2.5, 0); // 1
 */
export function twoSidedP(t: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0)) return 1;
  const square = t * t;
  const half = degreesOfFreedom / 2;
  // Near t = 0, p is computed as 1 − I, because the first argument of I is small and exact there. In the tails, p is
  // computed as I, because 1 − I would lose all digits of a small p.
  return square < Math.min(1, degreesOfFreedom)
    ? 1 - regularizedIncompleteBeta(square / (degreesOfFreedom + square), 0.5, half)
    : regularizedIncompleteBeta(degreesOfFreedom / (degreesOfFreedom + square), half, 0.5);
}

export interface DifferenceTest {
  /** `low` and `high` are the ends of the 95 % interval of the difference. */
  low: number;
  high: number;
  /** The two-sided p-value: the probability of a difference at least this large if there is no true difference. */
  p: number;
}

/**
 * Student's t-test of an estimated difference.
 * @param error The standard error, in the unit of the difference. If it is 0, p is 1 for a difference of 0, and 0 for
 * any other difference.
 * @example
 * testDifference(1, 0.4, 59); // { low: 0.199…, high: 1.800…, p: 0.01521… }
 * testDifference(1, 0, 59); // { low: 1, high: 1, p: 0 }
 */
export function testDifference(difference: number, error: number, degreesOfFreedom: number): DifferenceTest {
  if (error === 0) return { low: difference, high: difference, p: difference === 0 ? 1 : 0 };
  const halfWidth = tQuantile(0.975, degreesOfFreedom) * error;
  const p = twoSidedP(difference / error, degreesOfFreedom);
  return { low: difference - halfWidth, high: difference + halfWidth, p };
}

/**
 * The cumulative distribution function of Student's t: P(T ≤ t). The results agree with `scipy.stats.t.cdf`.
 * @example
 * tCumulative(0, 10); // 0.5
 * tCumulative(2.2281388519649385, 10); // 0.975
 */
export function tCumulative(t: number, degreesOfFreedom: number): number {
  const tail = twoSidedP(t, degreesOfFreedom) / 2;
  return t > 0 ? 1 - tail : tail;
}

/**
 * The quantile of Student's t: the inverse of {@link tCumulative}. It is found by Newton's method. The method works
 * with the logarithm of the tail probability as a function of ln(t), because far from 0 this function is nearly linear.
 * If a step of the method leaves the known bounds, the interval between the bounds is halved instead.
 * @param probability Strictly between 0 and 1.
 * @returns Accurate to about 1e-13.
 * @example
 * tQuantile(0.975, 10); // 2.2281…
 * tQuantile(0.025, 10); // -2.2281…
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
 * An approximation of the t quantile from the normal quantile z, accurate for many degrees of freedom ν: the first
 * terms of an expansion in 1/ν (Abramowitz & Stegun 26.7.5).
 */
function firstGuess(z: number, degreesOfFreedom: number): number {
  const cube = z ** 3;
  return z + (cube + z) / (4 * degreesOfFreedom) + (5 * z ** 5 + 16 * cube + 3 * z) / (96 * degreesOfFreedom ** 2);
}

/** The density of Student's t with ν degrees of freedom at 0: Γ((ν + 1)/2) / (Γ(ν/2) √(νπ)). */
function densityScale(degreesOfFreedom: number): number {
  const half = degreesOfFreedom / 2;
  return Math.exp(gammaln(half + 0.5) - gammaln(half)) / Math.sqrt(degreesOfFreedom * Math.PI);
}
