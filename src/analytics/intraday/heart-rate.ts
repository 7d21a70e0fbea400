import { weightedQuantile } from "simple-statistics";
import { countBelow } from "../count-below.ts";
import type { Bucket } from "./local-buckets.ts";

/**
 * One heart rate reading stands for at most this much time. If the next reading comes even later, the remaining time
 * until then counts as not measured.
 */
const longestWeightMs = 10 * 60_000;

/** A time between two readings that is longer than this is reported as a gap (a time without measurements). */
const longestPauseMs = 30 * 60_000;

/** The share of the measured time in which the heart rate is at or below {@link HeartRateDay.restingLimit}. */
export const restingShare = 0.05;

/** One heart rate reading. The time between readings varies: 5 s in a workout, 5 min at rest. */
export interface HeartRateRow {
  /** The time of the reading, in epoch ms. */
  at: number;
  bpm: number;
  /**
   * Oura's name for the situation: awake, workout, rest, sleep, live or session. It is `unknown` if Oura gives no name,
   * and `other` if the name is not in this list.
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
  /** The mean heart rate in bpm. Each reading is weighted by the time to the next reading, at most ten minutes. */
  mean: number;
}

export interface HeartRateBucket extends Bucket {
  n: number;
  /** The mean heart rate in bpm. `mean`, `min` and `max` are null when the bucket (a span of time) has no reading. */
  mean: number | null;
  min: number | null;
  max: number | null;
}

export interface HeartRateDay {
  /** The summary of the heart rate in the whole interval. Null when the interval has no reading. */
  total: HeartRateSummary | null;
  /**
   * The 5 % quantile of the heart rate, in bpm: for 5 % of the measured time the heart rate was at or below this value.
   * Unlike the minimum, the quantile does not depend on a single low reading. Null when no time was measured.
   */
  restingLimit: number | null;
  bySource: readonly (HeartRateSummary & { source: string })[];
  /**
   * Spans of more than 30 minutes without a reading, in epoch ms. A gap may also lie at the start or the end of the
   * interval.
   */
  gaps: readonly { start: number; end: number }[];
}

/**
 * Heart rate readings in order of time, with their weights. The weight of a reading is the time in ms until the next
 * reading, at most ten minutes. Means are computed with these weights.
 */
export interface WeighedRows {
  rows: readonly HeartRateRow[];
  weights: Float64Array;
}

/**
 * Summarizes the heart rate of an interval. Each reading is weighted by the time to the next reading, at most 10
 * minutes. A plain mean of the readings would be wrong, because readings come sixty times as often in a workout as at
 * rest. On a day with one workout, a plain mean gave 117 bpm instead of 63 bpm.
 * @param rows Readings in any order. Readings outside [start, end) are left out.
 * @param start Epoch ms.
 * @param end Epoch ms. The interval ends just before this instant.
 */
export function summarizeHeartRate(rows: readonly HeartRateRow[], start: number, end: number): HeartRateDay {
  const weighed = weigh(rows, start, end);
  const total = createTally();
  const bySource = new Map<string, Tally>();
  weighed.rows.forEach(({ bpm, source }, index) => {
    const weight = weighed.weights[index] ?? 0;
    const ofSource = bySource.get(source) ?? createTally();
    bySource.set(source, ofSource);
    addTo(total, bpm, weight);
    addTo(ofSource, bpm, weight);
  });
  return {
    total: summarize(total),
    restingLimit: restingLimitOf(weighed),
    bySource: [...bySource].flatMap(([source, tally]) => {
      const summary = summarize(tally);
      return summary ? [{ source, ...summary }] : [];
    }),
    gaps: findGaps(weighed.rows, start, end),
  };
}

/**
 * Summarizes the heart rate of each bucket (a span of time, such as 15 minutes). A reading counts in the bucket of its
 * timestamp. Its weight is the time to the next reading or to the end of the bucket, whichever is shorter, and at most
 * ten minutes.
 */
export function bucketHeartRate(rows: readonly HeartRateRow[], buckets: readonly Bucket[]): HeartRateBucket[] {
  const start = buckets[0]?.start ?? 0;
  const weighed = weigh(rows, start, buckets.at(-1)?.end ?? start);
  let next = 0;
  return buckets.map((bucket) => {
    const tally = createTally();
    for (let row = weighed.rows[next]; row && row.at < bucket.end; row = weighed.rows[++next])
      addTo(tally, row.bpm, Math.min(weighed.weights[next] ?? 0, bucket.end - row.at));
    const summary = summarize(tally);
    return {
      ...bucket,
      n: tally.n,
      mean: summary?.mean ?? null,
      min: summary?.min ?? null,
      max: summary?.max ?? null,
    };
  });
}

