/**
 * Turns the values of a factor into a covariate: a list without gaps. Unknown values are replaced by the mean of the
 * known values, so that a night with an unknown covariate can still be compared.
 * @param values Null if the value of a night is not known.
 * @returns All values are 0 if none is known. A constant covariate explains nothing.
 * @example createCovariate([1, null, 0, 1]) // Float64Array [1, 0.6666666666666…, 0, 1]
 */
export function createCovariate(values: readonly (number | null)[]): Float64Array {
  let sum = 0;
  let known = 0;
  for (const value of values) {
    if (value === null) continue;
    sum += value;
    known += 1;
  }
  const ordinary = sum / Math.max(1, known);
  return new Float64Array(values.map((value) => value ?? ordinary));
}
