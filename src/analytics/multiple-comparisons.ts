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

/**
 * Benjamini & Hochberg (1995): adjusts p values for multiple comparisons. q is the expected share of false findings
 * among all comparisons with a p at most as large. Among twenty comparisons of pure chance, one p below .05 is
 * expected.
 * @returns q in the order of `ps`, each at least its p and at most 1, as scipy.stats.false_discovery_control.
 * @example adjustPValues([0.01, 0.04, 0.03]) // [0.03, 0.04, 0.04]
 */
export function adjustPValues(ps: readonly number[]): number[] {
  const descending = ps.map((p, index) => ({ p, index })).toSorted((one, other) => other.p - one.p);
  const adjusted = new Array<number>(ps.length).fill(1);
  let least = 1;
  descending.forEach(({ p, index }, position) => {
    least = Math.min(least, (p * ps.length) / (ps.length - position));
    adjusted[index] = least;
  });
  return adjusted;
}
