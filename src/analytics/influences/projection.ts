/** What rounding leaves of values that are explained wholly, as a share of their own Σ x². */
const negligible = 1e-18;

/** Directions at right angles to one another, each of length 1. */
export type Basis = readonly Float64Array[];

/** A rest this much smaller than what it is left of, in Σ x², has lost digits, and is taken out a second time. */
const imprecise = 0.01;

/** Columns as directions; one that the others explain wholly adds none (Gram & Schmidt). */
export function createBasis(columns: readonly Float64Array[]): Basis {
  const basis: Float64Array[] = [];
  for (const column of columns) {
    const once = takeOut(basis, column);
    const rest = product(once, once) < imprecise * product(column, column) ? takeOut(basis, once) : once;
    const square = product(rest, rest);
    if (isNothing(square, column)) continue;
    const length = Math.sqrt(square);
    basis.push(rest.map((value) => value / length));
  }
  return basis;
}

/** What is left of values once all that lies along the basis is taken out, by least squares (Frisch & Waugh 1933). */
export function takeOut(basis: Basis, values: Float64Array): Float64Array {
  const rest = values.slice();
  for (const direction of basis) subtract(rest, product(rest, direction), direction);
  return rest;
}

/** values − share · direction, in place: run thousands of times an answer. */
export function subtract(values: Float64Array, share: number, direction: Float64Array): void {
  for (let index = 0; index < values.length; index++)
    values[index] = (values[index] ?? 0) - share * (direction[index] ?? 0);
}

/** Whether a rest of `values`, given as its Σ x², is no more than rounding. */
export function isNothing(square: number, values: Float64Array): boolean {
  return square <= negligible * product(values, values);
}

/** Σ a·b */
export function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index++) sum += (one[index] ?? 0) * (other[index] ?? 0);
  return sum;
}
