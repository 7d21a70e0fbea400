import { type DayNumber, type Instant, isoDay, MINUTE } from "./calendar.ts";
import { documentId, type Life } from "./life.ts";
import type { Placed } from "./placed.ts";
import { randomFor } from "./random.ts";
import { sessionsOn } from "./sessions.ts";
import { workoutsOn } from "./workouts.ts";

const CALORIES_PER_MINUTE = { easy: 3.6, moderate: 6.2, hard: 10.8 };
/** Where the distance does not come from steps. */
const METERS_PER_MINUTE: Record<string, number> = { cycling: 330, swimming: 33 };
/** The phone uploads a workout or session this long after its end. */
const UPLOAD_DELAY = 5 * MINUTE;

export function workoutDocuments(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  return workoutsOn(life, day).flatMap((workout, index) => {
    if (workout.end + UPLOAD_DELAY > horizon) return [];
    const random = randomFor(life.seed, "workout", day, index);
    const minutes = (workout.end - workout.start) / MINUTE;
    const outdoors = ["walking", "running", "cycling", "swimming"].includes(workout.activity);
    const metersPerMinute = METERS_PER_MINUTE[workout.activity] ?? workout.stepsPerMinute * 0.78;
    const stamp = (instant: Instant): string => life.calendar.stamp(life.zoneOn(day), instant);
    const document = {
      id: documentId(life.seed, "workout", day, index),
      activity: workout.activity,
      calories: Number((minutes * CALORIES_PER_MINUTE[workout.intensity] * random.between(0.85, 1.15)).toFixed(3)),
      day: isoDay(day),
      distance: outdoors && random.chance(0.55) ? Math.round(minutes * metersPerMinute) : null,
      end_datetime: stamp(workout.end),
      intensity: workout.intensity,
      label: workout.label,
      source: workout.source,
      start_datetime: stamp(workout.start),
    };
    return [{ anchor: workout.start, document }];
  });
}

export function sessionDocuments(life: Life, day: DayNumber, horizon: Instant): Placed[] {
  return sessionsOn(life, day).flatMap((session, index) => {
    if (session.end + UPLOAD_DELAY > horizon) return [];
    const stamp = (instant: Instant): string => life.calendar.stamp(life.zoneOn(day), instant);
    const sample = (items: readonly (number | null)[]) => ({ interval: 5, items, timestamp: stamp(session.start) });
    const document = {
      id: documentId(life.seed, "session", day, index),
      day: isoDay(day),
      end_datetime: stamp(session.end),
      heart_rate: sample(session.heartRate),
      heart_rate_variability: sample(session.hrv),
      mood: session.mood,
      motion_count: sample(session.motion),
      start_datetime: stamp(session.start),
      type: session.type,
    };
    return [{ anchor: session.start, document }];
  });
}
