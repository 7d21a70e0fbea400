import type * as z from "zod";
import { parseInstant } from "../analytics/day.ts";
import type { HeartRateRow } from "../analytics/intraday/heart-rate.ts";
import type { heartRate } from "./schemas.ts";

/**
 * Parses one row like the `heartRate` schema; null where the schema would fail. Written by hand because a month has
 * 37,000 rows, and parsing them with the schema takes half the time of the whole answer.
 */
export function readHeartRateRow(row: unknown): z.output<typeof heartRate> | null {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return null;
  const { timestamp, bpm, source } = row as Record<string, unknown>; // safe for any object: values stay unknown
  if (typeof timestamp !== "string") return null;
  return {
    timestamp,
    bpm: typeof bpm === "number" && bpm >= 25 && bpm <= 220 ? bpm : null,
    source: typeof source === "string" ? source : null,
  };
}

/** Oura's sources of heart rate. A name that is not known is shown as "other". */
const knownSources: ReadonlySet<string> = new Set(["awake", "workout", "rest", "sleep", "live", "session"]);

/**
 * The rows of [start, end) (epoch ms) for the analysis. Oura gives rows no id and includes both ends of a range, so
 * adjacent parts share a row. A second row with the same timestamp and source is left out, and so are rows without a
 * plausible heart rate.
 */
export function toHeartRateRows(
  parts: readonly { rows: readonly z.output<typeof heartRate>[] }[],
  start: number,
  end: number,
): HeartRateRow[] {
  const found: HeartRateRow[] = [];
  let newest = Number.NEGATIVE_INFINITY;
  // Keys of all rows, once one has come out of order, which is rare. To build a key for every row is slow.
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
