import { type DayNumber, type Instant, MINUTE } from "./calendar.ts";
import type { Life } from "./life.ts";
import { daytimeSleeps } from "./naps.ts";
import { nightPeriods, nightWornOn } from "./nights.ts";
import { type Random, randomFor } from "./random.ts";
import { offIntervals } from "./restless/off-finger.ts";
import { chargingMinutes } from "./ring-battery.ts";
import type { SleepPeriod } from "./sleep-period.ts";
import { type Workout, workoutsOn } from "./workouts.ts";

export const MINUTES_PER_DAY = 1_440;

/** Oura's digits of `class_5_min`. */
export const NON_WEAR = 0;
export const REST = 1;
export const INACTIVE = 2;
export const LOW = 3;
export const MEDIUM = 4;
export const HIGH = 5;

/** Oura's MET value for a minute without the ring, in tenths. */
export const NON_WEAR_MET_TENTHS = 1;

const LOWEST_METS = [NON_WEAR_MET_TENTHS / 10, 0.9, 1.1, 1.6, 3, 6] as const;
const HIGHEST_METS = [NON_WEAR_MET_TENTHS / 10, 0.9, 1.5, 2.5, 4.6, 7.9] as const;

/** MET and class of each of the 1,440 minutes that begin at 04:00 local time of `day`. */
export interface ActivityMinutes {
  /** The METs of a minute, which Oura gives with one decimal. Made when they are asked for: few documents need all. */
  metTenths(minute: number): number;
  classes: Uint8Array;
  /** Minutes of movement without a step, such as those of a swim. */
  withoutSteps: ReadonlySet<number>;
}

/** Layers in order, where later ones replace earlier ones: errands, workouts, sleep, times without the ring. */
export function activityMinutes(life: Life, day: DayNumber, start: Instant, walkingMinutes: number): ActivityMinutes {
  const random = randomFor(life.seed, "activity-minutes", day);
  const classes = new Uint8Array(MINUTES_PER_DAY);
  for (let minute = 0; minute < MINUTES_PER_DAY; minute++) classes[minute] = idleClass(random);
  const paint = (from: Instant, to: Instant, classOf: () => number): void => {
    const first = Math.max(0, Math.floor((from - start) / MINUTE));
    const last = Math.min(MINUTES_PER_DAY, Math.ceil((to - start) / MINUTE));
    for (let minute = first; minute < last; minute++) classes[minute] = classOf();
  };
  scatterWalking(classes, walkingMinutes, random);
  const withoutSteps = new Set<number>();
  for (const workout of workoutsOn(life, day)) {
    paint(workout.start, workout.end, () => effort(workout, random));
    if (workout.stepsPerMinute > 0) continue;
    for (let at = workout.start; at < workout.end; at += MINUTE) withoutSteps.add(Math.floor((at - start) / MINUTE));
  }
  for (const sleep of sleepsAround(life, day)) paint(sleep.start, sleep.end, () => REST);
  for (const [from, to] of offFinger(life, day)) paint(from, to, () => NON_WEAR);
  const charging = chargingMinutes(life, start, MINUTES_PER_DAY);
  for (let minute = 0; minute < MINUTES_PER_DAY; minute++) if (charging(minute)) classes[minute] = NON_WEAR;
  const metTenths = (minute: number): number => metTenthsOf(classes[minute] ?? NON_WEAR, random.uniformAfter(minute));
  return { classes, metTenths, withoutSteps };
}

/** Class of a minute without any activity: mostly sitting, sometimes resting or moving. */
function idleClass(random: Random): number {
  const draw = random.uniform();
  if (draw < 0.12) return REST;
  return draw < 0.22 ? LOW : INACTIVE;
}

/** Errands: short walks spread over the waking part of the day, 07:30 to 22:00. */
function scatterWalking(classes: Uint8Array, minutes: number, random: Random): void {
  let left = Math.round(minutes);
  while (left > 0) {
    const length = Math.min(left, random.integer(2, 9));
    const at = random.integer(210, 1_075);
    for (let minute = at; minute < at + length; minute++) classes[minute] = random.chance(0.3) ? MEDIUM : LOW;
    left -= length;
  }
}

function effort(workout: Workout, random: Random): number {
  if (workout.intensity === "easy") return random.chance(0.7) ? MEDIUM : LOW;
  if (workout.intensity === "moderate") return random.chance(0.9) ? MEDIUM : HIGH;
  return random.chance(0.75) ? HIGH : MEDIUM;
}

function sleepsAround(life: Life, day: DayNumber): SleepPeriod[] {
  return [...nightPeriods(life, day), ...nightPeriods(life, day + 1), ...daytimeSleeps(life, day)];
}

/** Times without the ring, besides those on the charger. */
function offFinger(life: Life, day: DayNumber): [Instant, Instant][] {
  if (life.person.restless) return offIntervals(life, day);
  return [day, day + 1].filter((night) => !nightWornOn(life, night)).map((night) => usualNight(life, night));
}

function usualNight(life: Life, day: DayNumber): [Instant, Instant] {
  const at = (minutes: number): Instant => life.calendar.instantAt(life.zoneOn(day), day, minutes);
  return [at(-60), at(460)];
}

/** Typical METs per class; the mean of a long stretch is what Oura shows for it. */
function metTenthsOf(value: number, draw: number): number {
  const low = LOWEST_METS[value] ?? 0.9;
  const tenths = 10 * (low + draw * ((HIGHEST_METS[value] ?? 0.9) - low));
  // `toFixed` is slow, and needed only where rounding the product could differ.
  const isClear = Math.abs(tenths - Math.floor(tenths) - 0.5) > 1e-6;
  return isClear ? Math.round(tenths) : Math.round(10 * Number((tenths / 10).toFixed(1)));
}
