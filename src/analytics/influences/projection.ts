/**
 * A residual counts as rounding error if its sum of squares is at most this share of the sum of squares of the original
 * values.
 */
const negligible = 1e-18;

/** A list of orthonormal vectors. */
export type Basis = readonly Float64Array[];

/**
 * A column is orthogonalised twice if the sum of squares of its residual is below this share of the column's own sum of
 * squares. Such a small residual has lost precision.
 */
const imprecise = 0.01;

/**
 * Computes an orthonormal basis of the columns (Gram–Schmidt). A column that depends linearly on earlier columns adds
 * no vector.
 */
export function createBasis(columns: readonly Float64Array[]): Basis {
  const basis: Float64Array[] = [];
  for (const column of columns) {
    const first = residualsOf(basis, column);
    const residual = product(first, first) < imprecise * product(column, column) ? residualsOf(basis, first) : first;
    const square = product(residual, residual);
    if (isNegligible(square, column)) continue;
    const length = Math.sqrt(square);
    basis.push(residual.map((value) => value / length));
  }
  return basis;
}

/** The least-squares residuals of the values, after subtracting their projection on the basis (Frisch & Waugh 1933). */
export function residualsOf(basis: Basis, values: Float64Array): Float64Array {
  const residuals = values.slice();
  for (const direction of basis) subtract(residuals, product(residuals, direction), direction);
  return residuals;
}

/**
 * Subtracts share · direction from the values. The values change in place for speed, because one answer calls this
 * function thousands of times.
 */
export function subtract(values: Float64Array, share: number, direction: Float64Array): void {
  for (let index = 0; index < values.length; index++)
    values[index] = (values[index] ?? 0) - share * (direction[index] ?? 0);
}

/**
 * Whether a residual of `values` is only rounding error.
 * @param square The sum of squares of the residual.
 */
export function isNegligible(square: number, values: Float64Array): boolean {
  return square <= negligible * product(values, values);
}

/** The scalar product Σ a·b of two vectors. */
export function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}
