/**
 * Corrects p-values for testing several hypotheses (Holm 1979). Suppose that there is no effect at all: the chance that
 * at least one corrected p-value is below .05 is then at most one in twenty, however many hypotheses are tested. A null
 * stays null and does not count as a test.
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
 * Adjusts p-values for multiple comparisons (Benjamini & Hochberg 1995). The adjusted value of a comparison is called
 * q. Suppose that all comparisons with the same or a smaller p are reported as findings: q is the share of these
 * findings that is expected to be false.
 * @returns The q-values in the order of `ps`. Each q is at least its p and at most 1. The q-values equal those of
 * scipy.stats.false_discovery_control.
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