/**
 * The readings from `start` until just before `end` (both in epoch ms), in order of time. Oura usually sends the
 * readings in order. To save time, readings are sorted only if they are not in order. A month has 37,000 readings, and
 * one tool call uses this function several times.
 * @param rows Readings in any order.
 */
export function readingsWithin(rows: readonly HeartRateRow[], start: number, end: number): readonly HeartRateRow[] {
  const isInside = ({ at, bpm }: HeartRateRow) => at >= start && at < end && Number.isFinite(bpm); // false if `at` is NaN
  let count = 0;
  let isOrdered = true;
  let before = start;
  for (const row of rows) {
    if (!isInside(row)) continue;
    count += 1;
    isOrdered &&= row.at >= before;
    before = row.at;
  }
  const inside = count === rows.length ? rows : rows.filter(isInside);
  return isOrdered ? inside : inside.toSorted((one, other) => one.at - other.at);
}

/** Counts the readings before an instant (epoch ms). The readings must be in order of time. */
export function countBefore(ordered: readonly HeartRateRow[], instant: number): number {
  return countBelow(ordered, instant, ({ at }) => at);
}

/**
 * The heart rate readings of an interval in order of time, each with its weight in milliseconds. The weight is the time
 * to the next reading, ten minutes at most. The last reading has no next reading. It gets the same weight as the
 * reading before it, but not more than the time to the end of the interval.
 */
export function weigh(rows: readonly HeartRateRow[], start: number, end: number): WeighedRows {
  const sorted = readingsWithin(rows, start, end);
  const weights = new Float64Array(sorted.length);
  let gapBefore = Number.POSITIVE_INFINITY;
  sorted.forEach(({ at }, index) => {
    const next = sorted[index + 1];
    const gap = next ? next.at - at : Math.min(gapBefore, end - at);
    weights[index] = Math.min(gap, longestWeightMs);
    gapBefore = gap;
  });
  return { rows: sorted, weights };
}

/** Running sums over heart rate readings. `weighted` is the sum of weight · bpm, and `plain` is the sum of bpm. */
interface Tally {
  n: number;
  weight: number;
  weighted: number;
  plain: number;
  min: number;
  max: number;
}

function createTally(): Tally {
  return { n: 0, weight: 0, weighted: 0, plain: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
}

function addTo(tally: Tally, bpm: number, weight: number): void {
  tally.n += 1;
  tally.weight += weight;
  tally.weighted += weight * bpm;
  tally.plain += bpm;
  if (bpm < tally.min) tally.min = bpm;
  if (bpm > tally.max) tally.max = bpm;
}

function summarize({ n, weight, weighted, plain, min, max }: Tally): HeartRateSummary | null {
  if (n === 0) return null;
  const mean = weight > 0 ? weighted / weight : plain / n; // the weight is 0 if all readings are from one instant
  return { n, minutes: weight / 60_000, min, max, mean };
}

/**
 * Finds the 5 % quantile of the heart rate, weighted by time. To save time, readings of equal heart rate are merged
 * first. Only one or two hundred values are then sorted, instead of the 37,000 readings of a month.
 */
function restingLimitOf({ rows, weights }: WeighedRows): number | null {
  const ofBpm = new Map<number, number>();
  rows.forEach(({ bpm }, index) => {
    ofBpm.set(bpm, (ofBpm.get(bpm) ?? 0) + (weights[index] ?? 0));
  });
  const measured = [...ofBpm].filter(([, weight]) => weight > 0);
  if (measured.length === 0) return null;
  return weightedQuantile(
    measured.map(([bpm]) => bpm),
    measured.map(([, weight]) => weight),
    restingShare,
  );
}

function findGaps(rows: readonly HeartRateRow[], start: number, end: number): { start: number; end: number }[] {
  const gaps: { start: number; end: number }[] = [];
  let last = start;
  const mark = (at: number) => {
    if (at - last > longestPauseMs) gaps.push({ start: last, end: at });
    last = at;
  };
  for (const { at } of rows) mark(at);
  mark(end);
  return gaps;
}
