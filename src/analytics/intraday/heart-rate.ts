import { weightedQuantile } from "simple-statistics";
import type { Bucket } from "./local-buckets.ts";

/**
 * One heart rate reading stands for at most this much time. If the next reading comes later, the remaining time counts
 * as not measured.
 */
const longestWeightMs = 10 * 60_000;

/** When the time between two readings is longer than this, it is reported as a gap (a time without measurements). */
const longestPauseMs = 30 * 60_000;

/** The share of the measured time in which the heart rate is at or below {@link HeartRateDay.restingLimit}. */
export const restingShare = 0.05;

/** One heart rate reading. The time between readings varies: 5 s in a workout, 5 min at rest. */
export interface HeartRateRow {
  /** Epoch ms. */
  at: number;
  bpm: number;
  /**
   * Oura's name for the situation: awake, workout, rest, sleep, live or session. A missing name is `unknown`, and a new
   * name is `other`.
   */
  source: string;
}

export interface HeartRateSummary {
  /** The number of heart rate readings. */
  n: number;
  /**
   * The minutes that the readings stand for. Each reading counts for the time to the next reading, at most ten minutes.
   */
  minutes: number;
  min: number;
  max: number;
  /** The mean in bpm. Each reading is weighted by the time to the next reading, at most ten minutes. */
  mean: number;
}

export interface HeartRateBucket extends Bucket {
  n: number;
  /** The mean in bpm. `mean`, `min` and `max` are null when the bucket (a span of time) has no reading. */
  mean: number | null;
  min: number | null;
  max: number | null;
}

export interface HeartRateDay {
  /** The summary of the whole interval. Null when the interval has no reading. */
  total: HeartRateSummary | null;
  /**
   * The heart rate in bpm that is not exceeded in 5 % of the measured time. Unlike the minimum, it does not depend on a
   * single low reading. Null when no time was measured.
   */
  restingLimit: number | null;
  bySource: readonly (HeartRateSummary & { source: string })[];
  /**
   * Spans of more than 30 minutes without a reading, in epoch ms. A gap may also lie at the start or the end of the
   * interval.
   */
  gaps: readonly { start: number; end: number }[];
}

/** A heart rate reading with its weight in means: the time in ms until the next reading, at most ten minutes. */
export interface WeightedRow extends HeartRateRow {
  weightMs: number;
}

/**
 * Summarizes the heart rate of an interval. Each reading is weighted by the time to the next reading, at most 10
 * minutes. A plain mean of the readings would be wrong, because a workout has sixty readings for each reading at rest.
 * On a day with one workout, a plain mean gave 117 bpm instead of 63 bpm.
 * @param rows Readings in any order. Readings outside [start, end) are left out.
 * @param start Epoch ms.
 * @param end Epoch ms. The interval ends just before this instant.
 */
export function summarizeHeartRate(rows: readonly HeartRateRow[], start: number, end: number): HeartRateDay {
  const weighted = weigh(rows, start, end);
  const bySource = Map.groupBy(weighted, ({ source }) => source);
  return {
    total: summarize(weighted),
    restingLimit: restingLimitOf(weighted),
    bySource: [...bySource].flatMap(([source, list]) => {
      const summary = summarize(list);
      return summary ? [{ source, ...summary }] : [];
    }),
    gaps: findGaps(weighted, start, end),
  };
}

/**
 * Summarizes the heart rate of each bucket (a span of time, such as 15 minutes). A reading counts in the bucket of its
 * timestamp. Its weight is the time to the next reading or to the end of the bucket, whichever is shorter, and at most
 * ten minutes.
 */
export function bucketHeartRate(rows: readonly HeartRateRow[], buckets: readonly Bucket[]): HeartRateBucket[] {
  const start = buckets[0]?.start ?? 0;
  const weighted = weigh(rows, start, buckets.at(-1)?.end ?? start);
  let next = 0;
  return buckets.map((bucket) => {
    const inside: WeightedRow[] = [];
    for (let row = weighted[next]; row && row.at < bucket.end; row = weighted[++next])
      inside.push({ ...row, weightMs: Math.min(row.weightMs, bucket.end - row.at) });
    const summary = summarize(inside);
    return {
      ...bucket,
      n: inside.length,
      mean: summary?.mean ?? null,
      min: summary?.min ?? null,
      max: summary?.max ?? null,
    };
  });
}

/**
 * The heart rate readings of an interval in order of time, each with its weight in milliseconds. The weight is the time
 * to the next reading, ten minutes at most. The last reading has no next reading. It gets the same weight as the
 * reading before it, but not more than the time to the end of the interval.
 */
export function weigh(rows: readonly HeartRateRow[], start: number, end: number): WeightedRow[] {
  const sorted = rows
    .filter(({ at, bpm }) => at >= start && at < end && Number.isFinite(bpm))
    .toSorted((one, other) => one.at - other.at);
  const gapBefore = (index: number) => (sorted[index]?.at ?? 0) - (sorted[index - 1]?.at ?? Number.NEGATIVE_INFINITY);
  return sorted.map((row, index) => {
    const next = sorted[index + 1];
    const gap = next ? next.at - row.at : Math.min(gapBefore(index), end - row.at);
    return { ...row, weightMs: Math.min(gap, longestWeightMs) };
  });
}

function summarize(rows: readonly WeightedRow[]): HeartRateSummary | null {
  if (rows.length === 0) return null;
  let weight = 0;
  let sum = 0;
  let plainSum = 0;
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const { bpm, weightMs } of rows) {
    weight += weightMs;
    sum += weightMs * bpm;
    plainSum += bpm;
    min = Math.min(min, bpm);
    max = Math.max(max, bpm);
  }
  const mean = weight > 0 ? sum / weight : plainSum / rows.length; // readings of a single instant have no weight
  return { n: rows.length, minutes: weight / 60_000, min, max, mean };
}

/**
 * Finds the heart rate that is not exceeded in 5 % of the measured time. Readings of equal heart rate are merged first,
 * so that one or two hundred values are sorted instead of the 37,000 readings of a month.
 */
function restingLimitOf(rows: readonly WeightedRow[]): number | null {
  const weights = new Map<number, number>();
  for (const { bpm, weightMs } of rows) weights.set(bpm, (weights.get(bpm) ?? 0) + weightMs);
  const measured = [...weights].filter(([, weight]) => weight > 0);
  if (measured.length === 0) return null;
  return weightedQuantile(
    measured.map(([bpm]) => bpm),
    measured.map(([, weight]) => weight),
    restingShare,
  );
}

function findGaps(rows: readonly WeightedRow[], start: number, end: number): { start: number; end: number }[] {
  const marks = [start, ...rows.map(({ at }) => at), end];
  return marks.flatMap((mark, index) => {
    const next = marks[index + 1] ?? mark;
    return next - mark > longestPauseMs ? [{ start: mark, end: next }] : [];
  });
}
