import { type IsoDay, parseIsoDay } from "../analytics/day.ts";
import { AppError, orAppError } from "../errors.ts";
import type { OuraReader } from "../oura/reader.ts";
import type { OuraDocument } from "../oura/routes.ts";
import { type Access, findRefusal } from "./access.ts";

/** The account's rings; why they are not known, where they are not. */
export type KnownRings = readonly OuraDocument<"ring_configuration">[] | "refused" | "unreadable";

/** Reads the rings. Called only when some data is entirely empty, or begins within the days of a question. */
export async function readKnownRings({ access, reader }: { access: Access; reader: OuraReader }): Promise<KnownRings> {
  if (findRefusal(access, ["ring_configuration"])) return "refused";
  const rings = await orAppError(reader.readRings());
  return rings instanceof AppError || reader.oddRecords().has("ring_configuration") ? "unreadable" : rings;
}

/**
 * What the account's ring cannot measure: `nothing`, `third_generation_only` (daytime and blood measurements, on rings
 * of the second generation and older), `everything` (there is no ring), or `unknown` where Oura did not say.
 */
export type RingLimit = "nothing" | "third_generation_only" | "everything" | "unknown";

/** Without permission the result is `nothing`. */
export function limitOf(rings: KnownRings): RingLimit {
  if (rings === "refused") return "nothing";
  if (rings === "unreadable") return "unknown";
  if (rings.length === 0) return "everything";
  const models = rings.map((ring) => ring.hardware_type ?? "");
  if (models.every((model) => /^gen[12]/.test(model))) return "third_generation_only";
  return models.some((model) => /^(gen|or)\d/.test(model) && !/^gen[12]/.test(model)) ? "nothing" : "unknown";
}

/**
 * The day on which the first ring was set up, in UTC; null where it is not known. One ring without a date may be the first.
 * Oura dates some old rings 1970-01-01, which means unknown.
 */
export function firstSetUp(rings: KnownRings): IsoDay | null {
  if (typeof rings === "string") return null;
  const days = rings.map(({ set_up_at }) => parseIsoDay(set_up_at?.slice(0, 10) ?? ""));
  const known = days.filter((day) => day !== null && day >= "2015-01-01");
  return known.length === days.length ? (known.toSorted()[0] ?? null) : null;
}

export const unknownRingDetail = "Ōura did not say which ring it is, and so whether it measures this";
