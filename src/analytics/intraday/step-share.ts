import { apportion } from "./apportion.ts";
import type { Bucket } from "./local-buckets.ts";

/** MET of lying or sitting still. Oura reports 0.9 to 1.0 at rest. */
export const restMet = 1;

/** A minute of at least this MET counts as walking: sedentary behaviour is up to 1.5 MET (Tremblay et al. 2017). */
export const walkingMet = 1.5;

const minuteMs = 60_000;

/** Oura's step day: 04:00 to 04:00 local time, and one MET value per elapsed minute. */
export interface StepDay {
  /** Epoch ms of the first minute. */
  start: number;
  /** Oura's step count of the day. */
  totalSteps: number;
  /** Item k is k minutes after the start; null is a minute without a value. */
  met: readonly (number | null)[];
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

/**
 * Oura gives one step count per day and the effort (MET) of each minute. The total is shared over the minutes that
 * count as walking in proportion to MET above rest, in whole steps that add up to the total exactly. An estimate: a
 * minute of cycling looks like a minute of brisk walking.
 * @example shareSteps({ start, totalSteps: 100, met: [0.9, 3, 2] }) // minutes of 0, 67 and 33 steps
 */
export function shareSteps({ start, totalSteps, met }: StepDay): StepShare {
  const total = Math.max(0, Math.round(totalSteps));
  for (const [over, least] of [
    ["walking", walkingMet],
    ["above_rest", restMet],
  ] as const) {
    const weights = met.map((value) => (value !== null && value >= least && value < 100 ? value - restMet : 0));
    if (total > 0 && !weights.some((weight) => weight > 0)) continue;
    const steps = apportion(total, weights);
    return { kind: "shared", over, minutes: steps.map((count, k) => ({ at: start + k * minuteMs, steps: count })) };
  }
  return { kind: "no_movement", totalSteps: total };
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
