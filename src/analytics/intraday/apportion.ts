import { outOfRange } from "../out-of-range.ts";

/**
 * Splits a whole number into whole parts in proportion to weights, by Hamilton's method. Each part is rounded down, and
 * the units that remain go to the largest remainders. Of equal remainders, the earlier part comes first.
 * @param total A whole number, at least 0.
 * @param weights At least 0. If all weights are 0, every part is 0, whatever the total is.
 * @returns Parts that add up to the total. A weight of 0 gives a part of 0.
 * @example
 * apportion(10, [1, 1, 1]); // [4, 3, 3]
 * apportion(10, [0, 0]); // [0, 0]
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum <= 0) return weights.map(() => 0);
  const shares = weights.map((weight) => (total * weight) / sum);
  const parts = shares.map(Math.floor);
  const left = total - parts.reduce((all, part) => all + part, 0);
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .filter(({ index }) => (weights[index] ?? outOfRange(index)) > 0)
    .toSorted((one, other) => other.remainder - one.remainder || one.index - other.index);
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? outOfRange(index)) + 1;
  return parts;
}
