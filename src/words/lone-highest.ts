interface HighestOfDay<Day extends string> {
  day: Day;
  /** Beats a minute; null for a day without a reading. */
  max: number | null;
}

/** The highest day is reported when it is at least this many times the next highest. */
const farAbove = 1.25;

/**
 * A sentence about a day whose highest heart rate is far above every other day's; null where there is none. Such a
 * value is more often a misreading than a real heart rate. It stays in the answer with this warning.
 */
export function sayLoneHighest<Day extends string>(
  days: readonly HighestOfDay<Day>[],
  sayDay: (day: Day) => string,
): string | null {
  const [highest, next] = days.toSorted((one, other) => (other.max ?? 0) - (one.max ?? 0));
  if (!highest?.max || !next?.max || highest.max < next.max * farAbove) return null;
  return `${highest.max} bpm on ${sayDay(highest.day)} is far above every other day: a ring that slips can misread.`;
}
