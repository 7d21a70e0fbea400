import { summarizeHeartRate } from "../../analytics/intraday/heart-rate.ts";
import { AppError, type Failure, failureOf } from "../../errors.ts";
import { findRefusal } from "../access.ts";
import type { ToolContext } from "../define-tool.ts";
import { toRows } from "../intraday/heart-rate.ts";
import type { RingEvent } from "./ring-event.ts";

/** A workout holds hundreds of rows, and every one is a request or two of its own: more would leave no room for the rest. */
export const mostWorkoutsWithHeartRate = 12;

export interface WorkoutHeartRate {
  minBpm: number;
  maxBpm: number;
  /** Weighted by time. */
  meanBpm: number;
}

export interface WorkoutHeartRates {
  of(event: RingEvent): WorkoutHeartRate | null;
  /** Newest workouts that were looked up, of all with a time. */
  lookedUp: number;
  all: number;
  /** Why some or all could not be read. */
  failure: Failure | null;
}

/** The heart rate of the newest workouts, all in one round; without the permission none is asked for. */
export async function readWorkoutHeartRates(
  context: ToolContext,
  events: readonly RingEvent[],
): Promise<WorkoutHeartRates> {
  const workouts = events.filter(({ kind, start, end }) => kind === "workout" && start !== null && end !== null);
  const found = new Map<RingEvent, WorkoutHeartRate>();
  const newest = workouts.slice(-mostWorkoutsWithHeartRate);
  let failure = workouts.length > 0 ? findRefusal(context.access, ["heartrate"]) : null;

  async function read(workout: RingEvent): Promise<void> {
    const [start, end] = [workout.start ?? 0, workout.end ?? 0];
    try {
      const { rows, unread } = await context.reader.readHeartRate(start, end);
      if (unread[0]) throw new AppError(unread[0].failure); // of half a workout there is no highest
      const { total } = summarizeHeartRate(toRows(rows), start, end);
      if (total) found.set(workout, { minBpm: total.min, maxBpm: total.max, meanBpm: total.mean });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failure = failureOf(error);
    }
  }

  if (failure === null) await Promise.all(newest.map(read));
  return { of: (event) => found.get(event) ?? null, lookedUp: newest.length, all: workouts.length, failure };
}
