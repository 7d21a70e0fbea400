import { clamp, rating } from "./arithmetic.ts";
import { type DayNumber, type Instant, isoDay } from "./calendar.ts";
import { restlessEpochs } from "./hypnogram.ts";
import { documentId, type Life } from "./life.ts";
import { mainNight } from "./nights.ts";
import { dayAnchor, dayStamp, type Placed } from "./placed.ts";
import { randomFor } from "./random.ts";
import type { SleepPeriod } from "./sleep-period.ts";
import { syncedNight } from "./sleep-sync.ts";

/** `daily_sleep`: one for every day whose main night was measured. */
export function dailySleepDocuments(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  const night = syncedNight(life, day, horizon);
  if (!night) return [];
  const contributors = sleepContributors(life, night);
  const document = {
    id: documentId(life.seed, "daily_sleep", day, 0),
    contributors,
    day: isoDay(day),
    score: sleepScoreOn(life, day),
    timestamp: dayStamp(life, day),
  };
  return [{ anchor: dayAnchor(day), document }];
}

export function sleepScoreOn(life: Life, day: DayNumber): number | null {
  const night = mainNight(life, day);
  if (!night) return null;
  const rated = sleepContributors(life, night);
  const weighted =
    0.35 * rated.total_sleep +
    0.15 * rated.restfulness +
    0.1 * (rated.efficiency + rated.latency + rated.deep_sleep + rated.rem_sleep + rated.timing);
  return clamp(Math.round(weighted), 1, 100);
}

function sleepContributors(life: Life, night: SleepPeriod) {
  const hours = (seconds: number): number => seconds / 3_600;
  const { deep, rem, asleep, latency } = night.stages();
  const movement = night.movement();
  const restless = restlessEpochs(movement) / movement.length;
  const midpoint = (night.start + night.end) / 2;
  const minutesFromThree = Math.abs(life.calendar.minutesAt(night.zone, midpoint) - 180);
  const quirk = randomFor(life.seed, "sleep-score", night.day);
  return {
    deep_sleep: rating(hours(deep), [0.2, 0.7, 1.1, 1.7], [10, 49, 73, 97]),
    efficiency: rating((100 * asleep) / night.inBed, [60, 80, 86, 92], [5, 70, 86, 98]),
    latency: rating(latency / 60, [1, 6, 12, 16, 26], [62, 78, 94, 86, 50]),
    rem_sleep: rating(hours(rem), [0.4, 1, 1.35, 1.9], [20, 62, 82, 99]),
    restfulness: rating(restless, [0.08, 0.15, 0.2, 0.32], [92, 70, 56, 25]),
    timing: clamp(rating(minutesFromThree, [0, 30, 75, 150], [95, 75, 40, 8]) + quirk.integer(-6, 4), 1, 100),
    total_sleep: rating(hours(asleep), [3.5, 6, 7.1, 8, 9], [5, 60, 82, 95, 99]),
  };
}
