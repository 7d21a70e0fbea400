/**
 * Throws, for an index that a list does not have. The compiler allows for such an index, although correct code never
 * computes one. With `?? 0`, a mistake in an index would count as a measured 0. With this function, the mistake fails.
 *
 * The list is read outside this function on purpose. One function that reads lists of every type (numbers, objects,
 * typed arrays) cannot be optimised for any of them, and is 5 to 20 times slower in the loops over pairs of days.
 * @example
 * const values = [50, 52];
 * values[1] ?? outOfRange(1); // 52
 * values[2] ?? outOfRange(2); // throws "No element at index 2"
 */
export function outOfRange(index: number): never {
  throw new RangeError(`No element at index ${index}`);
}
