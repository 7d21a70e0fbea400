import { outOfRange } from "./out-of-range.ts";

/**
 * Counts the items whose value is below a limit, by binary search. The count is also an index in the list: an item
 * whose value equals the limit can be inserted there.
 * @param ordered Items in the order of their values, smallest first.
 * @example
 * countBelow([10, 20, 20, 30], 20, (value) => value); // 1
 * countBelow([], 20, (value) => value); // 0
 */
export function countBelow<Item>(ordered: readonly Item[], limit: number, read: (item: Item) => number): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (read(ordered[middle] ?? outOfRange(middle)) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
