const longest = 60;

/**
 * What a client calls itself, made fit to stand in a sentence: no control or invisible characters (which could reverse the
 * words around it), one line, not long enough to push the page away.
 */
export function presentableName(name: string): string {
  const plain = name.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  const characters = Array.from(plain);
  if (characters.length === 0) return "An assistant without a name";
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : plain;
}
