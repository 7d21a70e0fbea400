import { clamp, mean, rating } from "./arithmetic.ts";
import { type DayNumber, type Instant, isoDay } from "./calendar.ts";
import { sleepScoreOn } from "./daily-sleep-documents.ts";
import { documentId, type Life } from "./life.ts";
import { nightWornOn } from "./nights.ts";
import { physiologyOn } from "./physiology.ts";
import { dayAnchor, dayStamp, type Placed } from "./placed.ts";
import { randomFor, wander } from "./random.ts";
import { syncedNight } from "./sleep-sync.ts";

/** Nights of data before Oura rates a balance. */
const BALANCE_NIGHTS = 14;

/** `daily_readiness`: on the same days as `daily_sleep`. */
export function dailyReadinessDocuments(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  if (!syncedNight(life, day, horizon)) return [];
  const document = {
    id: documentId(life.seed, "daily_readiness", day, 0),
    ...readinessOn(life, day),
    day: isoDay(day),
    timestamp: dayStamp(life, day),
  };
  return [{ anchor: dayAnchor(day), document }];
}

/** Readiness as both `daily_readiness` and the main `sleep` document carry it. */
export function readinessOn(life: Life, day: DayNumber) {
  const state = physiologyOn(life, day);
  const random = randomFor(life.seed, "readiness", day);
  const forming = day - life.timeline.firstDay < 3;
  const contributors = readinessContributors(life, day);
  const rated = Object.values(contributors).filter((value) => value !== null);
  // The worst contributor has extra weight.
  const score = clamp(Math.round(0.72 * mean(rated) + 0.28 * Math.min(...rated) + 4), 1, 100);
  const trend = mean([0, 1, 2, 3].map((back) => physiologyOn(life, day - back).temperature));
  return {
    contributors,
    score: forming ? null : score,
    temperature_deviation: forming || random.chance(0.012) ? null : Number(state.temperature.toFixed(2)),
    temperature_trend_deviation: temperatureTrend(life, day, forming || random.chance(0.035), trend),
  };
}

function temperatureTrend(life: Life, day: DayNumber, absent: boolean, trend: number): number | null {
  // A physically impossible value, as real data sometimes has.
  if (day === life.timeline.temperatureOutlierDay) return 21.84;
  return absent ? null : Number((trend + 0.05).toFixed(2));
}

function readinessContributors(life: Life, day: DayNumber) {
  const { body } = life.person;
  const state = physiologyOn(life, day);
  const random = randomFor(life.seed, "readiness-contributors", day);
  const days = Array.from({ length: BALANCE_NIGHTS }, (_, back) => day - back);
  const recent = days.map((past) => physiologyOn(life, past));
  const worn = days.filter((past) => nightWornOn(life, past)).length;
  const formed = worn >= BALANCE_NIGHTS / 2;
  const balance = (value: number): number | null => (formed ? value : null);
  const lnSteps = recent.map((past) => Math.log(past.steps / body.steps));
  const lnHrv = mean(recent.slice(0, 7).map((past) => Math.log(past.hrv / body.hrvMs)));
  const hours = mean(recent.map((past) => past.sleepHours));
  const yesterday = rating(lnSteps[1] ?? 0, [-1, -0.3, 0.1, 0.6, 1.1], [55, 80, 92, 70, 45]);
  // Low temperatures reduce the rating less than high ones.
  const warmth = Math.max(state.temperature, -0.4 * state.temperature);
  const heartRate = state.restingHeartRate - body.restingHeartRate;
  return {
    activity_balance: balance(rating(Math.abs(mean(lnSteps)), [0, 0.15, 0.5], [92, 84, 60])),
    body_temperature: rating(warmth, [0, 0.3, 0.6, 1, 1.5], [100, 93, 62, 14, 1]),
    hrv_balance: balance(rating(lnHrv, [-0.35, -0.1, 0, 0.12, 0.3], [12, 58, 77, 93, 100])),
    previous_day_activity: random.chance(0.004) ? null : yesterday,
    previous_night: clamp((sleepScoreOn(life, day) ?? 60) - 8 + random.integer(-5, 5), 1, 100),
    recovery_index: clamp(Math.round(80 + 22 * random.normal() - 40 * state.illness), 1, 100),
    resting_heart_rate: rating(heartRate, [-4, 0, 2.5, 5, 8], [100, 86, 62, 28, 1]),
    sleep_balance: balance(rating(hours, [5.5, 7, 8], [30, 82, 96])),
    sleep_regularity: balance(clamp(Math.round(80 + 14 * wander(day, 12, life.seed, "regularity")), 1, 100)),
  };
}
