const longestName = 100;

/**
 * What a client calls itself, fit to stand in a sentence of ours: of a name's length, on one line, and without the
 * characters that hide text or turn its direction, by which one name can be made to look like another.
 */
export function readableClientName(name: string): string {
  const characters = [...name.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ").trim()];
  if (characters.length === 0) return "An assistant without a name";
  return characters.length > longestName ? `${characters.slice(0, longestName).join("")}…` : characters.join("");
}
