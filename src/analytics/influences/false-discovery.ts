/**
 * Benjamini & Hochberg (1995): each p as the share of false finds to expect if everything at least as clear as it were
 * called a find. With twenty looks at chance alone one p below .05 is to be expected, and is no find.
 * @returns q in the order given, each at least its p and at most 1; as scipy.stats.false_discovery_control.
 * @example adjustForLooks([0.01, 0.04, 0.03]) // [0.03, 0.04, 0.04]
 */
export function adjustForLooks(ps: readonly number[]): number[] {
  const descending = ps.map((p, index) => ({ p, index })).toSorted((one, other) => other.p - one.p);
  const adjusted = new Array<number>(ps.length).fill(1);
  let least = 1;
  descending.forEach(({ p, index }, position) => {
    least = Math.min(least, (p * ps.length) / (ps.length - position));
    adjusted[index] = least;
  });
  return adjusted;
}
