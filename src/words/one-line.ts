/**
 * Untrusted text on one line. Control and invisible characters are removed, because they could reverse the text around
 * it. It is cut at `most` characters, so that it cannot crowd out the rest. Empty when no visible character is left.
 */
export function putOnOneLine(text: string, most = Number.POSITIVE_INFINITY): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  const characters = [...plain];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : plain;
}
