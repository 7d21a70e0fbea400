import { type DayNumber, type Instant, MINUTE, SECOND } from "./calendar.ts";
import type { Life } from "./life.ts";
import { createLifeMemo } from "./life-memo.ts";
import { daytimeSleeps } from "./naps.ts";
import { nightPeriods } from "./nights.ts";
import { physiologyOn } from "./physiology.ts";
import { type Random, randomFor } from "./random.ts";
import { isOffAt } from "./restless/off-finger.ts";
import { isChargingAt } from "./ring-battery.ts";
import { sessionsOn } from "./sessions.ts";
import type { SleepPeriod } from "./sleep-period.ts";
import { wornOn } from "./wear.ts";
import { type Workout, workoutsOn } from "./workouts.ts";

export type HeartRateSource = "awake" | "workout" | "rest" | "sleep" | "session";

export interface HeartRateRow {
  at: Instant;
  bpm: number;
  source: HeartRateSource;
}

interface Stretch {
  start: Instant;
  end: Instant;
}

/** Beats per minute above the resting heart rate. */
const WORKOUT_BPM = { easy: 40, moderate: 55, hard: 92 };

/** The values are large and needed only while a page of rows is made. */
const rowsOfDays = createLifeMemo<readonly HeartRateRow[]>(() => 60);

/** All rows from local midnight of `day` to the next one, oldest first. */
export function heartRateRowsOn(life: Life, day: DayNumber): readonly HeartRateRow[] {
  return rowsOfDays.recall(life, day, () => {
    const from = dayStart(life, day);
    const to = dayStart(life, day + 1);
    const around = [day - 1, day, day + 1];
    const sleeps = around.flatMap((d) => [...nightPeriods(life, d), ...daytimeSleeps(life, d)]);
    const workouts = life.person.sensesDaytime ? around.flatMap((d) => workoutsOn(life, d)) : [];
    const sessions = life.person.sensesDaytime ? around.flatMap((d) => sessionsOn(life, d)) : [];
    const random = randomFor(life.seed, "heart-rate", day);
    const resting = physiologyOn(life, day).restingHeartRate;
    const rows = [
      ...sleeps.flatMap(sleepRows),
      ...workouts.flatMap((workout) => workoutRows(workout, resting, life.seed)),
      ...sessions.flatMap((session) =>
        session.heartRate.flatMap((bpm, i) =>
          bpm !== null && i % 2 === 0 ? [{ at: session.start + i * 5 * SECOND, bpm, source: "session" as const }] : [],
        ),
      ),
      ...awakeRows(life, { start: from, end: to }, [...sleeps, ...workouts, ...sessions], resting, random),
      ...handOver(workouts, resting),
      ...blip(life, day),
    ];
    return rows.filter((row) => row.at >= from && row.at < to).sort((a, b) => a.at - b.at);
  });
}

function dayStart(life: Life, day: DayNumber): Instant {
  return life.calendar.instantAt(life.zoneOn(day), day, 0);
}

/** The night's own five-minute samples. Rejected sleeps, naps and some nights have the source "rest". */
function sleepRows(sleep: SleepPeriod): HeartRateRow[] {
  const source = sleep.kind === "long_sleep" && sleep.start % 3 !== 0 ? "sleep" : "rest";
  return (sleep.heart()?.heartRate ?? []).flatMap((bpm, i) =>
    bpm === null ? [] : [{ at: sleep.start + i * 5 * MINUTE, bpm, source }],
  );
}

/** A row every 5 s; heart rate rises at the start. */
function workoutRows(workout: Workout, resting: number, seed: string): HeartRateRow[] {
  const random = randomFor(seed, "workout-heart-rate", workout.start);
  const target = resting + WORKOUT_BPM[workout.intensity];
  const rows: HeartRateRow[] = [];
  let wave = 0;
  for (let at = workout.start; at < workout.end; at += 5 * SECOND) {
    const warmth = 1 - Math.exp(-(at - workout.start) / (4 * MINUTE));
    wave = 0.97 * wave + random.normal();
    rows.push({ at, bpm: Math.round(resting + 18 + (target - resting - 18) * warmth + wave), source: "workout" });
  }
  return rows;
}

/** Bursts of a few rows, seconds apart, then minutes without any; sometimes an hour. */
function awakeRows(
  life: Life,
  span: Stretch,
  busy: readonly Stretch[],
  resting: number,
  random: Random,
): HeartRateRow[] {
  if (!life.person.sensesDaytime) return [];
  const rows: HeartRateRow[] = [];
  let at = span.start + random.integer(0, 600) * SECOND;
  while (at < span.end) {
    const burst = random.integer(1, 5);
    const level = resting + 16 + 9 * Math.abs(random.normal());
    for (let i = 0; i < burst; i++) {
      const occupied = busy.some(({ start, end }) => at >= start && at < end);
      const off = occupied || isChargingAt(life, at) || !wornAt(life, at);
      if (!off) rows.push({ at, bpm: Math.round(level + 3 * random.normal()), source: "awake" });
      at += random.integer(4, 40) * SECOND;
    }
    at += random.chance(0.03) ? random.integer(35, 60) * MINUTE : random.integer(120, 1_080) * SECOND;
  }
  return rows;
}

/** Both sources often report the start of a workout: two rows with the same timestamp. */
function handOver(workouts: readonly Workout[], resting: number): HeartRateRow[] {
  return workouts
    .filter(({ source }) => source === "confirmed")
    .map(({ start }) => ({ at: start, bpm: Math.round(resting + 24), source: "awake" }));
}

function wornAt(life: Life, instant: Instant): boolean {
  if (life.person.restless && isOffAt(life, instant)) return false;
  return wornOn(life, life.calendar.dayAt(life.person.zone, instant));
}

/** An implausible reading during sleep. */
function blip(life: Life, day: DayNumber): HeartRateRow[] {
  if (day !== life.timeline.heartRateBlipDay) return [];
  const at = life.calendar.instantAt(life.zoneOn(day), day, 190);
  return [0, 5, 10].map((seconds) => ({ at: at + seconds * SECOND, bpm: 207 + seconds, source: "workout" as const }));
}
