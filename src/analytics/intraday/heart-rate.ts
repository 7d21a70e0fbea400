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

/** Rows in order of time, and the time that each stands for, in ms. */
export interface WeighedRows {
  rows: readonly HeartRateRow[];
  weights: Float64Array;
}

/**
 * Heart rate of an interval, with each row weighted by min(time to the next row, 10 min). A plain mean of rows is
 * wrong, because a workout has sixty rows for each row at rest: 117 instead of 63 bpm on a day with one workout.
 * @param rows In any order; those outside [start, end) are left out.
 * @param start Epoch ms.
 * @param end Epoch ms, not included.
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

/** Heart rate by bucket. A row counts in the bucket of its timestamp, at most for the time to the bucket's end. */
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
 * The readings of [start, end) in order of time. Oura sends them in order, so they are sorted only where they are not: a month
 * has 37,000, and several figures need them.
 * @param rows In any order.
 */
export function readingsWithin(rows: readonly HeartRateRow[], start: number, end: number): readonly HeartRateRow[] {
  const isInside = ({ at, bpm }: HeartRateRow) => at >= start && at < end && Number.isFinite(bpm); // false for NaN
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

/** How many of the rows, which are in order of time, come before an instant. */
export function countBefore(ordered: readonly HeartRateRow[], instant: number): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ordered[middle]?.at ?? instant) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The rows of an interval in order of time, each with its weight: the time to the next row, ten minutes at most. The
 * last row has no next one: it gets the weight of the row before, within the interval.
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

/** Running sums over weighted rows. */
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
  const mean = weight > 0 ? weighted / weight : plain / n; // rows of a single instant have no weight
  return { n, minutes: weight / 60_000, min, max, mean };
}

/**
 * Rows of equal heart rate are merged first, so that a hundred or two values are sorted and not a month's 37,000 rows.
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
