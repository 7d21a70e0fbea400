/**
 * p values corrected for looking several times (Holm 1979): below .05 in one case of twenty where nothing is there,
 * however many are tested. Null stays null and counts as no test.
 * @example correctByHolm([0.01, 0.04, null]) // [0.02, 0.04, null]
 */
export function correctByHolm(ps: readonly (number | null)[]): (number | null)[] {
  const ranked = ps.flatMap((p, index) => (p === null ? [] : [{ p, index }])).toSorted((one, other) => one.p - other.p);
  const corrected = new Array<number | null>(ps.length).fill(null);
  let largest = 0;
  ranked.forEach(({ p, index }, rank) => {
    largest = Math.max(largest, Math.min(1, (ranked.length - rank) * p));
    corrected[index] = largest;
  });
  return corrected;
}
