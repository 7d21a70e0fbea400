/**
 * Ranks from 1, equal values sharing the mean of theirs, as scipy.stats.rankdata.
 * @example rankValues([30, 10, 30]) // [2.5, 1, 2.5]
 */
export function rankValues(values: readonly number[]): number[] {
  const order = Uint32Array.from(values.keys()).sort((one, other) => (values[one] ?? 0) - (values[other] ?? 0));
  const ranks = new Array<number>(values.length).fill(0);
  for (let first = 0; first < order.length; ) {
    let next = first + 1;
    while (next < order.length && values[order[next] ?? 0] === values[order[first] ?? 0]) next++;
    for (let place = first; place < next; place++) ranks[order[place] ?? 0] = (first + 1 + next) / 2;
    first = next;
  }
  return ranks;
}
