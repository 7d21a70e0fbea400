import { type IsoDay, parseIsoDay } from "../analytics/day.ts";
import { AppError, orAppError } from "../errors.ts";
import type { OuraReader } from "../oura/reader.ts";
import type { OuraDocument } from "../oura/routes.ts";
import { type Access, findRefusal } from "./access.ts";

/**
 * The rings of the account. `refused`: there is no permission to read them. `unreadable`: the request failed, or a
 * record could not be read in full.
 */
export type KnownRings = readonly OuraDocument<"ring_configuration">[] | "refused" | "unreadable";

/**
 * Reads from Oura which rings the account has. The model of a ring shows what the ring cannot measure. The set-up dates
 * of the rings show on which day the records begin. The rings are read only when an answer needs one of these facts.
 */
export async function readKnownRings({ access, reader }: { access: Access; reader: OuraReader }): Promise<KnownRings> {
  if (findRefusal(access, ["ring_configuration"])) return "refused";
  const rings = await orAppError(reader.readRings());
  return rings instanceof AppError || reader.oddRecords().has("ring_configuration") ? "unreadable" : rings;
}

/**
 * What the account's rings cannot measure. `nothing`: no measurement is known to be impossible.
 * `third_generation_only`: the rings are of the first or second generation and lack measurements such as blood oxygen
 * and daytime stress. `everything`: the account has no ring. `unknown`: Oura did not say which ring the account has.
 */
export type RingLimit = "nothing" | "third_generation_only" | "everything" | "unknown";

/**
 * Returns what the rings cannot measure. If there is no permission to read the rings, the result is `nothing`, so that
 * no answer says that the ring cannot measure something.
 */
export function limitOf(rings: KnownRings): RingLimit {
  if (rings === "refused") return "nothing";
  if (rings === "unreadable") return "unknown";
  if (rings.length === 0) return "everything";
  const models = rings.map((ring) => ring.hardware_type ?? "");
  if (models.every((model) => /^gen[12]/.test(model))) return "third_generation_only";
  return models.some((model) => /^(gen|or)\d/.test(model) && !/^gen[12]/.test(model)) ? "nothing" : "unknown";
}

/**
 * The UTC day on which the account's first ring was set up. Null when this day is unknown. If any ring has no set-up
 * date, the day is unknown, because that ring may be the first one. Oura writes the date 1970-01-01 for some old rings.
 * This date counts as no date.
 */
export function firstSetUp(rings: KnownRings): IsoDay | null {
  if (typeof rings === "string") return null;
  const days = rings.map(({ set_up_at }) => parseIsoDay(set_up_at?.slice(0, 10) ?? ""));
  const known = days.filter((day) => day !== null && day >= "2015-01-01");
  return known.length === days.length ? (known.toSorted()[0] ?? null) : null;
}

export const unknownRingDetail = "Ōura did not say which ring it is, and so whether it measures this";
