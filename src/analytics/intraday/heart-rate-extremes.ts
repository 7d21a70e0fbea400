import { type HeartRateRow, readingsWithin } from "./heart-rate.ts";

/** The lowest or highest reading of an interval. If several readings share this value, the first of them is used. */
export interface ExtremeReading extends HeartRateRow {
  /**
   * How often the same heart rate occurs again later. Readings less than ten minutes after the previous reading of this
   * value are not counted again.
   */
  again: number;
}

export interface Extremes {
  lowest: ExtremeReading;
  highest: ExtremeReading;
  /** Set when the highest reading is far above all readings near it in time, which suggests a misreading. */
  lone: LoneReading | null;
}

export interface LoneReading {
  /** The highest other heart rate within ten minutes of the highest reading, in bpm. */
  nearby: number;
  /**
   * The highest reading of the interval if the suspicious reading is an error. The suspicious reading and all readings
   * within 30 seconds of it are left out.
   */
  next: HeartRateRow;
}

/**
 * Readings with the same value count as one occurrence when they are closer together than this time. A reading is near
 * the highest reading when it is within this time of it.
 */
const sameTimeMs = 10 * 60_000;
/** Readings this close together come from one burst of measurements, so they may share one error. */
const burstMs = 30_000;
/**
 * The highest reading may be an error when it is at least this many times as high as every reading within ten minutes
 * of it.
 */
const farAbove = 1.5;

/**
 * The lowest and the highest reading of [start, end) with their times. Null when there is no reading.
 * @param rows Readings in any order.
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
