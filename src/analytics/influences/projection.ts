import { outOfRange } from "../out-of-range.ts";

/*
 * One tool call projects thousands of lists. Creating a typed array of a few hundred numbers takes longer than filling
 * it. Some functions of this file therefore change their argument in place.
 */

/** Orthonormal vectors: each has the length 1, and each is at right angles to all others. */
export type Basis = readonly Float64Array[];

/**
 * A column is orthogonalised a second time if the first pass leaves less than this share of its sum of squares. Such a
 * small residual has lost precision by rounding.
 */
const imprecise = 0.01;

/**
 * Computes an orthonormal basis of the columns (Gram–Schmidt). A column that depends linearly on earlier columns adds
 * no vector.
 * @param columns Lists of equal length. They are not changed.
 * @example
 * createBasis([Float64Array.of(3, 4), Float64Array.of(6, 8)]); // [[0.6, 0.8]]
 */
export function createBasis(columns: readonly Float64Array[]): Basis {
  const basis: Float64Array[] = [];
  for (const column of columns) {
    const whole = product(column, column);
    const residual = residualsOf(basis, column);
    let square = product(residual, residual);
    if (square < imprecise * whole) {
      subtractProjection(basis, residual);
      square = product(residual, residual);
    }
    if (isNegligible(square, whole)) continue;
    const length = Math.sqrt(square);
    for (let index = 0; index < residual.length; index++)
      residual[index] = (residual[index] ?? outOfRange(index)) / length;
    basis.push(residual);
  }
  return basis;
}

/**
 * What remains of the values after subtracting their projection on the basis (Frisch & Waugh 1933). If the basis spans
 * the covariates, these are the residuals of a least-squares fit of the covariates.
 * @param values As long as the vectors of the basis, in any unit. Not changed.
 * @returns In the unit of the values. With an empty basis, equal to the values.
 * @example residualsOf(createBasis([Float64Array.of(1, 1)]), Float64Array.of(4, 6)) // Float64Array [-1, 1]
 */
export function residualsOf(basis: Basis, values: Float64Array): Float64Array {
  const residuals = values.slice();
  subtractProjection(basis, residuals);
  return residuals;
}

/**
 * Replaces the values by their residuals, as computed by {@link residualsOf}.
 * @example
 * const values = Float64Array.of(4, 6);
 * subtractProjection([Float64Array.of(1, 0)], values); // undefined
 * values; // Float64Array [0, 6]
 */
export function subtractProjection(basis: Basis, values: Float64Array): void {
  for (const direction of basis) {
    const share = product(values, direction);
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? outOfRange(index);
      values[index] = value - share * (direction[index] ?? outOfRange(index));
    }
  }
}

/**
 * A residual counts as rounding error if its sum of squares is at most this share of the sum of squares of the original
 * values.
 */
const negligible = 1e-18;

/**
 * Whether a residual is only rounding error.
 * @param square The sum of squares of the residual.
 * @param whole The sum of squares of the original values. If it is 0, the residual is negligible too.
 * @example
 * isNegligible(1e-20, 1); // true
 * isNegligible(1e-10, 1); // false
 */
export function isNegligible(square: number, whole: number): boolean {
  return square <= negligible * whole;
}

/**
 * The scalar product Σ a·b of two vectors. The product of a vector with itself is its sum of squares.
 * @param other A vector with at least as many elements as `one`.
 * @example product(Float64Array.of(1, 2), Float64Array.of(3, 4)) // 11
 */
export function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++)
    sum += (one[index] ?? outOfRange(index)) * (other[index] ?? outOfRange(index));
  return sum;
}
