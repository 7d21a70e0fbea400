import { putOnOneLine } from "../words/one-line.ts";
import { foldLookalikes } from "./lookalikes.ts";

const longest = 60;
/** Stands for a name without a visible character. Never quoted, because no program calls itself that. */
const unnamed = "a program without a name";
/** Characters that have a width and no ink. */
const blank = /[\u115F\u1160\u2800\u3164\uFFA0]/gu;
/** Brackets that a word left out has emptied: several programs add the name of the server to their own. */
const emptied = /\(\s*\)|\[\s*\]/g;
/** Pictures and marks, such as a tick or a shield: beside a name they look like a mark of ours. */
const marks = /[\p{So}√]\p{M}*/gu;
/** Words by which a program would speak for somebody else. */
const claims = ["verified", "official", "officially", "published by"];

/**
 * What a program calls itself, made safe to show in a sentence: one line, limited length, no control or invisible
 * characters, which could reverse the text around it, and no quotation marks, which could end the quotation. Words that
 * claim a check that nobody made are left out, and so are our own names, also in letters that only look like theirs.
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
    // Leaving out one word may bring two halves of another together.
    plain = putOnOneLine(withoutMatches(plain, pattern).replace(emptied, " "));
  }
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(plain) ? putOnOneLine(plain, longest) : unnamed;
}

/** The text with a space in place of each part whose folded form matches. */
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

/** A presentable name as part of a sentence: in quotation marks, because it is the program's own word. */
export function quoteName(presentable: string): string {
  return presentable === unnamed ? unnamed : `“${presentable}”`;
}
