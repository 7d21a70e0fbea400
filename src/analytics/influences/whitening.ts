/** A linear change of a series and its way back. */
export interface Whitening {
  whiten(values: Float64Array): Float64Array;
  unwhiten(whitened: Float64Array): Float64Array;
}

/**
 * Turns values of nights that resemble their neighbours into values that do not: from each night what the last measured
 * one leaves to expect is taken away, φᵏ of it after k days, and the rest put on one scale. Least squares on what is left
 * is generalised least squares for an AR(1) series (Prais & Winsten 1954), exact with nights missing. Outcome, factor and
 * all that is taken out go through the same whitening. A habit that answers to the night before stays harmless: what is
 * left of an outcome is new on that night.
 * @param days Day numbers, ascending, at most one value a day.
 * @param phi From 0 to below 1: how much a night resembles the one before.
 * @example createWhitening([1, 2, 4], 0.5).whiten(Float64Array.of(1, 1, 1)) // [1, 0.577…, 0.774…]
 */
export function createWhitening(days: readonly number[], phi: number): Whitening {
  const carried = new Float64Array(days.map((day, index) => (index === 0 ? 0 : phi ** (day - (days[index - 1] ?? 0)))));
  const scales = carried.map((share) => Math.sqrt(1 - share * share));
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
