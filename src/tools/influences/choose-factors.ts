import type { MissingEntry } from "../../question/gaps.ts";
import { squash } from "../../words/code-words.ts";
import type { Factors } from "./factors.ts";

/** The factors a question names, and the names that are no factor of these nights. */
export interface ChosenFactors {
  factors: Factors;
  unknown: string[];
}

/**
 * Keeps the factors that a question names, as answers name them ("tag alcohol", "steps"), without "tag" ("alcohol"), or by
 * the text of a tag of the wearer's own. Only letters and digits count. All of them when it names none.
 */
export function chooseFactors(all: Factors, asked: readonly string[] | undefined): ChosenFactors {
  if (asked === undefined) return { factors: all, unknown: [] };
  const isNamed = (factor: string, name: string) =>
    [factor, factor.replace(/^tag /, ""), all.givenNames.get(factor) ?? factor].some(
      (form) => squash(form) !== "" && squash(form) === squash(name),
    );
  const names = [...all.list.map(({ name }) => name), ...all.rareTags, ...all.tagsLeftOut];
  const keep = (name: string) => asked.some((one) => isNamed(name, one));
  return {
    factors: {
      ...all,
      list: all.list.filter(({ name }) => keep(name)),
      rareTags: all.rareTags.filter(keep),
      tagsLeftOut: all.tagsLeftOut.filter(keep),
      namelessTags: 0,
    },
    unknown: asked.filter((one) => !names.some((name) => isNamed(name, one))),
  };
}

/** The entry for names that are no factor: nothing of that name was recorded before these nights. */
export function describeUnknownFactors(unknown: readonly string[]): MissingEntry[] {
  return unknown.length === 0
    ? []
    : [
        {
          what: unknown.join(", "),
          reason: "unavailable",
          detail: "no factor of that name in these nights; without `factors` the answer lists all it looks at",
        },
      ];
}
