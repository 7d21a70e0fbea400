import { type HeartRateRow, readingsWithin } from "./heart-rate-readings.ts";

/** The lowest or highest reading of an interval. If several readings share this value, the first of them is used. */
export interface ExtremeReading extends HeartRateRow {
  /**
   * How often the heart rate of this reading occurs again later in the interval. A later reading counts only if the
   * previous reading of the same heart rate was at least ten minutes earlier.
   */
  again: number;
}

export interface Extremes {
  lowest: ExtremeReading;
  highest: ExtremeReading;
  /** Set if the highest reading may be a misreading, because it is far above all other readings near it in time. */
  lone: LoneReading | null;
}

export interface LoneReading {
  /**
   * The highest heart rate of all other readings within ten minutes of the highest reading, in bpm. Readings within 30
   * seconds of the highest reading are left out.
   */
  nearby: number;
  /**
   * The highest remaining reading, after leaving out the suspected reading (the highest of the interval) and all
   * readings within 30 seconds of it.
   */
  next: HeartRateRow;
}

/**
 * This time is used twice. Two readings of the same heart rate count as one occurrence if less than this time lies
 * between them. The highest reading is compared only with readings that are at most this time away from it.
 */
const sameTimeMs = 10 * 60_000;
/** Readings at most this time apart may come from one burst of measurements, and may share one error. */
const burstMs = 30_000;
/**
 * The highest reading may be an error when it is at least this many times as high as every other reading within ten
 * minutes.
 */
const farAbove = 1.5;

/**
 * The lowest and the highest reading of [start, end) with their times. Null when there is no reading.
 * @param rows Readings in any order.
 * @param end Epoch ms, like `start`.
 * @example
 * const rows = [52, 180, 54].map((bpm, index) => ({ at: index * 300_000, bpm, source: "sleep" }));
 * const { lowest, highest, lone } = findExtremes(rows, 0, 900_000);
 * lowest; // { at: 0, bpm: 52, source: "sleep", again: 0 }
 * highest.bpm; // 180
 * lone.nearby; // 54
 */
export function findExtremes(rows: readonly HeartRateRow[], start: number, end: number): Extremes | null {
  const inside = readingsWithin(rows, start, end);
  const [first] = inside;
  if (!first) return null;
  let [low, high] = [first, first];
  for (const row of inside) {
    if (row.bpm < low.bpm) low = row;
    if (row.bpm > high.bpm) high = row;
  }
  return { lowest: countAgain(low, inside), highest: countAgain(high, inside), lone: findLone(high, inside) };
}

function countAgain(extreme: HeartRateRow, rows: readonly HeartRateRow[]): ExtremeReading {
  let again = 0;
  let last = extreme.at;
  for (const { at, bpm } of rows) {
    if (bpm !== extreme.bpm || at <= extreme.at) continue;
    if (at - last >= sameTimeMs) again += 1;
    last = at;
  }
  return { ...extreme, again };
}

function findLone(highest: HeartRateRow, rows: readonly HeartRateRow[]): LoneReading | null {
  const isOther = ({ at }: HeartRateRow) => Math.abs(at - highest.at) > burstMs;
  const near = rows.filter((row) => isOther(row) && Math.abs(row.at - highest.at) <= sameTimeMs);
  const nearby = near.reduce((most, { bpm }) => Math.max(most, bpm), 0);
  if (near.length === 0 || highest.bpm < nearby * farAbove) return null;
  const next = rows
    .filter(isOther)
    .reduce<HeartRateRow | null>((most, row) => (most === null || row.bpm > most.bpm ? row : most), null);
  return next && { nearby, next };
}
