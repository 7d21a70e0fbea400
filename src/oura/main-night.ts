/**
 * The main night of a day: its longest `long_sleep`. A nap never counts as the night. Periods that Oura reclassified
 * (`rest`) or the wearer deleted do not count as sleep.
 * @param periods all sleep periods of one day
 */
export function findMainNight<Period extends { type: string | null; total_sleep_duration: number | null }>(
  periods: readonly Period[],
): Period | null {
  let night: Period | null = null;
  for (const period of periods) {
    if (period.type !== "long_sleep") continue;
    if (night === null || (period.total_sleep_duration ?? -1) > (night.total_sleep_duration ?? -1)) night = period;
  }
  return night;
}
