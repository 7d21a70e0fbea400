/** A linear transformation of a series that removes its autocorrelation, with the inverse transformation. */
export interface Whitening {
  whiten(values: Float64Array): Float64Array;
  unwhiten(whitened: Float64Array): Float64Array;
}

/**
 * Creates a transformation that removes AR(1) autocorrelation from a series of nights. From each value, it subtracts φᵏ
 * times the previous measured value. φ is the correlation of consecutive nights, and k is the number of days between
 * the two values. The result is then scaled so that all values have equal variance. Least squares on whitened values is
 * generalised least squares for an AR(1) series (Prais & Winsten 1954). The method is exact even if nights are missing.
 * The outcome, the factor and the covariates must be transformed with the same φ.
 *
 * A habit that depends on the night before does not bias the result, because the whitened outcome of a night contains
 * only what is new on that night.
 * @param days The day of each value, in days since 1970-01-01, ascending, with at most one value per day.
 * @param phi The lag-1 autocorrelation φ, from 0 to below 1.
 * @example createWhitening([1, 2, 4], 0.5).whiten(Float64Array.of(1, 1, 1)) // [1, 0.577…, 0.774…]
 */
export function createWhitening(days: readonly number[], phi: number): Whitening {
  const carried = new Float64Array(days.length);
  const scales = new Float64Array(days.length).fill(1);
  for (let index = 1; index < days.length; index++) {
    const gap = (days[index] ?? 0) - (days[index - 1] ?? 0);
    const share = gap === 1 ? phi : phi ** gap; // avoids the slow `**` for consecutive nights
    carried[index] = share;
    scales[index] = Math.sqrt(1 - share * share);
  }
  return {
    whiten(values) {
      const whitened = values.slice();
      for (let index = 1; index < values.length; index++)
        whitened[index] =
          ((values[index] ?? 0) - (carried[index] ?? 0) * (values[index - 1] ?? 0)) / (scales[index] ?? 1);
      return whitened;
    },
    unwhiten(whitened) {
      const values = whitened.slice();
      for (let index = 1; index < values.length; index++)
        values[index] =
          (whitened[index] ?? 0) * (scales[index] ?? 1) + (carried[index] ?? 0) * (values[index - 1] ?? 0);
      return values;
    },
  };
}
