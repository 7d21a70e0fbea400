import { apportion } from "./apportion.ts";
import type { Bucket } from "./local-buckets.ts";

/** MET of lying or sitting still. Oura writes 0.9 at rest and up to 1.0. */
export const restMet = 1;

/** From here on a minute looks like walking: 1.5 MET is where sedentary behaviour ends (Tremblay et al. 2017). */
export const walkingMet = 1.5;

const minuteMs = 60_000;

/** Oura's step day: 04:00 to 04:00 local time, and one MET value per elapsed minute. */
export interface StepDay {
  /** Epoch ms of the first minute. */
  start: number;
  /** The day's own count. */
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
 * How the day's steps may have been spread. `walking`: over minutes of at least 1.5 MET; `above_rest`: there was none,
 * so over minutes above 1.0; `no_movement`: no minute stands out, so nothing can be said.
 */
export type StepShare =
  | { kind: "shared"; over: "walking" | "above_rest"; minutes: readonly StepMinute[] }
  | { kind: "no_movement"; totalSteps: number };

/**
 * Oura gives one number of steps a day and the effort (MET) of each minute. The total is shared over walking-like
 * minutes in proportion to MET above rest, in whole steps that add up to the total exactly.
 * An estimate: a minute of cycling looks like a minute of brisk walking.
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
 * Steps per bucket, in whole minutes. Buckets that cover a whole step day sum to its total; a clock range takes parts of
 * two step days and sums to no total of Oura's.
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
