import { outOfRange } from "../out-of-range.ts";

/** A linear transformation of a series that removes its autocorrelation, and its inverse. Both return new lists. */
export interface Whitening {
  whiten(values: Float64Array): Float64Array;
  unwhiten(whitened: Float64Array): Float64Array;
}

/**
 * Creates a transformation that removes AR(1) autocorrelation from a series of nights. From each value, it subtracts φᵏ
 * times the previous measured value, k days earlier. φ is the correlation of consecutive nights. The result is then
 * scaled so that all values have equal variance. Least squares on whitened values is generalised least squares for an
 * AR(1) series (Prais & Winsten 1954). Nights may be missing. The outcome, the factor and the covariates must be
 * transformed with the same φ.
 *
 * A whitened outcome contains only what the night before does not predict. Some habits depend on the night before, for
 * example a nap after a bad night. Such a habit therefore does not bias the result.
 * @param days The day number of each value, ascending, with at most one value per day.
 * @param phi The autocorrelation φ of consecutive nights, from 0 to below 1. With 0, nothing is changed.
 * @example
 * const { whiten, unwhiten } = createWhitening([1, 2, 4], 0.5);
 * whiten(Float64Array.of(1, 1, 1)); // [1, 0.5773502691896…, 0.7745966692414…]
 * unwhiten(Float64Array.of(1, 0, 0)); // [1, 0.5, 0.125]
 */
export function createWhitening(days: readonly number[], phi: number): Whitening {
  const carried = new Float64Array(days.length);
  const scales = new Float64Array(days.length).fill(1);
  for (let night = 1; night < days.length; night++) {
    const gap = (days[night] ?? outOfRange(night)) - (days[night - 1] ?? outOfRange(night - 1));
    const share = gap === 1 ? phi : phi ** gap; // avoids the slow `**` for consecutive nights
    carried[night] = share;
    scales[night] = Math.sqrt(1 - share * share);
  }
  return {
    whiten(values) {
      const whitened = values.slice();
      for (let night = 1; night < values.length; night++) {
        const before = values[night - 1] ?? outOfRange(night - 1);
        const fresh = (values[night] ?? outOfRange(night)) - (carried[night] ?? outOfRange(night)) * before;
        whitened[night] = fresh / (scales[night] ?? outOfRange(night));
      }
      return whitened;
    },
    unwhiten(whitened) {
      const values = whitened.slice();
      for (let night = 1; night < values.length; night++) {
        const before = values[night - 1] ?? outOfRange(night - 1);
        const fresh = (whitened[night] ?? outOfRange(night)) * (scales[night] ?? outOfRange(night));
        values[night] = fresh + (carried[night] ?? outOfRange(night)) * before;
      }
      return values;
    },
  };
}
