import { type DayNumber, HOUR, type Instant, MINUTE } from "./calendar.ts";
import type { Life } from "./life.ts";
import { mainNight } from "./nights.ts";
import type { SleepPeriod } from "./sleep-period.ts";

/** Earliest time of day at which the wearer opens the app. */
const MORNING_SYNC_MINUTES = 8.5 * 60;

/**
 * When the period reaches Oura: for a night, when the wearer opens the app in the morning; for a nap, soon after its
 * end.
 */
export function syncedAt(life: Life, period: SleepPeriod): Instant {
  if (!period.ofNight) return period.end + 15 * MINUTE;
  const morning = life.calendar.instantAt(period.zone, period.day, MORNING_SYNC_MINUTES);
  return Math.max(morning, period.end + 10 * MINUTE);
}

/** The main night of `day` if it has reached Oura by `horizon`. */
export function syncedNight(life: Life, day: DayNumber, horizon: Instant): SleepPeriod | null {
  // The horizon rules out most future days without generating them.
  if (horizon < life.calendar.instantAt(life.zoneOn(day), day, 0) - HOUR) return null;
  const night = mainNight(life, day);
  return night && syncedAt(life, night) <= horizon ? night : null;
}
