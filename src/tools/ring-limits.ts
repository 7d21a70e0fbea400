import { AppError, orFailure } from "../errors.ts";
import { findRefusal } from "./access.ts";
import type { ToolContext } from "./define-tool.ts";
import type { MissingEntry } from "./missing.ts";

/**
 * What the ring itself rules out: nothing, daytime and blood measurements (second generation and older), or everything.
 * Unknown where Oura did not say.
 */
export type RingLimit = "nothing" | "third_generation_only" | "everything" | "unknown";

/**
 * Asked only when something came back wholly empty. Where the ring may not be read, nothing is claimed.
 */
export async function findRingLimit(context: ToolContext): Promise<RingLimit> {
  if (findRefusal(context.access, ["ring_configuration"])) return "nothing";
  const rings = await orFailure(context.reader.readRings());
  if (rings instanceof AppError || context.reader.oddRecords().has("ring_configuration")) return "unknown";
  if (rings.length === 0) return "everything";
  const models = rings.map((ring) => ring.hardware_type ?? "");
  if (models.every((model) => /^gen[12]/.test(model))) return "third_generation_only";
  return models.some((model) => /^(gen|or)\d/.test(model) && !/^gen[12]/.test(model)) ? "nothing" : "unknown";
}

export const noRingDetail = "no ring is set up at Ōura";
export const unknownRingDetail = "Ōura did not say which ring it is, and so whether it measures this";

/** Where there is no ring, or Oura did not say whether there is one, nothing is said of wearing or syncing it. */
export function explainRing(what: string, limit: RingLimit): MissingEntry | null {
  if (limit === "everything") return { what, reason: "not_supported", detail: noRingDetail };
  return limit === "unknown" ? { what, reason: "unavailable", detail: unknownRingDetail } : null;
}
