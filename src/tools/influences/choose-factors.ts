import type { MissingEntry } from "../../question/gaps.ts";
import { findMetric } from "../../question/metric-names.ts";
import { squash } from "../../words/code-words.ts";
import { putOnOneLine } from "../../words/one-line.ts";
import type { Factors } from "./factors.ts";

/** The factors a question names, and the names that are no factor of these nights. */
export interface ChosenFactors {
  factors: Factors;
  unknown: readonly string[];
  /** The names of all factors, those of rare tags and of tags left out included. */
  available: readonly string[];
}

/**
 * Keeps the factors that a question names: as answers name them ("tag alcohol", "own tag 1", "steps"), or by the text of a
 * tag of the wearer's own, each with "tag" before it or without; metrics by any of their names. Only letters and digits
 * count. All of them when it names none.
 */
export function chooseFactors(all: Factors, asked: readonly string[] | undefined): ChosenFactors {
  const available = [...all.list.map(({ name }) => name), ...all.rareTags, ...all.tagsLeftOut];
  const known = [...available, ...all.unread];
  if (asked === undefined) return { factors: all, unknown: [], available };
  const isNamed = (factor: string, name: string) => {
    const forms = [factor, factor.replace(/^tag /, ""), all.givenNames.get(factor) ?? factor].map(squash);
    const isWritten = [name, withoutTag(name)].map(squash).some((form) => form !== "" && forms.includes(form));
    return isWritten || findMetric(name)?.id === factor;
  };
  const keep = (name: string) => asked.some((one) => isNamed(name, one));
  return {
    factors: {
      ...all,
      list: all.list.filter(({ name }) => keep(name)),
      rareTags: all.rareTags.filter(keep),
      tagsLeftOut: all.tagsLeftOut.filter(keep),
      unread: all.unread.filter(keep),
      namelessTags: 0,
    },
    unknown: asked.filter((one) => !known.some((name) => isNamed(name, one))),
    available,
  };
}

/** A name without the words that say that it is one of a tag: "tag alcohol", "own tag: cold shower", "tagged late meal". */
export function withoutTag(name: string): string {
  return name.replace(/^\s*(?:(?:my|own|custom|other) )?tag(?:s|ged)?[\s:_-]+/i, "");
}

/** The most characters of a name of the question that an answer repeats. */
const mostCharacters = 40;

/** The entry for names that are no factor: nothing of that name was recorded before these nights. */
export function describeUnknownFactors({ unknown, factors }: ChosenFactors): MissingEntry[] {
  return unknown.length === 0
    ? []
    : [
        {
          what: unknown.map((name) => putOnOneLine(name, mostCharacters)).join(", "),
          reason: "unavailable",
          detail: factors.knowsTags
            ? "no factor of that name in these nights; without `factors` the answer lists all it looks at"
            : "tags could not be read, so it cannot be said whether there is one of that name",
        },
      ];
}

/** The most factors that a sentence names. */
const mostListed = 16;

/** The names of factors; own tags by their numbers, whose texts `wearer_text` has. */
export function listFactors(names: readonly string[]): string {
  const more = names.length - mostListed;
  return `${names.slice(0, mostListed).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Whether a question looks at stress: at every factor, or at this one by one of its names. */
export function asksStress(asked: readonly string[] | undefined): boolean {
  return asked === undefined || asked.some((name) => findMetric(name)?.id === "stress_high");
}
