import { AppError } from "../errors.ts";
import { findRefusal } from "./access.ts";
import type { ToolContext } from "./define-tool.ts";

/** What the ring itself rules out: nothing, daytime and blood measurements (second generation and older), or everything. */
export type RingLimit = "nothing" | "third_generation_only" | "everything";

/**
 * Asked only when something came back wholly empty. Where the ring may not be read, or the question fails, nothing is
 * claimed.
 */
export async function findRingLimit(context: ToolContext): Promise<RingLimit> {
  if (findRefusal(context.access, ["ring_configuration"])) return "nothing";
  const rings = await context.reader.readRings().catch((error: unknown) => {
    if (error instanceof AppError) return null;
    throw error;
  });
  if (rings === null) return "nothing";
  if (rings.length === 0) return "everything";
  return rings.every((ring) => /^gen[12]/.test(ring.hardware_type ?? "")) ? "third_generation_only" : "nothing";
}

export const noRingDetail = "no ring is set up at Ōura";
