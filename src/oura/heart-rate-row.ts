import type * as z from "zod";
import type { HeartRateRow } from "../analytics/intraday/heart-rate.ts";
import type { heartRate } from "./schemas.ts";

/**
 * One row as the `heartRate` schema reads it, or null where the schema finds no row. By hand, because a month is 37,000
 * rows and the schema would spend half the time of the whole answer on them.
 */
export function readHeartRateRow(row: unknown): z.output<typeof heartRate> | null {
  if (typeof row !== "object" || row === null || Array.isArray(row)) return null;
  const { timestamp, bpm, source } = row as Record<string, unknown>; // any object may be looked at this way
  if (typeof timestamp !== "string") return null;
  return {
    timestamp,
    bpm: typeof bpm === "number" && bpm >= 25 && bpm <= 220 ? bpm : null,
    source: typeof source === "string" ? source : null,
  };
}

/**
 * Documents as the arithmetic takes them, of [start, end) (epoch ms). Oura gives rows no id and counts both ends of a range
 * in, so parts side by side share a row: the second of one timestamp and source is left out, and so is what holds no
 * plausible heart rate.
 */
export function toHeartRateRows(
  parts: readonly { rows: readonly z.output<typeof heartRate>[] }[],
  start: number,
  end: number,
): HeartRateRow[] {
  const found: HeartRateRow[] = [];
  const sourceAt = new Map<number, string>();
  const others = new Set<string>(); // two sources at one time are seldom: no key is written for all the rest

  function isNew(at: number, source: string): boolean {
    const first = sourceAt.get(at);
    if (first === undefined) sourceAt.set(at, source);
    if (first === undefined || first === source) return first === undefined;
    const key = `${at} ${source}`;
    const isUnseen = !others.has(key);
    others.add(key);
    return isUnseen;
  }

  for (const { rows } of parts) {
    for (const { timestamp, bpm, source } of rows) {
      const at = Date.parse(timestamp);
      const known = source ?? "unknown";
      if (bpm !== null && at >= start && at < end && isNew(at, known)) found.push({ at, bpm, source: known });
    }
  }
  return found;
}
