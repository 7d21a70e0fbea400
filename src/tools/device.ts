import * as z from "zod";
import { parseIsoDay } from "../analytics/day.ts";
import { AppError, orFailure } from "../errors.ts";
import type { OuraDocument } from "../oura/routes.ts";
import { findRefusal, requireScopes } from "./access.ts";
import { defineTool, type ToolContext } from "./define-tool.ts";
import { type MissingEntry, missingEntry, missingFromFailure } from "./missing.ts";
import { formatDay, joinSentences } from "./present.ts";
import { cell } from "./table.ts";

/** Null while Oura does not say. Published as anything, as cells are. */
const charging = z.custom<boolean | null>((value) => value === null || typeof value === "boolean");

const output = z.object({
  summary: z.string(),
  rings: z.array(z.object({ model: cell, firmware: cell, size: cell, color: cell, design: cell, set_up_on: cell })),
  battery: z.object({ level_pct: z.number(), charging, at: cell }).optional(),
  profile: z.object({ age_years: cell, height_m: cell, weight_kg: cell, biological_sex: cell }).optional(),
  missing: z.array(missingEntry),
});

export const deviceTool = defineTool({
  name: "oura_get_device",
  title: "Ōura Ring and battery",
  description:
    "The Ōura Ring itself: which generation (model) of ring, size, colour, firmware, set-up date, battery charge " +
    "and charging. include_profile: how tall, how old, height, weight, biological sex. No health measurements.",
  input: z.strictObject({
    include_profile: z.boolean().default(false).describe("Also answer age, height, weight and biological sex."),
  }),
  output,
  scopes: ["ring_configuration"],
  async run(input, context) {
    requireScopes(context.access, ["ring_configuration"]);
    const missing: MissingEntry[] = [];
    const [rings, battery, profile] = await Promise.all([
      context.reader.readRings(),
      orMissing("battery", context, missing, () => context.reader.readBattery()),
      input.include_profile ? readProfile(context, missing) : null,
    ]);
    const described = rings.map(describeRing).toSorted(newestFirst);
    const level = battery?.level ?? null;
    if (rings.length === 0) missing.push({ what: "ring", reason: "unavailable", detail: "no ring is set up at Ōura" });
    const unsaid = Object.entries(ouraFields).filter(([, field]) => rings.some((ring) => ring[field] === null));
    if (unsaid.length > 0)
      missing.push({ what: `ring ${unsaid.map(([name]) => name).join(", ")}`, reason: "unavailable" });
    if (rings.length > 0 && level === null && !missing.some(({ what }) => what === "battery"))
      missing.push({ what: "battery", reason: "unavailable" });
    const at = battery?.timestamp ?? null;
    const isFuture = at !== null && Date.parse(at) > context.now + longestClockDifference;
    if (isFuture)
      missing.push({ what: "battery", reason: "unavailable", detail: "Ōura dates its reading in the future" });
    return {
      summary: joinSentences(
        summarize(described, level, battery?.charging ?? null),
        profile && describeProfile(profile),
      ),
      rings: described,
      ...(level === null
        ? {}
        : { battery: { level_pct: level, charging: battery?.charging ?? null, at: isFuture ? null : at } }),
      ...(profile ? { profile } : {}),
      missing,
    };
  },
});

/** A reading may be dated a little ahead where clocks differ; a day ahead it is no date. */
const longestClockDifference = 86_400_000;

interface Ring {
  model: string | null;
  firmware: string | null;
  size: number | null;
  color: string | null;
  design: string | null;
  set_up_on: string | null;
}

/** Where each figure of a ring comes from. */
const ouraFields = {
  model: "hardware_type",
  firmware: "firmware_version",
  size: "size",
  color: "color",
  design: "design",
  set_up_on: "set_up_at",
} as const;

/** Oura keeps old rings in the list and dates some of them 1970-01-01, which is no date. */
function describeRing(ring: OuraDocument<"ring_configuration">): Ring {
  const setUpOn = ring.set_up_at?.slice(0, 10) ?? null;
  return {
    model: ring.hardware_type,
    firmware: ring.firmware_version,
    size: ring.size,
    color: ring.color,
    design: ring.design,
    set_up_on: setUpOn === "1970-01-01" ? null : setUpOn,
  };
}

function newestFirst(left: Ring, right: Ring): number {
  return (right.set_up_on ?? "").localeCompare(left.set_up_on ?? "");
}

async function readProfile(context: ToolContext, missing: MissingEntry[]) {
  const refusal = findRefusal(context.access, ["personal"]);
  if (refusal) {
    missing.push(missingFromFailure("profile", refusal, context.panelUrl));
    return null;
  }
  const profile = await orMissing("profile", context, missing, () => context.reader.readProfile());
  if (!profile) return null;
  const { age, height, weight, biological_sex } = profile;
  return { age_years: age, height_m: height, weight_kg: weight, biological_sex };
}

/** A part that fails leaves its reason behind and the rest of the answer intact. */
async function orMissing<T>(
  what: string,
  context: ToolContext,
  missing: MissingEntry[],
  read: () => Promise<T>,
): Promise<T | null> {
  const found = await orFailure(read());
  if (!(found instanceof AppError)) return found;
  missing.push(missingFromFailure(what, found.failure, context.panelUrl));
  return null;
}

const modelNames: Record<string, string> = {
  gen1: "Ōura Ring (first generation)",
  gen2: "Ōura Ring Gen2",
  gen2m: "Ōura Ring Gen2",
  gen3: "Ōura Ring Gen3",
  gen4: "Ōura Ring 4",
  or5: "Ōura Ring 5",
};

type Profile = NonNullable<Awaited<ReturnType<typeof readProfile>>>;

function describeProfile({ age_years, height_m, weight_kg, biological_sex }: Profile): string | null {
  const parts = [
    age_years === null ? null : `${age_years} years old`,
    height_m === null ? null : `${height_m} m tall`,
    weight_kg === null ? null : `${weight_kg} kg`,
    biological_sex,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : `Profile as told to Ōura: ${parts.join(", ")}.`;
}

function summarize(rings: readonly Ring[], level: number | null, charging: boolean | null): string {
  const [ring, ...older] = rings;
  if (!ring) return "No ring is set up in this Ōura account.";
  const since = ring.set_up_on === null ? null : parseIsoDay(ring.set_up_on);
  return joinSentences(
    [
      modelNames[ring.model ?? ""] ?? "Ōura Ring",
      ring.size === null ? null : `size ${ring.size}`,
      ring.color?.replaceAll("_", " "),
      ring.firmware === null ? null : `firmware ${ring.firmware}`,
      since === null ? null : `set up on ${formatDay(since)}`,
    ]
      .filter((part) => part !== null && part !== undefined)
      .join(", ")
      .concat("."),
    level === null ? "The battery level is not known." : `Battery ${level} %${charging === true ? ", charging" : ""}.`,
    older.length > 0 ? `${older.length} older ring${older.length > 1 ? "s are" : " is"} still listed.` : null,
  );
}
