import type * as z from "zod";
import { parseInstant } from "../analytics/day.ts";
import type { HeartRateRow } from "../analytics/intraday/heart-rate-readings.ts";
import type { heartRate } from "./schemas.ts";

/**
 * Reads a heart rate row as the schema `heartRate` would. Returns null for a row that the schema would refuse. The
 * function is written by hand because a month has 37,000 rows. Parsing them with the schema would take half of the time
 * of the whole answer.
 */
export function readHeartRateRow(row: unknown): z.output<typeof heartRate> | null {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return null;
  // The cast is safe for any object, because every value stays `unknown`.
  const { timestamp, bpm, source } = row as Record<string, unknown>;
  if (typeof timestamp !== "string") return null;
  return {
    timestamp,
    bpm: typeof bpm === "number" && bpm >= 25 && bpm <= 220 ? bpm : null,
    source: typeof source === "string" ? source : null,
  };
}

/**
 * The situations in which Oura measures a heart rate, according to its documentation. Answers show any other situation
 * as "other".
 */
const knownSources: ReadonlySet<string> = new Set(["awake", "workout", "rest", "sleep", "live", "session"]);

/**
 * Converts Oura's heart rate rows from `start` to `end` (epoch ms, end excluded) for the analysis. Rows without a
 * plausible heart rate are left out.
 *
 * A long range is requested in adjacent parts, and Oura includes both ends of each part. A row at such an end therefore
 * arrives twice. Oura gives rows no id, so two rows with the same timestamp and the same source are taken for the same
 * row, and only the first is kept.
 */
export function toHeartRateRows(
  parts: readonly { rows: readonly z.output<typeof heartRate>[] }[],
  start: number,
  end: number,
): HeartRateRow[] {
  const found: HeartRateRow[] = [];
  let newest = Number.NEGATIVE_INFINITY;
  // The timestamp and source of every row so far, to recognize duplicates. It would be slow to build a key for every
  // row. So the set is built only when a row is not in the order of time, and this is rare.
  let keys: Set<string> | null = null;

  function isNew(at: number, source: string): boolean {
    if (keys === null && at > newest) {
      newest = at;
      return true;
    }
    if (keys === null && at === newest) {
      for (let last = found.length - 1; found[last]?.at === at; last--)
        if (found[last]?.source === source) return false;
      return true;
    }
    keys ??= new Set(found.map((row) => keyOf(row.at, row.source)));
    const { size } = keys;
    return keys.add(keyOf(at, source)).size > size;
  }

  for (const { rows } of parts) {
    for (const { timestamp, bpm, source } of rows) {
      const at = parseInstant(timestamp);
      const known = source === null ? "unknown" : knownSources.has(source) ? source : "other";
      if (bpm !== null && at >= start && at < end && isNew(at, known)) found.push({ at, bpm, source: known });
    }
  }
  return found;
}

function keyOf(at: number, source: string): string {
  return `${at} ${source}`;
}
