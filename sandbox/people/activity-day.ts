import { type ActivityMinutes, activityMinutes, LOW, MINUTES_PER_DAY } from "./activity-minutes.ts";
import type { DayNumber, Instant } from "./calendar.ts";
import type { Life } from "./life.ts";
import { createLifeMemo } from "./life-memo.ts";
import { physiologyOn } from "./physiology.ts";
import { walkedOn } from "./restless/lived-steps.ts";
import { workoutsOn } from "./workouts.ts";

/** Oura's activity day begins at 04:00 local time. */
const START_MINUTES = 4 * 60;

/** A whole activity day from start to end, including minutes that are still in the future. */
export interface ActivityDay extends ActivityMinutes {
  start: Instant;
  steps: number;
}

/** The values are large and needed only while a document is made. */
const activityDays = createLifeMemo<ActivityDay>(() => 120);

export function activityDay(life: Life, day: DayNumber): ActivityDay {
  return activityDays.recall(life, day, () => {
    const start = activityStart(life, day);
    if (life.person.restless) {
      const walked = walkedOn(life, day);
      const steps = walked.reduce((sum, part) => sum + part.steps, 0);
      const errands = walked.find(({ activity }) => activity === null)?.steps ?? 0;
      return { start, steps, ...activityMinutes(life, day, start, errands / 90) };
    }
    const latent = physiologyOn(life, day).steps;
    const recorded = workoutsOn(life, day).reduce(
      (sum, workout) => sum + ((workout.end - workout.start) / 60_000) * workout.stepsPerMinute,
      0,
    );
    // Training adds to a usual day's steps; walks are part of them.
    const steps = Math.round(Math.max(latent, recorded + 0.25 * latent));
    return { start, steps, ...activityMinutes(life, day, start, (steps - recorded) / 90) };
  });
}

export function activityStart(life: Life, day: DayNumber): Instant {
  return life.calendar.instantAt(life.zoneOn(day), day, START_MINUTES);
}

/** Steps taken in the first `minutes` of the day: the total distributed in proportion to movement. */
export function stepsAfter(activity: ActivityDay, minutes: number): number {
  if (minutes >= MINUTES_PER_DAY) return activity.steps;
  let all = 0;
  let soFar = 0;
  activity.classes.forEach((value, minute) => {
    const moves = value >= LOW && !activity.withoutSteps.has(minute);
    const movement = moves ? activity.metTenths(minute) / 10 - 0.9 : 0;
    all += movement;
    if (minute < minutes) soFar += movement;
  });
  return all === 0 ? 0 : Math.round((activity.steps * soFar) / all);
}
