/*
 * One tool call projects thousands of lists. Creating a typed array of a few hundred numbers takes longer than filling
 * it. Some functions of this file therefore change their argument in place.
 */

/**
 * A residual counts as rounding error if its sum of squares is at most this share of the sum of squares of the original
 * values.
 */
const negligible = 1e-18;

/** A list of orthonormal vectors. */
export type Basis = readonly Float64Array[];

/**
 * A column is orthogonalised a second time if the first pass leaves less than this share of its sum of squares. Such a
 * small residual has lost precision by rounding.
 */
const imprecise = 0.01;

/**
 * Computes an orthonormal basis of the columns (Gram–Schmidt). A column that depends linearly on earlier columns adds
 * no vector.
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
    for (let index = 0; index < residual.length; index++) residual[index] = (residual[index] ?? 0) / length;
    basis.push(residual);
  }
  return basis;
}

/** The least-squares residuals of the values, after subtracting their projection on the basis (Frisch & Waugh 1933). */
export function residualsOf(basis: Basis, values: Float64Array): Float64Array {
  const residuals = values.slice();
  subtractProjection(basis, residuals);
  return residuals;
}

/** Replaces the values by their residuals, as computed by {@link residualsOf}. */
export function subtractProjection(basis: Basis, values: Float64Array): void {
  for (const direction of basis) {
    const share = product(values, direction);
    for (let index = 0; index < values.length; index++)
      values[index] = (values[index] ?? 0) - share * (direction[index] ?? 0);
  }
}

/**
 * Whether a residual is only rounding error.
 * @param square The sum of squares of the residual.
 * @param whole The sum of squares of the original values.
 */
export function isNegligible(square: number, whole: number): boolean {
  return square <= negligible * whole;
}

/** The scalar product Σ a·b of two vectors. */
export function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}
