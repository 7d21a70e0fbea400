interface HighestOfDay<Day extends string> {
  day: Day;
  /** Beats a minute; null for a day without a reading. */
  max: number | null;
}

/** So much above the next highest day. */
const farAbove = 1.25;

/** One day far above all others is more often a reading gone wrong than a heart: it stays, and this is said of it. */
export function sayLoneHighest<Day extends string>(
  days: readonly HighestOfDay<Day>[],
  sayDay: (day: Day) => string,
): string | null {
  const [highest, next] = days.toSorted((one, other) => (other.max ?? 0) - (one.max ?? 0));
  if (!highest?.max || !next?.max || highest.max < next.max * farAbove) return null;
  return `${highest.max} bpm on ${sayDay(highest.day)} is far above every other day: a ring that slips can misread.`;
}
