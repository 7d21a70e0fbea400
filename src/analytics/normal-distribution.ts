/** Φ⁻¹(0.975): a two-sided 95 % interval of the normal distribution. */
export const normalQuantile975 = 1.959963984540054;

/**
 * The two-sided p of a standard normal z: P(|Z| ≥ |z|) = erfc(|z|/√2).
 * simple-statistics has the error function to 1e-7 only, which is too coarse for tails.
 * @example normalTwoSidedP(1.959963984540054) // 0.05
 */
export function normalTwoSidedP(z: number): number {
  return complementaryError(Math.abs(z) / Math.SQRT2);
}

/** erfc(x) for x ≥ 0 to about 1e-15: the series of erf below 2.5, Laplace's continued fraction above. */
function complementaryError(x: number): number {
  if (x > 27) return 0; // below the smallest double
  return x < 2.5 ? 1 - errorSeries(x) : tailFraction(x);
}

/** erf(x) = 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·5…(2n+1)) */
function errorSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17 && n < 200; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** erfc(x) = e^(−x²)/√π · 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))) */
function tailFraction(x: number): number {
  let fraction = x;
  for (let n = 80; n > 0; n--) fraction = x + n / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
