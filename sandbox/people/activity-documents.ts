import { activityDay, activityStart, stepsAfter } from "./activity-day.ts";
import {
  HIGH,
  INACTIVE,
  LOW,
  MEDIUM,
  MINUTES_PER_DAY,
  NON_WEAR,
  NON_WEAR_MET_TENTHS,
  REST,
} from "./activity-minutes.ts";
import { clamp, mean, rating, roundTo } from "./arithmetic.ts";
import { type DayNumber, type Instant, isoDay, MINUTE } from "./calendar.ts";
import { FIRST_DIGIT } from "./hypnogram.ts";
import { documentId, type Life } from "./life.ts";
import { lazily } from "./memo.ts";
import { physiologyOn } from "./physiology.ts";
import type { Placed } from "./placed.ts";
import { wander } from "./random.ts";
import { restModeOn } from "./restless/rest-modes.ts";
import { wornOn } from "./wear.ts";

/** The goal of a usual day, and the walk that takes its energy. */
const TARGET_CALORIES = 450;
const METERS_PER_CALORIE = 8_000 / TARGET_CALORIES;

/**
 * `daily_activity`. The current day is partial: minutes that are in the future or not synced count as not worn. So its
 * times still add up to 86,400 s and `met` still has 1,440 items.
 */
export function dailyActivityDocuments(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  const start = activityStart(life, day);
  const lived = clamp(Math.floor((horizon - start) / MINUTE), 0, MINUTES_PER_DAY);
  if (lived === 0 || !wornOn(life, day)) return [];
  const whole = activityDay(life, day);
  const classes = lived === MINUTES_PER_DAY ? whole.classes : whole.classes.slice().fill(NON_WEAR, lived);
  const metOf = (minute: number): number => (minute < lived ? whole.metTenths(minute) : NON_WEAR_MET_TENTHS) / 10;
  const minutes = new Uint16Array(HIGH + 1);
  const moving: number[] = [];
  for (let minute = 0; minute < MINUTES_PER_DAY; minute++) {
    const value = classes[minute] ?? NON_WEAR;
    minutes[value] = (minutes[value] ?? 0) + 1;
    if (value >= LOW) moving.push(minute);
  }
  let effort = 0;
  for (const pace of [LOW, MEDIUM, HIGH])
    for (const minute of moving) if (classes[minute] === pace) effort = effort + metOf(minute) - 0.9;
  const met = lazily(() => sumMets(classes, metOf));
  const steps = stepsAfter(whole, lived);
  const seconds = (wanted: number): number => (minutes[wanted] ?? 0) * 60;
  const metMinutes = (wanted: number): number => Math.round(met().ofClass[wanted] ?? 0);
  const { body } = life.person;
  const active = Math.round(effort * (body.weightKg / 60) * 1.2);
  const walked = Math.round(steps * 0.79 + active * 1.5);
  // Oura sets the goal of each day by the readiness.
  const target = TARGET_CALORIES + 50 * Math.round(1.4 * wander(day, 6, life.seed, "goal"));
  const stamp = life.calendar.stamp(life.zoneOn(day), start);
  const contributors = activityContributors(life, day, steps);
  const document = {
    id: documentId(life.seed, "daily_activity", day, 0),
    active_calories: active,
    // What rests on the METs of all minutes is made when it is read: most answers are without it.
    get average_met_minutes() {
      return roundTo(met().all / MINUTES_PER_DAY, 32);
    },
    get class_5_min() {
      return perFiveMinutes(classes);
    },
    contributors,
    day: isoDay(day),
    equivalent_walking_distance: walked,
    get high_activity_met_minutes() {
      return metMinutes(HIGH);
    },
    high_activity_time: seconds(HIGH),
    inactivity_alerts: Math.round(((2 + 2 * wander(day, 3, life.seed, "alerts")) * lived) / MINUTES_PER_DAY),
    get low_activity_met_minutes() {
      return metMinutes(LOW);
    },
    low_activity_time: seconds(LOW),
    get medium_activity_met_minutes() {
      return metMinutes(MEDIUM);
    },
    medium_activity_time: seconds(MEDIUM),
    met: {
      interval: 60,
      get items() {
        return met().items;
      },
      timestamp: stamp,
    },
    // Negative where the goal is exceeded.
    meters_to_target: Math.round(((target - active) * METERS_PER_CALORIE) / 100) * 100,
    non_wear_time: seconds(NON_WEAR),
    resting_time: seconds(REST),
    score: activityScore(life, day, contributors),
    get sedentary_met_minutes() {
      return Math.round(metMinutes(INACTIVE) / 10);
    },
    sedentary_time: seconds(INACTIVE),
    steps,
    target_calories: target,
    target_meters: Math.round((target * METERS_PER_CALORIE) / 500) * 500,
    timestamp: stamp,
    total_calories: active + Math.round((basalCalories(life) * lived) / MINUTES_PER_DAY),
  };
  return [{ anchor: start, document }];
}

