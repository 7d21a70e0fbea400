import { countBelow } from "../count-below.ts";

/** The time between readings varies: 5 s in a workout, 5 min at rest. */
export interface HeartRateRow {
  /** Epoch ms. */
  at: number;
  bpm: number;
  /**
   * Oura's name for the situation: awake, workout, rest, sleep, live or session. It is `unknown` if Oura gives no name,
   * and `other` if the name is not in this list.
   */
  source: string;
}

/**
 * The readings from `start` until just before `end` (both in epoch ms), in order of time. Oura usually sends the
 * readings in order. They are sorted only if Oura did not, because sorting the 37,000 readings of a month would cost
 * time.
 * @param rows Readings in any order. A reading without a finite time or heart rate is left out.
 * @returns `rows` itself, if all readings are inside and in order.
 * @example
 * const rows = [[20, 61], [10, 60], [30, 62]].map(([at, bpm]) => ({ at, bpm, source: "rest" }));
 * readingsWithin(rows, 0, 30).map(({ bpm }) => bpm); // [60, 61]
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

/**
 * Counts the readings before an instant, by binary search.
 * @param ordered Readings in order of time.
 * @param instant Epoch ms. A reading at this instant does not count.
 * @example countBefore([{ at: 10 }, { at: 20 }, { at: 20 }], 20) // 1
 */
export function countBefore(ordered: readonly HeartRateRow[], instant: number): number {
  return countBelow(ordered, instant, ({ at }) => at);
}

/**
 * Heart rate readings in order of time, with their weights. The weight of a reading is the time in ms until the next
 * reading, at most ten minutes.
 */
export interface WeighedRows {
  rows: readonly HeartRateRow[];
  weights: Float64Array;
}

/**
 * One heart rate reading stands for at most this much time. If the next reading comes even later, the remaining time
 * until then counts as not measured.
 */
const longestWeightMs = 10 * 60_000;

/**
 * The heart rate readings of [start, end) in order of time. The weight of a reading is the time to the next reading in
 * ms, ten minutes at most. The last reading has the same weight as the reading before it, but not more than the time to
 * the end of the interval.
 * @param rows Readings in any order.
 * @param end Epoch ms, like `start`.
 * @example
 * // Readings at 0, 5 and 35 minutes of an hour: the second one counts for ten minutes at most.
 * const rows = [0, 5, 35].map((minutes) => ({ at: minutes * 60_000, bpm: 60, source: "rest" }));
 * weigh(rows, 0, 3_600_000).weights; // Float64Array [300000, 600000, 600000]
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
