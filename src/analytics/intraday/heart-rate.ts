import { weightedQuantile } from "simple-statistics";
import type { Bucket } from "./local-buckets.ts";

/** The longest time a row stands for. A longer time to the next row means that nothing was measured. */
const longestWeightMs = 10 * 60_000;

/** A longer time between rows is reported as a gap. */
const longestPauseMs = 30 * 60_000;

/** The share of the measured time at or below {@link HeartRateDay.restingLimit}. */
export const restingShare = 0.05;

/** One heart-rate row. Rows are irregular: every 5 s in a workout, every 5 min at rest. */
export interface HeartRateRow {
  /** Epoch ms. */
  at: number;
  bpm: number;
  /** Oura's value: awake, workout, rest, sleep, session, live. */
  source: string;
}

export interface HeartRateSummary {
  /** Rows. */
  n: number;
  /** Time the rows stand for. */
  minutes: number;
  min: number;
  max: number;
  /** Weighted by time. */
  mean: number;
}

export interface HeartRateBucket extends Bucket {
  n: number;
  /** Null without a row, like min and max. */
  mean: number | null;
  min: number | null;
  max: number | null;
}

export interface HeartRateDay {
  /** Null without a row in the interval. */
  total: HeartRateSummary | null;
  /** The 5 % quantile of the measured time, in bpm. Unlike the minimum, it does not depend on a single low row. */
  restingLimit: number | null;
  bySource: readonly (HeartRateSummary & { source: string })[];
  /** Stretches over 30 minutes without a row, the edges of the interval included; epoch ms. */
  gaps: readonly { start: number; end: number }[];
}

/** A row with the time it stands for. */
export interface WeightedRow extends HeartRateRow {
  weightMs: number;
}

/**
 * Heart rate of an interval, with each row weighted by min(time to the next row, 10 min). A plain mean of rows is
 * wrong, because a workout has sixty rows for each row at rest: 117 instead of 63 bpm on a day with one workout.
 * @param rows In any order; those outside [start, end) are left out.
 * @param start Epoch ms.
 * @param end Epoch ms, not included.
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

/** Heart rate by bucket. A row counts in the bucket of its timestamp, at most for the time to the bucket's end. */
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
 * The rows of an interval in order of time, each with its weight: the time to the next row, ten minutes at most. The
 * last row has no next one: it gets the weight of the row before, within the interval.
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
  const mean = weight > 0 ? sum / weight : plainSum / rows.length; // rows of a single instant have no weight
  return { n: rows.length, minutes: weight / 60_000, min, max, mean };
}

/**
 * Rows of equal heart rate are merged first, so that a hundred or two values are sorted and not a month's 37,000 rows.
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
