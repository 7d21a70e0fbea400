import { probit } from "simple-statistics";

/** Φ⁻¹(0.975): half the width of a two-sided 95 % interval of the normal distribution, in standard deviations. */
export const normalQuantile975 = 1.959963984540054;

/**
 * The two-sided p-value of a standard normal z: P(|Z| ≥ |z|) = erfc(|z|/√2). The library simple-statistics computes the
 * error function to 1e-7 only, which is too coarse for p-values near 0.
 * @example normalTwoSidedP(1.959963984540054) // 0.05
 */
export function normalTwoSidedP(z: number): number {
  return complementaryError(Math.abs(z) / Math.SQRT2);
}

/**
 * The quantile of the standard normal distribution, Φ⁻¹. The library simple-statistics computes the quantile to three
 * digits only. Two steps of Halley's method make the quantile as exact as {@link normalTwoSidedP}.
 * @param probability Strictly between 0 and 1.
 * @example
 * normalQuantile(0.975); // 1.959963984540054
 * normalQuantile(0.5); // 0
 */
export function normalQuantile(probability: number): number {
  if (probability === 0.5) return 0;
  const tail = Math.min(probability, 1 - probability);
  let z = -probit(tail);
  for (let step = 0; step < 2; step++) {
    const excess = (normalTwoSidedP(z) / 2 - tail) * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2);
    z += excess / (1 - (z * excess) / 2);
  }
  return probability < 0.5 ? -z : z;
}

/**
 * The complementary error function erfc(x) for x ≥ 0, with an error of about 1e-15. For x below 2.5, it is computed
 * with the series of erf. For larger x, it is computed with Laplace's continued fraction.
 */
function complementaryError(x: number): number {
  if (x > 27) return 0; // the result is below the smallest normal double
  return x < 2.5 ? 1 - errorSeries(x) : tailFraction(x);
}

/** The error function as a series: erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·5…(2n+1)). */
function errorSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17 && n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/**
 * The complementary error function as a continued fraction:
 * erfc(x) = e^(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))).
 */
function tailFraction(x: number): number {
  let fraction = x;
  for (let n = 80; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
