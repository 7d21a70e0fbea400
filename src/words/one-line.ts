/**
 * Puts untrusted text on one line. Control characters and invisible characters become spaces, because they could
 * reverse the text around them. A text of more than `most` characters is cut, so that it cannot crowd out the text
 * beside it. The result is empty when no visible character is left.
 */
export function putOnOneLine(text: string, most = Number.POSITIVE_INFINITY): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  const characters = [...plain];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : plain;
}