function sumMets(classes: Uint8Array, metOf: (minute: number) => number) {
  const ofClass = new Float64Array(HIGH + 1);
  const items: number[] = [];
  let all = 0;
  for (let minute = 0; minute < MINUTES_PER_DAY; minute++) {
    const value = classes[minute] ?? NON_WEAR;
    const met = metOf(minute);
    ofClass[value] = (ofClass[value] ?? 0) + met;
    all += met;
    items.push(met);
  }
  return { items, ofClass, all };
}

/** None on the first day. In rest mode Oura gives none or a 0. */
function activityScore(life: Life, day: DayNumber, contributors: Record<string, number>): number | null {
  if (day === life.timeline.firstDay) return null;
  const rest = life.person.restless ? restModeOn(life, day) : null;
  if (rest !== null) return rest.first % 2 === 0 ? 0 : null;
  return clamp(Math.round(mean(Object.values(contributors))), 1, 100);
}

function activityContributors(life: Life, day: DayNumber, steps: number) {
  const lnSteps = (back: number): number => Math.log(physiologyOn(life, day - back).steps / life.person.body.steps);
  const week = mean([1, 2, 3, 4, 5, 6, 7].map(lnSteps));
  const slow = (name: string): number => Math.round(15 * wander(day, 9, life.seed, name));
  return {
    meet_daily_targets: clamp(rating(week, [-0.8, 0, 0.4], [25, 78, 98]) + slow("targets"), 1, 100),
    move_every_hour: clamp(82 + slow("hourly"), 1, 100),
    recovery_time: clamp(84 + slow("recovery"), 1, 100),
    stay_active: rating(steps, [0, 4_000, 9_000, 16_000], [20, 55, 82, 98]),
    training_frequency: clamp(80 + slow("frequency"), 1, 100),
    training_volume: clamp(rating(week, [-0.8, 0, 0.4], [40, 82, 98]) + slow("volume"), 1, 100),
  };
}

function perFiveMinutes(classes: Uint8Array): string {
  const codes = new Uint8Array(MINUTES_PER_DAY / 5);
  const counts = new Uint8Array(HIGH + 1);
  for (let at = 0; at < classes.length; at += 5) {
    counts.fill(0);
    for (let minute = at; minute < at + 5; minute++)
      counts[classes[minute] ?? NON_WEAR] = (counts[classes[minute] ?? NON_WEAR] ?? 0) + 1;
    let middle = NON_WEAR;
    for (let below = counts[middle] ?? 0; below < 3; below += counts[middle] ?? 0) middle += 1;
    codes[at / 5] = FIRST_DIGIT + middle;
  }
  return new TextDecoder().decode(codes);
}

/** Energy of a day without exercise, kcal: the Mifflin–St Jeor formula plus a fifth for sitting and standing. */
function basalCalories(life: Life): number {
  const { weightKg, heightM, age, sex } = life.person.body;
  return 1.2 * (10 * weightKg + 625 * heightM - 5 * age + (sex === "male" ? 5 : -161));
}
