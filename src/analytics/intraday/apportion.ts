/**
 * Splits a whole number in proportion to weights, into whole parts that add up to it exactly. Each part is its share
 * rounded down; the remaining units go to the largest remainders (Hamilton's method), the earlier first among equals.
 * @param total A whole number, at least 0.
 * @param weights At least 0 each. If all are 0, every part is 0 and the parts do not add up to a positive total.
 * @example apportion(10, [1, 1, 1]) // [4, 3, 3]
 */
export function apportion(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum <= 0) return weights.map(() => 0);
  const shares = weights.map((weight) => (total * weight) / sum);
  const parts = shares.map(Math.floor);
  const left = total - parts.reduce((all, part) => all + part, 0);
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: share - Math.floor(share) }))
    .filter(({ index }) => (weights[index] ?? 0) > 0)
    .toSorted((one, other) => other.remainder - one.remainder || one.index - other.index);
  for (const { index } of byRemainder.slice(0, left)) parts[index] = (parts[index] ?? 0) + 1;
  return parts;
}
