import { type Bucket, overlapBuckets } from "./local-buckets.ts";

export type SleepStage = "deep" | "light" | "rem" | "awake";

/** The meaning of the digits in Oura's phase strings. */
const stageOfDigit: Readonly<Record<string, SleepStage>> = { "1": "deep", "2": "light", "3": "rem", "4": "awake" };

/** The digits of `movement_30_sec` that count as restless. 1 none, 2 restless, 3 tossing and turning, 4 active. */
const restlessDigits = "234";

const movementSeconds = 30;
const minuteMs = 60_000;

/** Evenly spaced values from the start of the period. */
export interface SleepSamples {
  intervalSeconds: number;
  items: readonly (number | null)[];
}

/** The series of one sleep period; null where Oura has none. */
export interface SleepSeries {
  /** Epoch ms. */
  start: number;
  end: number;
  /** One digit per `secondsPerDigit`: `sleep_phase_30_sec` or `sleep_phase_5_min`. */
  phases: { digits: string; secondsPerDigit: 30 | 300 } | null;
  /** bpm */
  heartRate: SleepSamples | null;
  /** ms */
  hrv: SleepSamples | null;
  /** `movement_30_sec` */
  movement: string | null;
}

export interface SleepBucket extends Bucket {
  /** Minutes of each stage; null where no phase is known. */
  stages: Readonly<Record<SleepStage, number>> | null;
  /** Means of the samples that have a value; null without any. */
  heartRate: number | null;
  hrv: number | null;
  /** Minutes with movement; null where none was recorded. */
  restlessMinutes: number | null;
}

/**
 * A sleep period in buckets of local time. A phase that crosses the edge of a bucket is split, and the last phase ends
 * with the period, so the stages of all buckets add up to the durations of the phase string. Five-minute phases match
 * Oura's stage durations to a few minutes, 30-second phases to half a minute.
 * @param buckets From `cutLocalTime(start, end, 15, …)`.
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
  walk(phases?.digits ?? "", (phases?.secondsPerDigit ?? 30) * 1000, start, end, buckets, (digit, index, ms) => {
    const stage = stageOfDigit[digit];
    if (stage === undefined) return; // an unknown digit, which Oura may add, is no stage
    const sum = sums[index] ?? { deep: 0, light: 0, rem: 0, awake: 0 };
    sum[stage] += ms / minuteMs;
    sums[index] = sum;
  });
  return sums;
}

function sumRestless({ movement, start, end }: SleepSeries, buckets: readonly Bucket[]): (number | null)[] {
  const sums = buckets.map((): number | null => null);
  walk(movement ?? "", movementSeconds * 1000, start, end, buckets, (digit, index, ms) => {
    sums[index] = (sums[index] ?? 0) + (restlessDigits.includes(digit) ? ms / minuteMs : 0);
  });
  return sums;
}

/** Calls `visit` for every digit and every bucket it overlaps, with the overlap in ms. */
function walk(
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
  const values = (samples?.items ?? []).flatMap((value, position) =>
    value === null ? [] : [{ at: start + position * (samples?.intervalSeconds ?? 0) * 1000, value }],
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
