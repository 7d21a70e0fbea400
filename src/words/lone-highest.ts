interface HighestOfDay<Day extends string> {
  day: Day;
  /** The highest heart rate, in beats a minute; null for a day without a reading. */
  max: number | null;
}

/**
 * The highest heart rate of a day is probably a misreading if it is at least this many times as high as on any other
 * day.
 */
const farAbove = 1.25;

/**
 * Warns of a day whose highest heart rate is far above that of every other day. Such a value is more often a misreading
 * of the ring than a real heart rate. The answer still shows the value.
 */
export function sayLoneHighest<Day extends string>(
  days: readonly HighestOfDay<Day>[],
  sayDay: (day: Day) => string,
): string | null {
  const [highest, next] = days.toSorted((one, other) => (other.max ?? 0) - (one.max ?? 0));
  if (!highest?.max || !next?.max || highest.max < next.max * farAbove) return null;
  return `${highest.max} bpm on ${sayDay(highest.day)} is far above every other day: a ring that slips can misread.`;
}
