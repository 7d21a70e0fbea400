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
