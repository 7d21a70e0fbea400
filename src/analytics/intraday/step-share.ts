import { apportion } from "./apportion.ts";
import type { Bucket } from "./local-buckets.ts";

/** MET of lying or sitting still. Oura reports 0.9 to 1.0 at rest. */
export const restMet = 1;

/** A minute of at least this MET counts as walking: sedentary behaviour is up to 1.5 MET (Tremblay et al. 2017). */
export const walkingMet = 1.5;

const minuteMs = 60_000;

/** A span of time, [start, end) in epoch ms. */
export interface Span {
  start: number;
  end: number;
}

/** One of Oura's step days: a step count, and the effort (MET) at equal intervals. */
export interface StepDay {
  /** Epoch ms of the first MET value. */
  start: number;
  /** Oura's step count of the day. */
  totalSteps: number;
  /** Item k is the effort k intervals after the start; null is one without a value. */
  met: readonly (number | null)[];
  /** Seconds between two MET values. Default: 60, as Oura sends them. */
  intervalSeconds?: number;
  /** Spans in which nobody takes steps, whatever the effort: a swim, a ride. */
  withoutSteps?: readonly Span[];
}

/** Steps of one minute: estimated, never measured. */
export interface StepMinute {
  /** Epoch ms. */
  at: number;
  steps: number;
}

/**
 * An estimate of how the day's steps were spread. `walking`: over minutes of at least 1.5 MET; `above_rest`: there was
 * no such minute, so over minutes above 1.0; `no_movement`: no minute is above rest, so there is no estimate.
 */
export type StepShare =
  | { kind: "shared"; over: "walking" | "above_rest"; minutes: readonly StepMinute[] }
  | { kind: "no_movement"; totalSteps: number };

/** A day of 25 hours: no step day is longer. */
const mostMinutes = 25 * 60;

/**
 * Oura gives one step count per day and the effort (MET) of each minute. The total is shared over the minutes that
 * count as walking in proportion to MET above rest, in whole steps that add up to the total exactly. Minutes without
 * steps (a swim, a ride) get none. An estimate: a minute of housework looks like a minute of walking.
 * @example shareSteps({ start, totalSteps: 100, met: [0.9, 3, 2] }) // minutes of 0, 67 and 33 steps
 */
export function shareSteps({ start, totalSteps, met, intervalSeconds = 60, withoutSteps = [] }: StepDay): StepShare {
  const total = Math.max(0, Math.round(totalSteps));
  const effort = metByMinute(met, intervalSeconds).map((value, k) => {
    const middle = start + (k + 0.5) * minuteMs;
    return withoutSteps.some((span) => middle >= span.start && middle < span.end) ? null : value;
  });
  for (const [over, least] of [
    ["walking", walkingMet],
    ["above_rest", restMet],
  ] as const) {
    const weights = effort.map((value) => (value !== null && value >= least && value < 100 ? value - restMet : 0));
    if (total > 0 && !weights.some((weight) => weight > 0)) continue;
    const steps = apportion(total, weights);
    return { kind: "shared", over, minutes: steps.map((count, k) => ({ at: start + k * minuteMs, steps: count })) };
  }
  return { kind: "no_movement", totalSteps: total };
}

/** The effort of each minute: the mean of the values in it, weighted by time; null without a value. */
function metByMinute(met: readonly (number | null)[], intervalSeconds: number): (number | null)[] {
  if (intervalSeconds === 60) return met.slice(0, mostMinutes);
  const length = Math.min(mostMinutes, Math.ceil((met.length * intervalSeconds) / 60));
  return Array.from({ length }, (_, minute) => {
    const [from, to] = [minute * 60, (minute + 1) * 60];
    let sum = 0;
    let seconds = 0;
    for (let k = Math.floor(from / intervalSeconds); k * intervalSeconds < to && k < met.length; k += 1) {
      const value = met[k] ?? null;
      const overlap = Math.min(to, (k + 1) * intervalSeconds) - Math.max(from, k * intervalSeconds);
      if (value === null || overlap <= 0) continue;
      sum += value * overlap;
      seconds += overlap;
    }
    return seconds === 0 ? null : sum / seconds;
  });
}

/**
 * Steps per bucket. A minute counts in the bucket of its start. Buckets that cover a whole step day add up to its
 * total; a clock range covers parts of two step days, so its sum matches no total of Oura's.
 * @param minutes Ascending, of one or several step days.
 * @returns null for a bucket that no minute of any step day falls into.
 */
export function bucketSteps(
  minutes: readonly StepMinute[],
  buckets: readonly Bucket[],
): (Bucket & { steps: number | null })[] {
  let next = 0;
  return buckets.map((bucket) => {
    let steps: number | null = null;
    for (let minute = minutes[next]; minute && minute.at < bucket.end; minute = minutes[++next])
      if (minute.at >= bucket.start) steps = (steps ?? 0) + minute.steps;
    return { ...bucket, steps };
  });
}
