import type * as z from "zod";
import type { HeartRateRow } from "../analytics/intraday/heart-rate.ts";
import type { heartRate } from "./schemas.ts";

/**
 * Parses one row in the same way as the `heartRate` schema. The result is null where the schema would fail. The
 * function is written by hand for speed. A month has 37,000 rows, and parsing them with the schema would take half the
 * time of the whole answer.
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

/**
 * Oura's names for the source of a heart rate (the situation in which it was measured). Any other name is shown as
 * "other".
 */
const knownSources: ReadonlySet<string> = new Set(["awake", "workout", "rest", "sleep", "live", "session"]);

/**
 * Converts the rows of [start, end) (epoch ms) for the analysis. Two kinds of rows are left out: rows without a
 * plausible heart rate, and a second row with the same timestamp and source. Second rows occur because Oura includes
 * both ends of a requested range, so adjacent parts share a row. Oura gives rows no id by which to recognise them.
 */
export function toHeartRateRows(
  parts: readonly { rows: readonly z.output<typeof heartRate>[] }[],
  start: number,
  end: number,
): HeartRateRow[] {
  const found: HeartRateRow[] = [];
  let newest = Number.NEGATIVE_INFINITY;
  // The keys of all rows. They are built only after a row has come out of order, which is rare, because building a key
  // for every row is slow.
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
      const at = Date.parse(timestamp);
      const known = source === null ? "unknown" : knownSources.has(source) ? source : "other";
      if (bpm !== null && at >= start && at < end && isNew(at, known)) found.push({ at, bpm, source: known });
    }
  }
  return found;
}

function keyOf(at: number, source: string): string {
  return `${at} ${source}`;
}
