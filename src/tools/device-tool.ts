import * as z from "zod";
import { parseIsoDay } from "../analytics/day.ts";
import type { OuraDocument } from "../oura/routes.ts";
import { defineTool } from "../question/define-tool.ts";
import { essential, nothing, other, part } from "../question/reads.ts";
import { formatDay, joinSentences } from "../words/present.ts";
import { cell } from "../words/table.ts";

/** Null when Oura does not say. */
const charging = z.boolean().nullable();

export const deviceTool = defineTool({
  name: "oura_get_device",
  title: "Ōura Ring and battery",
  description:
    "The ring's model, size, colour, firmware and set-up date, its battery level and whether it is charging. With " +
    "include_profile also the wearer's age, height, weight and biological sex.",
  input: z.strictObject({
    include_profile: z.boolean().default(false).describe("Also the wearer's profile."),
  }),
  output: {
    rings: z.array(z.object({ model: cell, firmware: cell, size: cell, color: cell, design: cell, set_up_on: cell })),
    battery: z.object({ level_pct: z.number(), charging, at: cell }).optional(),
    profile: z.object({ age_years: cell, height_m: cell, weight_kg: cell, biological_sex: cell }).optional(),
  },
  scopes: ["ring_configuration"],
  days: null,
  reads: ({ include_profile }) => ({
    rings: essential(other("ring_configuration", "ring", (reader) => reader.readRings())),
    battery: part(other("ring_battery_level", "battery", (reader) => reader.readBattery())),
    profile: include_profile ? part(other("personal_info", "profile", (reader) => reader.readProfile())) : nothing,
  }),
  answer({ data: { rings, battery, profile }, gaps, now }) {
    const described = rings.map(describeRing).toSorted(newestFirst);
    const level = battery?.level ?? null;
    const at = battery?.timestamp ?? null;
    const isFuture = at !== null && Date.parse(at) > now + longestClockDifference;
    if (rings.length === 0) gaps.add({ what: "ring", reason: "unavailable", detail: "no ring is set up at Ōura" });
    const unsaid = Object.entries(ouraFields).filter(([, field]) => rings.some((ring) => ring[field] === null));
    if (unsaid.length > 0) gaps.add({ what: `ring ${unsaid.map(([name]) => name).join(", ")}`, reason: "unavailable" });
    if (rings.length > 0 && level === null && !gaps.entries.some(({ what }) => what === "battery"))
      gaps.add({ what: "battery", reason: "unavailable" });
    if (isFuture) gaps.add({ what: "battery", reason: "unavailable", detail: "Ōura dates its reading in the future" });
    return {
      summary: joinSentences(
        summarize(described, level, battery?.charging ?? null),
        profile && describeProfile(profile),
      ),
      rings: described,
      ...(level === null
        ? {}
        : { battery: { level_pct: level, charging: battery?.charging ?? null, at: isFuture ? null : at } }),
      ...(profile ? { profile: toProfile(profile) } : {}),
    };
  },
});

/** A reading may be dated slightly ahead, because clocks differ. A date more than a day ahead is ignored. */
const longestClockDifference = 86_400_000;

interface Ring {
  model: string | null;
  firmware: string | null;
  size: number | null;
  color: string | null;
  design: string | null;
  set_up_on: string | null;
}

/** The Oura field of each figure of a ring. */
const ouraFields = {
  model: "hardware_type",
  firmware: "firmware_version",
  size: "size",
  color: "color",
  design: "design",
  set_up_on: "set_up_at",
} as const;

/** A ring for the answer. Oura dates some old rings 1970-01-01, which means unknown. */
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

function toProfile({ age, height, weight, biological_sex }: OuraDocument<"personal_info">) {
  return { age_years: age, height_m: height, weight_kg: weight, biological_sex };
}

const modelNames: Record<string, string> = {
  gen1: "Ōura Ring (first generation)",
  gen2: "Ōura Ring Gen2",
  gen2m: "Ōura Ring Gen2",
  gen3: "Ōura Ring Gen3",
  gen4: "Ōura Ring 4",
  or5: "Ōura Ring 5",
};

function describeProfile({ age, height, weight, biological_sex }: OuraDocument<"personal_info">): string | null {
  const parts = [
    age === null ? null : `${age} years old`,
    height === null ? null : `${height} m tall`,
    weight === null ? null : `${weight} kg`,
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
