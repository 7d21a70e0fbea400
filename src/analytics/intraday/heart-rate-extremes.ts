import { type HeartRateRow, readingsWithin } from "./heart-rate.ts";

/** The lowest or highest reading of an interval: the first of them, and how often it comes again. */
export interface ExtremeReading extends HeartRateRow {
  /** Later times with the same value, ten minutes or more after the time before. */
  again: number;
}

export interface Extremes {
  lowest: ExtremeReading;
  highest: ExtremeReading;
  /** Set when the highest reading stands alone, as a misreading does. */
  lone: LoneReading | null;
}

export interface LoneReading {
  /** The highest reading within ten minutes of it. */
  nearby: number;
  /** The highest reading of the interval without it. */
  next: HeartRateRow;
}

/** Readings of the same value closer together than this are one time. */
const sameTimeMs = 10 * 60_000;
/** Readings this close to each other come from one burst. */
const burstMs = 30_000;
/** A heart does not beat this many times faster than it does ten minutes before and after, unless it is misread. */
const farAbove = 1.5;

/**
 * The lowest and the highest reading of [start, end) with their times; null without a reading.
 * @param rows In any order.
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
