import type { DayNumber } from "../calendar.ts";
import type { Life } from "../life.ts";
import { physiologyOn } from "../physiology.ts";
import { dayPlan } from "./day-plan.ts";

/** Steps the ring counted in one activity. `null` is everything that is not a workout. */
export interface Walked {
  activity: string | null;
  steps: number;
}

/** The steps of `day` by activity. A swim or a ride has none, and without the ring nothing is counted. */
export function walkedOn(life: Life, day: DayNumber): Walked[] {
  const { off, workouts } = dayPlan(life, day);
  // Errands are spread over 16 hours awake.
  const worn = Math.max(0, 1 - (off === null ? 0 : off.to - off.from) / 960);
  const errands = Math.round(0.55 * physiologyOn(life, day).steps * worn);
  const walked = workouts.map(({ activity, from, to, stepsPerMinute }) => ({
    activity,
    steps: (to - from) * stepsPerMinute,
  }));
  return [{ activity: null, steps: errands }, ...walked];
}
