import { outOfRange } from "../out-of-range.ts";

/**
 * The rank of each value, from 1 for the smallest. Equal values get the mean of their ranks, as in
 * scipy.stats.rankdata.
 * @example rankValues([30, 10, 30]) // [2.5, 1, 2.5]
 */
export function rankValues(values: readonly number[]): number[] {
  const sorted = new Float64Array(values).sort(); // sorting a typed array without a comparator is faster
  const ranks = new Map<number, number>();
  for (let first = 0; first < sorted.length; ) {
    const value = sorted[first] ?? outOfRange(first);
    let next = first + 1;
    while (next < sorted.length && sorted[next] === value) next++;
    ranks.set(value, (first + 1 + next) / 2);
    first = next;
  }
  return values.map((value) => ranks.get(value) as number); // the loop above gave every value a rank
}
