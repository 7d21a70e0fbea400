/**
 * Throws for an index that a list does not have. Correct code never computes such an index, but the compiler demands a
 * fallback. The fallback `?? 0` would hide a wrong index: the missing element would count as a measured 0. The fallback
 * `?? outOfRange(index)` throws an error instead.
 *
 * The list is read outside this function, because one function that reads lists of every type (numbers, objects, typed
 * arrays) is 5 to 20 times slower in the loops over pairs of days.
 * @example
 * const values = [50, 52];
 * values[1] ?? outOfRange(1); // 52
 * values[2] ?? outOfRange(2); // throws "No element at index 2"
 */
export function outOfRange(index: number): never {
  throw new RangeError(`No element at index ${index}`);
}
