import type * as z from "zod";
import { parseInstant } from "../analytics/day.ts";
import type { HeartRateRow } from "../analytics/intraday/heart-rate-readings.ts";
import type { heartRate } from "./schemas.ts";

/**
 * Parses one row of Oura's heart rates with the same result as the schema `heartRate`, or null where the schema would
 * fail. The function is written by hand for speed. A month has 37,000 rows, and parsing them with the schema would take
 * half of the time that the whole answer takes.
 */
export function readHeartRateRow(row: unknown): z.output<typeof heartRate> | null {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return null;
  // The cast is safe for any object, because the type of every value stays `unknown`.
  const { timestamp, bpm, source } = row as Record<string, unknown>;
  if (typeof timestamp !== "string") return null;
  return {
    timestamp,
    bpm: typeof bpm === "number" && bpm >= 25 && bpm <= 220 ? bpm : null,
    source: typeof source === "string" ? source : null,
  };
}

/**
 * The values that Oura's documentation lists for the field `source` of a heart rate: the situation in which the heart
 * rate was measured. Answers show any other value as "other".
 */
const knownSources: ReadonlySet<string> = new Set(["awake", "workout", "rest", "sleep", "live", "session"]);

/**
 * Converts Oura's heart rate rows from `start` to `end` (epoch ms, end excluded) for the analysis. Rows without a
 * plausible heart rate are left out. If two rows have the same timestamp and source, the second row is left out. Such
 * duplicates occur because a long range is requested in adjacent parts, and Oura includes both ends of each part.
 * Timestamp and source identify a row, because Oura gives rows no id.
 */
export function toHeartRateRows(
  parts: readonly { rows: readonly z.output<typeof heartRate>[] }[],
  start: number,
  end: number,
): HeartRateRow[] {
  const found: HeartRateRow[] = [];
  let newest = Number.NEGATIVE_INFINITY;
  // The keys (timestamp and source) of all rows so far. A row whose key is in the set is a duplicate. The set is built
  // only when a row is not in the order of time, which is rare. Building a key for every row would be slow.
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
