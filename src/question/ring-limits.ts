import { type IsoDay, parseIsoDay } from "../analytics/day.ts";
import { AppError, orAppError } from "../errors.ts";
import type { OuraReader } from "../oura/reader.ts";
import { needsThirdGeneration, type OuraDocument, type OuraRouteName } from "../oura/routes.ts";
import { type Access, findRefusal } from "./access.ts";
import type { MissingEntry } from "./missing-entries.ts";
import type { MissingReason } from "./missing-reasons.ts";
import type { Figure } from "./reads.ts";

/**
 * `refused`: there is no permission to read the rings. `unreadable`: the request failed, or a record could not be read
 * in full.
 */
export type KnownRings = readonly OuraDocument<"ring_configuration">[] | "refused" | "unreadable";

/**
 * The model of a ring shows what the ring cannot measure, and the set-up dates show on which day the records begin. The
 * rings are read only when an answer needs one of these facts.
 */
export async function readKnownRings({ access, reader }: { access: Access; reader: OuraReader }): Promise<KnownRings> {
  if (findRefusal(access, "ring_configuration")) return "refused";
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
 * Without permission to read the rings, the result is `nothing`, so that no answer says that the ring cannot measure
 * something.
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
 * The UTC day on which the account's first ring was set up. Null if any ring has no set-up date, because that ring may
 * be the first one. Oura writes the date 1970-01-01 for some old rings, and this date counts as none.
 */
export function firstSetUp(rings: KnownRings): IsoDay | null {
  if (typeof rings === "string") return null;
  const days = rings.map(({ set_up_at }) => parseIsoDay(set_up_at?.slice(0, 10) ?? ""));
  const known = days.filter((day) => day !== null && day >= "2015-01-01");
  return known.length === days.length ? (known.toSorted()[0] ?? null) : null;
}

export const unknownRingDetail = "Ōura did not say which ring it is, and so whether it measures this";

/**
 * The values that this ring does not measure. If the model of the ring is unknown, these are the values that some
 * models of the ring do not measure. `entries` reports the values in the answer's `missing` list.
 */
export interface Unmeasurable {
  names: ReadonlySet<string>;
  entries: readonly MissingEntry[];
}

/**
 * Finding the ring's model may cost a request to Oura. It is therefore looked up only if no document was read at all,
 * or if there are no documents for a value that needs a third-generation ring.
 * @param countOf Returns the number of documents that were read from a route; null when the route was not read
 */
export async function findUnmeasurable(
  figures: readonly Figure[],
  countOf: (route: OuraRouteName) => number | null,
  isNothingHeld: boolean,
  findRingLimit: () => Promise<RingLimit>,
): Promise<Unmeasurable> {
  const none = { names: new Set<string>(), entries: [] };
  const units = [...Map.groupBy(figures, ({ name, group }) => group ?? name).values()];
  const empty = units.filter(
    (unit) => unit.some(({ route }) => countOf(route) === 0) && unit.every(({ route }) => !countOf(route)),
  );
  const suspects = empty.filter((unit) => unit.every(({ route }) => needsThirdGeneration(route)));
  if (suspects.length === 0 && !(isNothingHeld && empty.length > 0)) return none;
  switch (await findRingLimit()) {
    case "everything":
      return ruleOut(empty, "no_ring");
    case "third_generation_only":
      return suspects.length === 0 ? none : ruleOut(suspects, "not_supported");
    case "unknown": // it is also possible that the account has no ring
      return ruleOut(empty, "unavailable", unknownRingDetail);
    case "nothing":
      return none;
  }
}

function ruleOut(units: readonly (readonly Figure[])[], reason: MissingReason, detail?: string): Unmeasurable {
  const what = units.map(([first]) => first?.group ?? first?.name).join(", ");
  return {
    names: new Set(units.flat().map(({ name }) => name)),
    entries: [{ what, reason, ...(detail === undefined ? {} : { detail }) }],
  };
}

/**
 * An entry of the answer's `missing` list if the account has no ring, or if the model of its ring is unknown. Another
 * reason, such as "not worn" or "not synced", could then be wrong. Null if the model is known.
 */
export function describeRingLimit(what: string, limit: RingLimit): MissingEntry | null {
  if (limit === "everything") return { what, reason: "no_ring" };
  return limit === "unknown" ? { what, reason: "unavailable", detail: unknownRingDetail } : null;
}
