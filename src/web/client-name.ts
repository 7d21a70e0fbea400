import { putOnOneLine } from "../words/one-line.ts";

const longest = 60;

/**
 * A client's name, made safe to show in a sentence: one line, limited length, and no control or invisible characters,
 * which could reverse the text around it.
 */
export function presentableName(name: string): string {
  return putOnOneLine(name, longest) || "An assistant without a name";
}
