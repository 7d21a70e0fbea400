import { putOnOneLine } from "../words/one-line.ts";

const longest = 60;

/**
 * What a client calls itself, made fit to stand in a sentence: no control or invisible characters (which could reverse the
 * words around it), one line, not long enough to push the page away.
 */
export function presentableName(name: string): string {
  return putOnOneLine(name, longest) || "An assistant without a name";
}
