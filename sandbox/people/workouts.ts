import { type DayNumber, type Instant, MINUTE, weekday } from "./calendar.ts";
import type { Life } from "./life.ts";
import { isDeparture, planNaps } from "./naps.ts";
import { mainNight } from "./nights.ts";
import { physiologyOn } from "./physiology.ts";
import { randomFor } from "./random.ts";
import { dayPlan } from "./restless/day-plan.ts";
import { wornOn } from "./wear.ts";
import type { WorkoutShape } from "./workout-shape.ts";

export interface Workout extends WorkoutShape {
  start: Instant;
  end: Instant;
}

/** Local minutes past midnight: [earliest start, latest end]. Naps are between noon and evening. */
const MORNING = [450, 600] as const;
const NOON = [735, 815] as const;
const EVENING = [1_062, 1_210] as const;

/** Walks on most days, a run or a gym hour on some; manual entries come last, regardless of their time. */
export function workoutsOn(life: Life, day: DayNumber): Workout[] {
  if (life.person.restless) return plannedWorkouts(life, day);
  if (!wornOn(life, day) || isDeparture(life, day)) return [];
  const random = randomFor(life.seed, "workouts", day);
  const state = physiologyOn(life, day);
  if (state.illness > 0.3) return [];
  const zone = life.zoneOn(day);
  const late = planNaps(life, day).some((nap) => nap.kind === "late_nap");
  const night = mainNight(life, day);
  const wake = night ? life.calendar.minutesAt(zone, night.end) : 420;
  const place = (slot: readonly [number, number], minutes: number, shape: WorkoutShape): Workout => {
    const earliest = Math.max(slot[0], slot === MORNING ? wake + 25 : 0);
    const from = earliest + random.between(0, Math.max(0, slot[1] - earliest - minutes));
    const start = life.calendar.instantAt(zone, day, Math.round(from));
    return { ...shape, start, end: start + Math.min(minutes, Math.max(10, slot[1] - earliest)) * MINUTE };
  };
  const walking = (minutes: number): WorkoutShape => ({
    activity: "walking",
    intensity: minutes > 35 ? "moderate" : "easy",
    source: random.chance(0.9) ? "confirmed" : "autodetected",
    stepsPerMinute: 104,
    label: null,
  });

  const workouts: Workout[] = [];
  // Recorded walks contain well over half of the day's steps.
  let left = Math.round((0.66 * state.steps) / 104);
  for (const slot of [NOON, ...(late ? [] : [EVENING]), ...(wake < 540 ? [MORNING] : [])]) {
    const minutes = Math.min(left, random.integer(14, slot === EVENING ? 60 : 45));
    if (minutes < 10 || random.chance(0.12)) continue;
    const training = slot === EVENING ? trainingOn(day, random.uniform()) : null;
    workouts.push(training ? place(slot, random.integer(30, 62), training) : place(slot, minutes, walking(minutes)));
    left -= training ? 0 : minutes;
  }
  if (random.chance(0.08)) {
    const manual = {
      activity: "houseWork",
      intensity: "easy",
      source: "manual",
      stepsPerMinute: 30,
      label: null,
    } as const;
    workouts.push(place([1_215, 1_232], 15, manual));
  }
  return workouts;
}

/** Tuesday and Thursday runs, weekend rides and gym hours, depending on `mood`. */
function trainingOn(day: DayNumber, mood: number): WorkoutShape | null {
  const source = mood < 0.35 ? "workout_heart_rate" : "confirmed";
  if ([2, 4].includes(weekday(day)) && mood < 0.6)
    return { activity: "running", intensity: "hard", source, stepsPerMinute: 158, label: null };
  if (weekday(day) === 6 && mood < 0.5)
    return { activity: "cycling", intensity: "moderate", source, stepsPerMinute: 8, label: null };
  if (weekday(day) === 1 && mood < 0.4) {
    return { activity: "strength_training", intensity: "moderate", source, stepsPerMinute: 15, label: null };
  }
  return null;
}

function plannedWorkouts(life: Life, day: DayNumber): Workout[] {
  const at = (minutes: number): Instant => life.calendar.instantAt(life.zoneOn(day), day, minutes);
  return dayPlan(life, day).workouts.map(({ from, to, ...shape }) => ({ ...shape, start: at(from), end: at(to) }));
}
