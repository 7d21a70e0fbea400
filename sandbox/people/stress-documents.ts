import { clamp, mean, roundTo } from "./arithmetic.ts";
import { type DayNumber, type Instant, isoDay, MINUTE } from "./calendar.ts";
import { documentId, type Life } from "./life.ts";
import { physiologyOn } from "./physiology.ts";
import { dayAnchor, type Placed } from "./placed.ts";
import { randomFor, wander } from "./random.ts";
import { syncedNight } from "./sleep-sync.ts";
import { wornOn } from "./wear.ts";

/** Daytime stress is counted in quarters of an hour. */
const QUARTER = 900;
const MEDIAN_SECONDS = 3_600;
const WAKING_MINUTES = { from: 8 * 60, to: 22 * 60 };
/** Days of data before long-term measures exist. */
export const FORMING_DAYS = 14;

/** `daily_stress`: seconds of high stress and high recovery while awake. Also on days without a measured night. */
export function dailyStressDocuments(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  if (!life.person.sensesDaytime || !wornOn(life, day)) return [];
  const at = (minutes: number): Instant => life.calendar.instantAt(life.zoneOn(day), day, minutes);
  const share = clamp((horizon - at(WAKING_MINUTES.from)) / ((WAKING_MINUTES.to - WAKING_MINUTES.from) * MINUTE), 0, 1);
  if (horizon < at(WAKING_MINUTES.from)) return [];
  const random = randomFor(life.seed, "stress", day);
  const state = physiologyOn(life, day);
  const strain = 0.5 * state.temperature + 0.6 * state.illness;
  const idle = random.chance(0.015);
  const seconds = (spread: number): number => Math.min(MEDIAN_SECONDS * Math.exp(spread), 32_400);
  const quarters = (total: number): number => (idle ? 0 : Math.floor((total * share) / QUARTER + 0.5) * QUARTER);
  const stress = quarters(seconds(0.95 * random.normal() + strain));
  const recovery = quarters(seconds(0.95 * random.normal() - strain));
  const document = {
    id: documentId(life.seed, "daily_stress", day, 0),
    day: isoDay(day),
    day_summary: share < 1 || stress + recovery === 0 ? null : summary(stress, recovery),
    recovery_high: recovery,
    stress_high: stress,
  };
  return [{ anchor: dayAnchor(day), document }];
}

function summary(stress: number, recovery: number): "restored" | "stressful" | "normal" {
  if (recovery >= 9_000 && recovery > stress) return "restored";
  return stress >= 9_900 ? "stressful" : "normal";
}

/** `daily_resilience`: a slow two-week measure. */
export function dailyResilienceDocuments(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  const formed = day - life.timeline.firstDay >= FORMING_DAYS;
  const random = randomFor(life.seed, "resilience", day);
  if (!life.person.sensesDaytime || !formed || random.chance(0.04) || !syncedNight(life, day, horizon)) return [];
  const illness = mean(Array.from({ length: 14 }, (_, back) => physiologyOn(life, day - back).illness));
  const slow = (name: string): number => {
    const level = 47 + 18 * wander(day, 18, life.seed, name) + 5 * random.normal() - 30 * illness;
    return roundTo(clamp(level, 0, 100), 10);
  };
  const contributors = { sleep_recovery: slow("night"), daytime_recovery: slow("daytime"), stress: slow("load") };
  const level = resilienceLevel(47 + 14 * wander(day, 26, life.seed, "resilience") - 25 * illness + random.normal());
  const document = { id: documentId(life.seed, "daily_resilience", day, 0), day: isoDay(day), contributors, level };
  return [{ anchor: dayAnchor(day), document }];
}

function resilienceLevel(value: number): "limited" | "adequate" | "solid" | "strong" | "exceptional" {
  if (value < 33) return "limited";
  if (value < 43) return "adequate";
  if (value < 52) return "solid";
  return value < 60 ? "strong" : "exceptional";
}
