import { type Bucket, overlapBuckets } from "./local-buckets.ts";

export type SleepStage = "deep" | "light" | "rem" | "awake";

/** The meaning of the digits in Oura's `sleep_phase_30_sec` and `sleep_phase_5_min`. */
const stageOfDigit: Readonly<Record<string, SleepStage>> = { "1": "deep", "2": "light", "3": "rem", "4": "awake" };

/**
 * The digits of Oura's `movement_30_sec` that count as restless. Oura's digits mean: 1 no movement, 2 restless, 3
 * tossing and turning, 4 active.
 */
const restlessDigits = "234";

const movementSeconds = 30;
const minuteMs = 60_000;

/** Values at equal intervals, the first at the start of the sleep period. */
export interface SleepSamples {
  intervalSeconds: number;
  items: readonly (number | null)[];
}

/**
 * The series (such as heart rate) that Oura recorded in one sleep period. A series is null when Oura did not record it.
 */
export interface SleepSeries {
  /** `start` and `end` of the sleep period are in epoch ms. */
  start: number;
  end: number;
  /**
   * The sleep phases, one digit for each `secondsPerDigit` seconds, from Oura's `sleep_phase_30_sec` or
   * `sleep_phase_5_min`.
   */
  phases: { digits: string; secondsPerDigit: 30 | 300 } | null;
  /** Heart rates in bpm. */
  heartRate: SleepSamples | null;
  /** Heart rate variability (RMSSD) in ms. */
  hrv: SleepSamples | null;
  /** Oura's `movement_30_sec`: one digit for each 30 seconds, from 1 (no movement) to 4 (active). */
  movement: string | null;
}

export interface SleepBucket extends Bucket {
  /** The minutes of each sleep stage. Null when no stage is known. */
  stages: Readonly<Record<SleepStage, number>> | null;
  /** `heartRate` (in bpm) and `hrv` (RMSSD, in ms) are means over the bucket. Null means not measured. */
  heartRate: number | null;
  hrv: number | null;
  /** The minutes of the bucket with restless movement. Null when Oura has no movement data for the bucket. */
  restlessMinutes: number | null;
}

/**
 * Divides a sleep period into buckets of local time. A phase (a span in one sleep stage) that crosses the edge of a
 * bucket is split, and the last phase is cut at the end of the period. The minutes of a stage therefore add up to its
 * duration in the sleep period. With five-minute phases, this duration differs from Oura's own by a few minutes at
 * most. With 30-second phases, it differs by half a minute at most.
 * @param buckets Buckets in order of time, from {@link cutLocalTime}.
 * @returns One entry for each bucket, in the same order.
 * @example
 * // Ten minutes in two phases of five minutes: deep sleep and light sleep.
 * const phases = { digits: "12", secondsPerDigit: 300 };
 * const heartRate = { intervalSeconds: 300, items: [50, 54] };
 * const night = { start: 0, end: 600_000, phases, heartRate, hrv: null, movement: null };
 * const [bucket] = bucketSleep(night, cutLocalTime(0, 600_000, 15, []));
 * bucket.stages; // { deep: 5, light: 5, rem: 0, awake: 0 }
 * bucket.heartRate; // 52
 * bucket.restlessMinutes; // null
 */
export function bucketSleep(series: SleepSeries, buckets: readonly Bucket[]): SleepBucket[] {
  const stages = sumStages(series, buckets);
  const heartRate = averageSamples(series.heartRate, series.start, buckets);
  const hrv = averageSamples(series.hrv, series.start, buckets);
  const restless = sumRestless(series, buckets);
  return buckets.map((bucket, index) => ({
    ...bucket,
    stages: stages[index] ?? null,
    heartRate: heartRate[index] ?? null,
    hrv: hrv[index] ?? null,
    restlessMinutes: restless[index] ?? null,
  }));
}

function sumStages({ phases, start, end }: SleepSeries, buckets: readonly Bucket[]) {
  const sums = buckets.map((): Record<SleepStage, number> | null => null);
  if (phases === null) return sums;
  visitDigits(phases.digits, phases.secondsPerDigit * 1000, start, end, buckets, (digit, index, ms) => {
    const stage = stageOfDigit[digit];
    if (stage === undefined) return; // Oura may add digits; an unknown digit counts as no stage
    const sum = sums[index] ?? { deep: 0, light: 0, rem: 0, awake: 0 };
    sum[stage] += ms / minuteMs;
    sums[index] = sum;
  });
  return sums;
}

function sumRestless({ movement, start, end }: SleepSeries, buckets: readonly Bucket[]): (number | null)[] {
  const sums = buckets.map((): number | null => null);
  if (movement === null) return sums;
  visitDigits(movement, movementSeconds * 1000, start, end, buckets, (digit, index, ms) => {
    sums[index] = (sums[index] ?? 0) + (restlessDigits.includes(digit) ? ms / minuteMs : 0);
  });
  return sums;
}

/**
 * Each digit stands for a span of time. `visit` is called for every bucket that overlaps this span, and `ms` is the
 * length of the overlap.
 */
function visitDigits(
  digits: string,
  digitMs: number,
  start: number,
  end: number,
  buckets: readonly Bucket[],
  visit: (digit: string, index: number, ms: number) => void,
): void {
  let bucket = 0;
  [...digits].forEach((digit, position) => {
    const from = start + position * digitMs;
    const until = Math.min(from + digitMs, end);
    if (until > from) bucket = overlapBuckets(buckets, from, until, (index, ms) => visit(digit, index, ms), bucket);
  });
}

function averageSamples(samples: SleepSamples | null, start: number, buckets: readonly Bucket[]): (number | null)[] {
  if (samples === null) return buckets.map(() => null);
  const intervalMs = samples.intervalSeconds * 1000;
  const values = samples.items.flatMap((value, position) =>
    value === null ? [] : [{ at: start + position * intervalMs, value }],
  );
  let next = 0;
  return buckets.map(({ start: from, end }) => {
    let sum = 0;
    let n = 0;
    for (let sample = values[next]; sample && sample.at < end; sample = values[++next]) {
      if (sample.at < from) continue;
      sum += sample.value;
      n += 1;
    }
    return n === 0 ? null : sum / n;
  });
}
