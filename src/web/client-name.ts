import type { SiteConfig } from "../config.ts";
import { putOnOneLine } from "../words/one-line.ts";
import { foldLookalikes } from "./lookalikes.ts";

const longest = 60;
/**
 * Shown when the name of an OAuth client has no visible characters. These words are shown without quotation marks,
 * because the client did not write them.
 */
const unnamed = "a program without a name";
/** Characters that are invisible but take up space. In an OAuth client's name, each is replaced by a space. */
const blank = /[\u115F\u1160\u2800\u3164\uFFA0]/gu;
/**
 * Empty brackets. They remain when an OAuth client has written this server's name in brackets after its own name, and
 * this server's name was removed.
 */
const emptied = /\(\s*\)|\[\s*\]/g;
/**
 * Symbols such as a tick or a shield. Next to an OAuth client's name they would look like a sign that this service has
 * checked the client.
 */
const marks = /[\p{So}√]\p{M}*/gu;
/**
 * Words that are removed from the name of an OAuth client. With such a word, the client would claim that somebody has
 * checked the client or published it.
 */
const claims = ["verified", "official", "officially", "published by"];

/**
 * Makes the name that an OAuth client gives itself safe to show in a sentence, as one short line. Control characters
 * and invisible characters are removed, because they could reverse the text around the name. Quotation marks are
 * replaced, because the name is shown in quotation marks.
 *
 * Words such as “verified” are removed, because nobody has checked the client. This service's own names are removed
 * too, even when they are written in other letters that look the same.
 */
export function presentableName(name: string, ownNames: readonly string[] = ["Ringbridge"]): string {
  const words = [...claims, ...ownNames].map((word) =>
    foldLookalikes(word)
      .text.replace(/[^\p{L}\p{N}\s]/gu, "\\$&")
      .replace(/\s+/g, "\\s+"),
  );
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})(?![\\p{L}\\p{N}])`, "gu");
  let plain = putOnOneLine(
    name
      .normalize("NFKC")
      .replace(blank, " ")
      .replace(marks, " ")
      .replace(/["“”„«»]/gu, "'"),
  );
  for (let before = ""; before !== plain; ) {
    before = plain;
    // If one forbidden word hides inside another, removing the inner word joins the two halves of the outer one. So the
    // removal repeats until nothing changes.
    plain = putOnOneLine(withoutMatches(plain, pattern).replace(emptied, " "));
  }
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(plain) ? putOnOneLine(plain, longest) : unnamed;
}

/** This service's own names, which {@link presentableName} removes from the name of an OAuth client. */
export function ownNamesOf({ serviceName }: SiteConfig): string[] {
  return ["Ringbridge", serviceName];
}

/**
 * Replaces each match of the pattern by a space. The search uses the folded text. In the folded text, letters that look
 * alike are the same letter.
 */
function withoutMatches(text: string, pattern: RegExp): string {
  const folded = foldLookalikes(text);
  let kept = "";
  let from = 0;
  for (const { index, 0: found } of folded.text.matchAll(pattern)) {
    kept += `${text.slice(from, folded.startOf(index))} `;
    from = folded.startOf(index + found.length);
  }
  return kept + text.slice(from);
}

/** Puts the name in quotation marks, because the client chose the name itself. */
export function quoteName(presentable: string): string {
  return presentable === unnamed ? unnamed : `“${presentable}”`;
}
