/*
 * One answer projects thousands of lists. A typed array of a few hundred numbers costs more to make than to fill, so the
 * functions here change their argument where the caller needs it no longer.
 */

/** Σ x² of a residual that is only rounding error, as a share of the Σ x² of the values. */
const negligible = 1e-18;

/** Orthonormal vectors. */
export type Basis = readonly Float64Array[];

/** A residual with a smaller share of the column's Σ x² has lost precision, so it is orthogonalised a second time. */
const imprecise = 0.01;

/**
 * An orthonormal basis of the columns (Gram–Schmidt). A column that depends linearly on earlier ones adds no vector.
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

/** The least-squares residuals of the values after projection on the basis (Frisch & Waugh 1933). */
export function residualsOf(basis: Basis, values: Float64Array): Float64Array {
  const residuals = values.slice();
  subtractProjection(basis, residuals);
  return residuals;
}

/** Turns the values into their {@link residualsOf}. */
export function subtractProjection(basis: Basis, values: Float64Array): void {
  for (const direction of basis) {
    const share = product(values, direction);
    for (let index = 0; index < values.length; index++)
      values[index] = (values[index] ?? 0) - share * (direction[index] ?? 0);
  }
}

/** Whether a residual is only rounding error: by its Σ x², and by that of the values it was left of. */
export function isNegligible(square: number, whole: number): boolean {
  return square <= negligible * whole;
}

/** Σ a·b */
export function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}
