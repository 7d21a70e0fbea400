import { type DayNumber, type Instant, MINUTE } from "./calendar.ts";
import type { Life } from "./life.ts";
import { isDeparture } from "./naps.ts";
import { physiologyOn } from "./physiology.ts";
import { randomFor } from "./random.ts";
import { dayPlan } from "./restless/day-plan.ts";
import { wornOn } from "./wear.ts";

/** A guided or unguided session ("Moment" in the app); samples every 5 s. */
export interface Session {
  type: "meditation" | "breathing";
  mood: "same" | "good" | "great" | null;
  start: Instant;
  end: Instant;
  heartRate: (number | null)[];
  hrv: (number | null)[];
  motion: number[];
}

const SAMPLE_SECONDS = 5;

/** Breathing in the afternoon, meditation before bed. */
export function sessionsOn(life: Life, day: DayNumber): Session[] {
  if (life.person.restless) return plannedSessions(life, day);
  if (!wornOn(life, day) || isDeparture(life, day)) return [];
  const random = randomFor(life.seed, "sessions", day);
  const sessions: Session[] = [];
  if (random.chance(0.14)) sessions.push(session(life, day, "breathing", 17 * 60 + 32, random.integer(3, 8)));
  if (random.chance(0.3)) sessions.push(session(life, day, "meditation", 21 * 60 + 30, random.integer(6, 20)));
  return sessions;
}

function plannedSessions(life: Life, day: DayNumber): Session[] {
  const { meditation } = dayPlan(life, day);
  return meditation ? [session(life, day, "meditation", meditation.from, meditation.to - meditation.from)] : [];
}

function session(life: Life, day: DayNumber, type: Session["type"], from: number, minutes: number): Session {
  const random = randomFor(life.seed, "session", day, type);
  const state = physiologyOn(life, day);
  const start = life.calendar.instantAt(life.zoneOn(day), day, from);
  const samples = Array.from({ length: (minutes * 60) / SAMPLE_SECONDS }, (_, i) => i);
  const settle = (i: number): number => 8 * Math.exp(-i / 40);
  // There is no pulse in the first seconds of a session.
  const measured = (i: number, value: number): number | null =>
    i < 2 || random.chance(0.02) ? null : Math.round(value);
  return {
    type,
    mood: random.chance(0.3) ? random.pick(["same", "good", "great"]) : null,
    start,
    end: start + minutes * MINUTE,
    heartRate: samples.map((i) => measured(i, state.restingHeartRate + 8 + settle(i) + 1.5 * random.normal())),
    hrv: samples.map((i) =>
      measured(i, state.hrv * (type === "breathing" ? 1.2 : 1) * Math.exp(0.2 * random.normal())),
    ),
    motion: samples.map(() => (random.chance(0.06) ? random.integer(1, 4) : 0)),
  };
}
