import * as z from "zod";
import type { OuraDocument } from "../../oura/routes.ts";
import type { Gaps } from "../../question/gaps.ts";
import { splitCode } from "../../words/code-words.ts";
import { cell } from "../../words/table.ts";
import { quoteWearer } from "../../words/wearer-text.ts";

/**
 * For each figure of the wearer's profile in the answer, the name of the field in Oura's document from which the figure
 * is taken.
 */
const profileFields = {
  age: "age",
  height: "height",
  weight: "weight",
  biological_sex: "biological_sex",
} as const;

type Profile = OuraDocument<"personal_info">;

export const profileOutput = z.object({
  age_years: cell,
  height_m: cell,
  weight_kg: cell,
  biological_sex: cell,
  wearer_text: cell.optional(),
});

/** Returns the wearer's profile as a sentence and as fields of the answer. Adds what Oura does not state to `gaps`. */
export function answerProfile(profile: Profile, gaps: Pick<Gaps, "add">) {
  const untold = Object.entries(profileFields).filter(([, field]) => profile[field] === null);
  if (untold.length > 0)
    gaps.add({ what: `profile ${untold.map(([name]) => name).join(", ")}`, reason: "unavailable" });
  return { sentence: sayProfile(profile), fields: toProfile(profile) };
}

function isKnownSex(sex: string | null): boolean {
  return sex === "male" || sex === "female";
}

function toProfile({ age, height, weight, biological_sex: sex }: Profile) {
  const isUnknown = sex !== null && !isKnownSex(sex);
  const quoted = isUnknown ? quoteWearer(`biological sex ${splitCode(sex).join(" ")}`) : null;
  return {
    age_years: age,
    height_m: height,
    weight_kg: weight,
    biological_sex: isKnownSex(sex) ? sex : null,
    ...(quoted === null ? {} : { wearer_text: quoted }),
  };
}

function sayProfile({ age, height, weight, biological_sex: sex }: Profile): string | null {
  const parts = [
    age === null ? null : `${age} years old`,
    height === null ? null : `${height} m tall`,
    weight === null ? null : `${weight} kg`,
    isKnownSex(sex) ? sex : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : `Profile as told to Ōura: ${parts.join(", ")}.`;
}
