import { maximumFromAge, type ZoneMinutes, zoneShares } from "../analytics/intraday/heart-rate-zones.ts";
import { formatList, formatMinutes } from "../words/present.ts";
import type { Question } from "./define-tool.ts";
import { other, support } from "./reads.ts";

/** Heart-rate zones are ranges of percentages of the maximum heart rate. */
export interface MaximumBpm {
  bpm: number;
  /** The wearer's age from the profile. Null when the question states the maximum heart rate. */
  age: number | null;
}

/**
 * The question's maximum heart rate, or an estimate from the age in the wearer's profile. Null when neither is known.
 * The profile is read only if the question gives no maximum.
 */
export async function findMaximum({
  input,
  readMore,
}: Pick<
  Question<{ max_bpm?: number | undefined }, never, never, "personal_info">,
  "input" | "readMore"
>): Promise<MaximumBpm | null> {
  if (input.max_bpm !== undefined) return { bpm: input.max_bpm, age: null };
  const profile = await readMore(
    support(
      other("personal_info", "profile", (reader) => reader.readProfile()),
      {
        what: "the profile, whose age gives the maximum heart rate",
        under: "missing",
        without: () => "The workouts' time in zones is not said.",
      },
    ),
  );
  const age = profile?.age ?? null;
  return age === null || age < 1 || age > 120 ? null : { bpm: maximumFromAge(age), age };
}

/** Says how long the heart rate was in each zone: "below zone 1 1 min, zone 3 17 min, and zone 4 35 min". */
export function sayZoneMinutes(time: ZoneMinutes): string {
  const parts = [
    ...(time.below >= 0.5 ? [`below zone 1 ${sayMinutes(time.below)}`] : []),
    ...time.zones.flatMap((minutes, index) => (minutes >= 0.5 ? [`zone ${index + 1} ${sayMinutes(minutes)}`] : [])),
  ];
  return parts.length === 0 ? "less than a minute" : formatList(parts);
}

function sayMinutes(minutes: number): string {
  return formatMinutes(Math.round(minutes));
}

export function noteZones({ bpm, age }: MaximumBpm): string {
  const edges = zoneShares.map((share) => Math.ceil(share * bpm)).join(", ");
  const source =
    age === null ? "as stated" : `208 − 0.7 × age ${age}, give or take 10; max_bpm of oura_get_intraday sets another`;
  return `Zones 1 to 5 begin at ${edges} bpm: 50 to 90 % of a maximum of ${bpm} (${source}). Ōura's own are not in its API.`;
}
