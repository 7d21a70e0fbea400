import { meanOfDays, type Observation } from "./series.ts";

/** Sums over residuals. A residual is a value minus the mean of its block (a list of days, such as a period). */
export interface PooledResiduals {
  squares: number;
  /** The sum of the products of the two residuals of every pair of neighbouring days. */
  products: number;
  /** The number of pairs of neighbouring days in the same list of days. */
  pairs: number;
  count: number;
}

/**
 * Sums up the squares of residuals, and their products on neighbouring days. A residual is a value minus the mean of
 * its block (a list of days, such as a period).
 * @param blocks At least one day each, in ascending order.
 * @example
 * const week = [{ day: 20000, value: 50 }, { day: 20001, value: 52 }, { day: 20003, value: 57 }];
 * // The mean is 53, so the residuals are −3, −1 and 4. Only the first two days are neighbours.
 * poolResiduals([week]); // { squares: 26, products: 3, pairs: 1, count: 3 }
 */
export function poolResiduals(blocks: readonly (readonly Observation[])[]): PooledResiduals {
  let squares = 0;
  let products = 0;
  let pairs = 0;
  let count = 0;
  for (const block of blocks) {
    const centre = meanOfDays(block);
    block.forEach(({ day, value }, index) => {
      squares += (value - centre) ** 2;
      const previous = block[index - 1];
      if (previous?.day !== day - 1) return;
      products += (value - centre) * (previous.value - centre);
      pairs += 1;
    });
    count += block.length;
  }
  return { squares, products, pairs, count };
}
