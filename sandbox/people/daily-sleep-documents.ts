import { clamp, rating } from "./arithmetic.ts";
import { type DayNumber, type Instant, isoDay } from "./calendar.ts";
import { documentId, type Life } from "./life.ts";
import { mainNight } from "./nights.ts";
import { dayAnchor, dayStamp, type Placed } from "./placed.ts";
import { randomFor } from "./random.ts";
import { syncedNight } from "./sleep-documents.ts";
import type { SleepPeriod } from "./sleep-period.ts";

/** `daily_sleep`: there for every day whose main night was measured. */
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

/** 1–100, or `null` without a measured night. */
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
  const restless = night.movement.replaceAll("1", "").length / night.movement.length;
  const midpoint = (night.start + night.end) / 2;
  const minutesFromThree = Math.abs(life.calendar.minutesAt(night.zone, midpoint) - 180);
  const quirk = randomFor(life.seed, "sleep-score", night.day);
  return {
    deep_sleep: rating(hours(night.deep), [
      [0.2, 10],
      [0.7, 49],
      [1.1, 73],
      [1.7, 97],
    ]),
    efficiency: rating((100 * night.asleep) / night.inBed, [
      [60, 5],
      [80, 70],
      [86, 86],
      [92, 98],
    ]),
    latency: rating(night.latency / 60, [
      [1, 62],
      [6, 78],
      [12, 94],
      [16, 86],
      [26, 50],
    ]),
    rem_sleep: rating(hours(night.rem), [
      [0.4, 20],
      [1, 62],
      [1.35, 82],
      [1.9, 99],
    ]),
    restfulness: rating(restless, [
      [0.08, 92],
      [0.15, 70],
      [0.2, 56],
      [0.32, 25],
    ]),
    timing: clamp(
      rating(minutesFromThree, [
        [0, 95],
        [30, 75],
        [75, 40],
        [150, 8],
      ]) + quirk.integer(-6, 4),
      1,
      100,
    ),
    total_sleep: rating(hours(night.asleep), [
      [3.5, 5],
      [6, 60],
      [7.1, 82],
      [8, 95],
      [9, 99],
    ]),
  };
}
