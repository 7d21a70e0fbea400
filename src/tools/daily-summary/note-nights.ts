import { formatDays } from "../../analytics/day.ts";
import type { SleepDay } from "../../oura/night.ts";
import { sayShortSleep, sayTimes, sayUncounted } from "../../words/night-words.ts";
import { formatDay, sayDays } from "../../words/present.ts";

/**
 * Notes on nights whose figures alone could mislead a reader: a night was joined from several parts, the night was a
 * short sleep, or some sleep was not counted.
 */
export function noteNights(days: readonly SleepDay[]): string[] {
  const joined = days.filter(({ night }) => night !== null && night.parts.length > 1);
  return [
    ...(joined.length === 0
      ? []
      : [
          `In parts with less than 3 hours between them, counted as one night: ${sayDays(formatDays(joined.map(({ day }) => day)))}. ` +
            "oura_get_sleep_sessions shows the parts.",
        ]),
    ...days.flatMap(({ day, night, isShort, uncounted, isScored }) => [
      ...(isShort && night ? [`${formatDay(day)}: ${sayShortSleep(night)} (${sayTimes(night)}) is the night.`] : []),
      ...(uncounted ? [`${formatDay(day)}: ${sayUncounted(uncounted, isScored)}.`] : []),
    ]),
  ];
}
