import type { CorrelationByLag } from "./correlation-by-lag.ts";
import { outOfRange } from "./out-of-range.ts";
import { dayNumbersOf, type Observation } from "./series.ts";

/**
 * What to expect of the sum of squared residuals, if the variance of a single day is 1. A residual is a value minus the
 * mean of its block (a list of days with the same mean level, such as a period).
 */
export interface ExpectedSquares {
  /**
   * The expected sum of the squared residuals, as a multiple of the variance of a single day. If the days are
   * independent, it is the number of days minus the number of blocks. One is lost for each block, because the mean of
   * the block is estimated from the same days.
   */
  expected: number;
  /** It is 0 if every block (a list of days, such as a period) has only one day. */
  degreesOfFreedom: number;
}

/**
 * The expected sum of squared residuals E and its degrees of freedom ν (Satterthwaite 1946). Both are computed from
 * sums over the blocks (lists of days with the same mean level, such as periods): E = Σ tr(MR) and ν = E² / Σ tr(MRMR).
 * R is the correlation matrix of a block's days. M = I − J/n subtracts the mean of the block's n days (I is the
 * identity matrix, J holds only ones).
 * @param blocks Days in ascending order.
 * @param correlation Has an entry for every lag (the number of days between two days) within a block.
 * @example
 * const week = [{ day: 20000, value: 50 }, { day: 20001, value: 52 }, { day: 20002, value: 57 }];
 * expectSquares([week], Float64Array.of(1, 0, 0)); // { expected: 2, degreesOfFreedom: 2 }
 * expectSquares([week], Float64Array.of(1, 0.5, 0.25)); // { expected: 1.166…, degreesOfFreedom: 1.849… }
 */
export function expectSquares(
  blocks: readonly (readonly Observation[])[],
  correlation: CorrelationByLag,
): ExpectedSquares {
  let expected = 0;
  let spread = 0;
  for (const block of blocks) {
    const n = block.length;
    const { total, squares, squaresOfRows } = sumMatrix(dayNumbersOf(block), correlation);
    expected += n - total / n;
    spread += squares - (2 * squaresOfRows) / n + (total / n) ** 2;
  }
  return { expected, degreesOfFreedom: spread > 0 ? expected ** 2 / spread : 0 };
}

/** Sums over the entries of a correlation matrix R. */
interface MatrixSums {
  total: number;
  /** The sum of the squares of all entries. */
  squares: number;
  /** The sum of the squares of the row sums. */
  squaresOfRows: number;
}

/** Each pair of days is visited once, because a correlation matrix is symmetric. */
function sumMatrix(days: Int32Array, correlation: CorrelationByLag): MatrixSums {
  const rows = new Float64Array(days.length).fill(1); // the correlation of each day with itself
  let squares = days.length;
  for (let one = 1; one < days.length; one++) {
    for (let other = 0; other < one; other++) {
      const lag = (days[one] ?? outOfRange(one)) - (days[other] ?? outOfRange(other));
      const r = correlation[lag] ?? outOfRange(lag);
      rows[one] = (rows[one] ?? outOfRange(one)) + r;
      rows[other] = (rows[other] ?? outOfRange(other)) + r;
      squares += 2 * r * r;
    }
  }
  let total = 0;
  let squaresOfRows = 0;
  for (const row of rows) {
    total += row;
    squaresOfRows += row * row;
  }
  return { total, squares, squaresOfRows };
}
