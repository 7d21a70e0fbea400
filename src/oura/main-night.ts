/**
 * The period that was the night: the longest `long_sleep` of the day. Naps never stand in for a night, and what Oura took
 * back (`rest`) or the wearer deleted is no sleep at all.
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
