import { findMetric } from "../../question/metric-names.ts";
import type { MissingEntry } from "../../question/missing-entries.ts";
import { squash } from "../../words/code-words.ts";
import { putOnOneLine } from "../../words/one-line.ts";
import type { Factors } from "./factors.ts";

/**
 * `unknown` holds the names in the question that match no factor. A factor is something before a night that may be
 * associated with a better or worse night, such as a late workout.
 */
export interface ChosenFactors {
  factors: Factors;
  unknown: readonly string[];
  /**
   * The names of all factors. These include tags that are not compared because they are used too rarely, or because
   * other tags are used more often.
   */
  available: readonly string[];
}

/**
 * Keeps the factors that a question names, or all factors if it names none. The question may use the name in answers
 * ("tag alcohol", "own tag 1", "steps") or any name of a metric. For the wearer's own tag, it may also use the tag's
 * text, with or without the word "tag". Only letters and digits are compared.
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

/** "tag alcohol" becomes "alcohol", and "own tag: cold shower" becomes "cold shower". */
export function withoutTag(name: string): string {
  return name.replace(/^\s*(?:(?:my|own|custom|other) )?tag(?:s|ged)?[\s:_-]+/i, "");
}

/** An answer repeats at most this many characters of a name from the question. */
const mostCharacters = 40;

/** Reports requested factors (such as tags) that were not recorded before any of the nights. */
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

/** A sentence names at most this many factors (things before a night, such as a late workout). */
const mostListed = 16;

/**
 * Example: "late workout, own tag 1". The wearer's own tags are listed by number. The answer's field `wearer_text`
 * gives their names.
 */
export function listFactors(names: readonly string[]): string {
  const more = names.length - mostListed;
  return `${names.slice(0, mostListed).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/**
 * Whether stress is compared. If the question names no factors, all factors are compared, and stress is one of them.
 */
export function asksStress(asked: readonly string[] | undefined): boolean {
  return asked === undefined || asked.some((name) => findMetric(name)?.id === "stress_high");
}
