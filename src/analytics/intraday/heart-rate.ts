import { weightedQuantile } from "simple-statistics";
import { outOfRange } from "../out-of-range.ts";
import { type HeartRateRow, type WeighedRows, weigh } from "./heart-rate-readings.ts";
import type { Bucket } from "./local-buckets.ts";

const longestPauseMs = 30 * 60_000;

/** The share of the measured time in which the heart rate is at or below {@link HeartRateDay.restingLimit}. */
export const restingShare = 0.05;

export interface HeartRateSummary {
  n: number;
  /** The measured time. Each reading counts for the time to the next reading, at most ten minutes. */
  minutes: number;
  /** `min`, `max` and `mean` are in bpm. */
  min: number;
  max: number;
  mean: number;
}

export interface HeartRateBucket extends Bucket {
  n: number;
  /** `mean`, `min` and `max` are in bpm. They are null when the bucket has no reading. */
  mean: number | null;
  min: number | null;
  max: number | null;
}

export interface HeartRateDay {
  total: HeartRateSummary | null;
  /**
   * The 5 % quantile of the heart rate in bpm: for 5 % of the measured time the heart rate was at or below this value.
   * Unlike the minimum, the quantile does not depend on a single low reading. Null when no time was measured.
   */
  restingLimit: number | null;
  /** One entry for each source that has a reading, in the order of the first readings. */
  bySource: readonly (HeartRateSummary & { source: string })[];
  /**
   * Spans of more than 30 minutes without a reading, in epoch ms. A gap may also lie at the start or the end of the
   * interval.
   */
  gaps: readonly { start: number; end: number }[];
}

/**
 * Summarizes the heart rate of an interval. Each reading is weighted by the time to the next reading, at most ten
 * minutes, because readings come sixty times as often in a workout as at rest. On a day with one workout, a plain mean
 * can be 117 bpm instead of 63 bpm.
 * @param rows Readings in any order. Those outside [start, end) are left out.
 * @param end Epoch ms, like `start`.
 * @example
 * // 60 bpm for 10 minutes, then a minute of workout with a reading of 150 bpm every 10 seconds.
 * const rest = { at: 0, bpm: 60, source: "rest" };
 * const workout = [0, 1, 2, 3, 4, 5].map((index) => ({ at: 600_000 + 10_000 * index, bpm: 150, source: "workout" }));
 * summarizeHeartRate([rest, ...workout], 0, 660_000).total;
 * // { n: 7, minutes: 11, min: 60, max: 150, mean: 68.1818181818181… }
 */
export function summarizeHeartRate(rows: readonly HeartRateRow[], start: number, end: number): HeartRateDay {
  const weighed = weigh(rows, start, end);
  const total = createTally();
  const bySource = new Map<string, Tally>();
  weighed.rows.forEach(({ bpm, source }, index) => {
    const weight = weighed.weights[index] ?? outOfRange(index);
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
 * Summarizes the heart rate of each bucket. A reading counts in the bucket of its timestamp. Its weight is the time to
 * the next reading or to the end of the bucket, whichever is shorter, and at most ten minutes.
 * @param rows Readings in any order. Readings outside all buckets are left out.
 * @param buckets Buckets in order of time, from {@link cutLocalTime}.
 * @example
 * const rows = [{ at: 0, bpm: 60, source: "rest" }, { at: 240_000, bpm: 80, source: "rest" }];
 * const [bucket] = bucketHeartRate(rows, cutLocalTime(0, 300_000, 5, []));
 * bucket.mean; // 64
 */
export function bucketHeartRate(rows: readonly HeartRateRow[], buckets: readonly Bucket[]): HeartRateBucket[] {
  const [first, last] = [buckets[0], buckets.at(-1)];
  if (first === undefined || last === undefined) return [];
  const weighed = weigh(rows, first.start, last.end);
  let next = 0;
  return buckets.map((bucket) => {
    const tally = createTally();
    for (let row = weighed.rows[next]; row && row.at < bucket.end; row = weighed.rows[++next])
      addTo(tally, row.bpm, Math.min(weighed.weights[next] ?? outOfRange(next), bucket.end - row.at));
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
 * For speed, readings of equal heart rate are merged first. Only one or two hundred values are then sorted, instead of
 * the 37,000 readings of a month.
 */
function restingLimitOf({ rows, weights }: WeighedRows): number | null {
  const ofBpm = new Map<number, number>();
  rows.forEach(({ bpm }, index) => {
    ofBpm.set(bpm, (ofBpm.get(bpm) ?? 0) + (weights[index] ?? outOfRange(index)));
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
