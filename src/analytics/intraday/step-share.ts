import { apportion } from "./apportion.ts";
import type { Bucket } from "./local-buckets.ts";

/** The MET (metabolic equivalent, a measure of effort) of lying or sitting still. Oura reports 0.9 to 1.0 at rest. */
export const restMet = 1;

/**
 * A minute of at least this MET counts as walking. Sedentary behaviour is defined as up to 1.5 MET (Tremblay et al.
 * 2017).
 */
export const walkingMet = 1.5;

const minuteMs = 60_000;

/** A span of time: [start, end) in epoch ms. */
export interface Span {
  start: number;
  end: number;
}

/** Oura gives one step count per day, and the effort (MET) at equal intervals. */
export interface StepDay {
  /** The start of the first MET interval, in epoch ms. */
  start: number;
  totalSteps: number;
  /** The effort (MET) of each interval, in order of time from `start` on. Null means that the effort is not known. */
  met: readonly (number | null)[];
  /** The number of seconds between two MET values. The default is 60, the interval that Oura sends. */
  intervalSeconds?: number;
  /** Spans in which the person takes no steps although the effort is high, such as a swim or a bicycle ride. */
  withoutSteps?: readonly Span[];
}

/** The steps of one minute. They are always an estimate, because Oura publishes only the steps of a whole day. */
export interface StepMinute {
  /** The start of the minute, in epoch ms. */
  at: number;
  steps: number;
}

/**
 * An estimate of how the steps of a day are distributed over its minutes.
 * - `walking`: the steps are distributed over minutes of at least 1.5 MET.
 * - `above_rest`: no minute reaches 1.5 MET, so the steps are distributed over minutes above 1.0 MET.
 * - `no_movement`: no minute is above 1.0 MET (rest), so there is no estimate.
 */
export type StepShare =
  | { kind: "shared"; over: "walking" | "above_rest"; minutes: readonly StepMinute[] }
  | { kind: "no_movement"; totalSteps: number };

/** The longest day has 25 hours: the day on which the clock is set back. */
const mostMinutes = 25 * 60;

/**
 * Distributes the steps of a day over its minutes. Minutes that count as walking get steps in proportion to their MET
 * above rest. The steps are whole numbers that add up to the step count exactly. Minutes in `withoutSteps` (a swim, a
 * bicycle ride) get no steps. The result is an estimate: a minute of housework looks like a minute of walking.
 * @example
 * const { over, minutes } = shareSteps({ start: 0, totalSteps: 100, met: [0.9, 3, 2] });
 * over; // "walking"
 * minutes.map(({ steps }) => steps); // [0, 67, 33]
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

/**
 * The effort (MET) of each minute: the mean of the values in that minute, weighted by time. Null for a minute without a
 * value.
 */
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
 * Adds up the steps of each bucket. A minute counts in the bucket in which it starts. Oura counts the steps of a day
 * usually from 04:00 to 04:00. If the buckets cover exactly one such day, the sum of the buckets is Oura's step count.
 * If the buckets cover parts of two such days, the sum equals neither of Oura's two step counts.
 * @param minutes Minutes in ascending order, of one or several of Oura's days.
 * @param buckets Buckets in order of time, from {@link cutLocalTime}.
 * @returns `steps` is null for a bucket in which no minute starts.
 * @example
 * const { minutes } = shareSteps({ start: 0, totalSteps: 100, met: [0.9, 3, 2] });
 * bucketSteps(minutes, cutLocalTime(0, 600_000, 5, [])).map(({ steps }) => steps); // [100, null]
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
