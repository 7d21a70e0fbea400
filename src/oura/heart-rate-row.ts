import type * as z from "zod";
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
