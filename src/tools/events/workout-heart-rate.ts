import { summarizeHeartRate } from "../../analytics/intraday/heart-rate.ts";
import { AppError, type Failure, orFailure } from "../../errors.ts";
import { findRefusal } from "../../question/access.ts";
import type { ToolContext } from "../legacy.ts";
import { type PlannedRead, planPages } from "./plan-pages.ts";
import type { RingEvent } from "./ring-event.ts";

export interface WorkoutHeartRate {
  minBpm: number;
  maxBpm: number;
  /** Weighted by time. */
  meanBpm: number;
}

export interface WorkoutHeartRates {
  of(event: RingEvent): WorkoutHeartRate | null;
  /** Workouts that were looked up, of all with a time. */
  lookedUp: number;
  all: number;
  /** Why some or all could not be read. */
  failure: Failure | null;
}

interface TimedWorkout {
  start: number;
  end: number;
  event: RingEvent;
}

/** The heart rate of the newest workouts that fit in `mostPages` requests; without the permission none is asked for. */
export async function readWorkoutHeartRates(
  context: ToolContext,
  events: readonly RingEvent[],
  mostPages: number,
): Promise<WorkoutHeartRates> {
  const workouts = events.flatMap((event): TimedWorkout[] => {
    const { kind, start, end } = event;
    return kind === "workout" && start !== null && end !== null ? [{ start, end, event }] : [];
  });
  const found = new Map<RingEvent, WorkoutHeartRate>();
  const planned = planPages(workouts, mostPages);
  let failure = workouts.length > 0 ? findRefusal(context.access, ["heartrate"]) : null;

  async function read({ parts, holds }: PlannedRead<TimedWorkout>): Promise<void> {
    const readings = await orFailure(
      Promise.all(parts.map(({ start, end }) => context.reader.readHeartRate(start, end))),
    );
    if (readings instanceof AppError) {
      failure = readings.failure;
      return;
    }
    const rows = readings.flatMap((reading) => reading.rows);
    const unread = readings.flatMap((reading) => reading.unread);
    for (const { start, end, event } of holds) {
      const gap = unread.find((one) => one.start < end && one.end > start);
      if (gap) {
        failure = gap.failure; // of half a workout there is no highest
        continue;
      }
      const own = rows.filter(({ at }) => at >= start && at < end);
      const { total } = summarizeHeartRate(own, start, end);
      if (total) found.set(event, { minBpm: total.min, maxBpm: total.max, meanBpm: total.mean });
    }
  }

  if (failure === null) await Promise.all(planned.map(read));
  const lookedUp = planned.flatMap(({ holds }) => holds).length;
  return { of: (event) => found.get(event) ?? null, lookedUp, all: workouts.length, failure };
}
