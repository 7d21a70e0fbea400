/**
 * Text from outside on one line: without control and invisible characters, which could reverse the words around it, and
 * cut at `most` characters, so that it cannot push the rest away. Empty where nothing is left of it.
 */
export function putOnOneLine(text: string, most = Number.POSITIVE_INFINITY): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  const characters = [...plain];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : plain;
}
