interface HighestOfDay<Day extends string> {
  day: Day;
  /** The highest heart rate of the day, in beats a minute; null for a day without a reading. */
  max: number | null;
}

/**
 * A day's highest heart rate counts as far above every other day if it is at least this many times the second highest
 * day's.
 */
const farAbove = 1.25;

/**
 * A sentence about a day whose highest heart rate is far above that of every other day; null when there is no such day.
 * A value like this is more often a misreading than a real heart rate, so the answer keeps it but adds this warning.
 */
export function sayLoneHighest<Day extends string>(
  days: readonly HighestOfDay<Day>[],
  sayDay: (day: Day) => string,
): string | null {
  const [highest, next] = days.toSorted((one, other) => (other.max ?? 0) - (one.max ?? 0));
  if (!highest?.max || !next?.max || highest.max < next.max * farAbove) return null;
  return `${highest.max} bpm on ${sayDay(highest.day)} is far above every other day: a ring that slips can misread.`;
}
