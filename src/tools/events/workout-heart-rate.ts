import { summarizeHeartRate } from "../../analytics/intraday/heart-rate.ts";
import type { HeartRateRow } from "../../analytics/intraday/heart-rate-readings.ts";
import type { Failure } from "../../errors.ts";
import type { HeartRateReading } from "../../oura/reader.ts";
import { type Declared, other } from "../../question/reads.ts";
import type { RingEvent } from "../../question/ring-event.ts";
import { planPages } from "./plan-pages.ts";

export interface WorkoutHeartRate {
  minBpm: number;
  maxBpm: number;
  /** Weighted by time. */
  meanBpm: number;
  rows: readonly HeartRateRow[];
}

export interface WorkoutHeartRates {
  of(event: RingEvent): WorkoutHeartRate | null;
  /**
   * The number of workouts whose heart rate was requested. `all` is the number of workouts that have a start and an
   * end.
   */
  lookedUp: number;
  all: number;
  /** Null when the heart rate of every workout could be read completely. */
  failure: Failure | null;
  isWhole: boolean;
}

interface TimedWorkout {
  start: number;
  end: number;
  event: RingEvent;
}

export function readWorkoutHeartRates(
  events: readonly RingEvent[],
  mostPages: number,
): Declared<WorkoutHeartRates, "heartrate"> {
  const workouts = events.flatMap((event): TimedWorkout[] => {
    const { kind, start, end } = event;
    return kind === "workout" && start !== null && end !== null ? [{ start, end, event }] : [];
  });
  const planned = planPages(workouts, mostPages).map(({ parts, holds }) => ({
    holds,
    read: other("heartrate", "heart rate of workouts", (reader) =>
      Promise.all(parts.map(({ start, end }) => reader.readHeartRate(start, end))),
    ),
  }));
  return {
    role: "part",
    reads: planned.map(({ read }) => read),
    loss: null,
    collect(find) {
      const found = new Map<RingEvent, WorkoutHeartRate>();
      let failure: Failure | null = null;
      for (const { read, holds } of planned) {
        const readings = find(read)?.value ?? [];
        for (const workout of holds) {
          const summary = summarizeWorkout(workout, readings);
          if (summary && "kind" in summary) failure = summary;
          else if (summary) found.set(workout.event, summary);
        }
      }
      return {
        of: (event) => found.get(event) ?? null,
        lookedUp: planned.flatMap(({ holds }) => holds).length,
        all: workouts.length,
        failure,
        isWhole: failure === null && planned.every(({ read }) => find(read) !== undefined),
      };
    },
  };
}

/**
 * If a part of the workout's heart rate could not be read, returns the failure of that reading and no figures. The
 * highest heart rate may lie in the missing part, so the maximum of the other parts would be misleading.
 */
function summarizeWorkout(
  { start, end }: TimedWorkout,
  readings: readonly HeartRateReading[],
): WorkoutHeartRate | Failure | null {
  const gap = readings.flatMap(({ unread }) => unread).find((one) => one.start < end && one.end > start);
  if (gap) return gap.failure;
  const own = readings.flatMap(({ rows }) => rows).filter(({ at }) => at >= start && at < end);
  const { total } = summarizeHeartRate(own, start, end);
  return total && { minBpm: total.min, maxBpm: total.max, meanBpm: total.mean, rows: own };
}
