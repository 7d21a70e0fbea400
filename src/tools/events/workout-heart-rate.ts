import { summarizeHeartRate } from "../../analytics/intraday/heart-rate.ts";
import { AppError, type Failure, failureOf } from "../../errors.ts";
import { findRefusal } from "../access.ts";
import type { ToolContext } from "../define-tool.ts";
import { toRows } from "../intraday/heart-rate.ts";
import { planStretches, type Stretch } from "./plan-stretches.ts";
import type { RingEvent } from "./ring-event.ts";

/** A workout holds hundreds of rows: more would be pages upon pages. */
const mostWorkoutsWithHeartRate = 12;

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
  const stretches = planStretches(
    workouts.slice(-mostWorkoutsWithHeartRate).map((event) => ({
      start: event.start ?? 0,
      end: event.end ?? 0,
      holds: [event],
    })),
  );
  let failure = workouts.length > 0 ? findRefusal(context.access, ["heartrate"]) : null;

  async function read({ start, end, holds }: Stretch<RingEvent>): Promise<void> {
    try {
      const { rows, unread } = await context.reader.readHeartRate(start, end);
      const read = toRows(rows);
      for (const workout of holds) {
        const [from, to] = [workout.start ?? 0, workout.end ?? 0];
        const gap = unread.find((one) => one.start < to && one.end > from);
        if (gap) {
          failure = gap.failure; // of half a workout there is no highest
          continue;
        }
        const own = read.filter(({ at }) => at >= from && at < to);
        const { total } = summarizeHeartRate(own, from, to);
        if (total) found.set(workout, { minBpm: total.min, maxBpm: total.max, meanBpm: total.mean });
      }
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failure = failureOf(error);
    }
  }

  if (failure === null) await Promise.all(stretches.map(read));
  const lookedUp = stretches.flatMap(({ holds }) => holds).length;
  return { of: (event) => found.get(event) ?? null, lookedUp, all: workouts.length, failure };
}
