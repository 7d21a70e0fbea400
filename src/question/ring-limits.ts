import { AppError, orFailure } from "../errors.ts";
import type { OuraReader } from "../oura/reader.ts";
import { type Access, findRefusal } from "./access.ts";

/**
 * What the account's ring cannot measure: `nothing`, `third_generation_only` (daytime and blood measurements, on rings
 * of the second generation and older), `everything` (there is no ring), or `unknown` where Oura did not say.
 */
export type RingLimit = "nothing" | "third_generation_only" | "everything" | "unknown";

/** Reads the ring's model. Called only when some data is entirely empty. Without permission the result is `nothing`. */
export async function findRingLimit({ access, reader }: { access: Access; reader: OuraReader }): Promise<RingLimit> {
  if (findRefusal(access, ["ring_configuration"])) return "nothing";
  const rings = await orFailure(reader.readRings());
  if (rings instanceof AppError || reader.oddRecords().has("ring_configuration")) return "unknown";
  if (rings.length === 0) return "everything";
  const models = rings.map((ring) => ring.hardware_type ?? "");
  if (models.every((model) => /^gen[12]/.test(model))) return "third_generation_only";
  return models.some((model) => /^(gen|or)\d/.test(model) && !/^gen[12]/.test(model)) ? "nothing" : "unknown";
}

export const noRingDetail = "no ring is set up at Ōura";
export const unknownRingDetail = "Ōura did not say which ring it is, and so whether it measures this";
