/**
 * The sum of the values, added in the order of the list. 0 for an empty list.
 * @example
 * sum([420, 35]); // 455
 * sum([]); // 0
 */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
