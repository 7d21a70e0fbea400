/**
 * Puts untrusted text on one line. Control characters and invisible characters become spaces, because some of them
 * reverse the direction of the text around them. A text of more than `most` characters is cut, so that the text beside
 * it stays visible. The result is empty when the text has no visible character.
 */
export function putOnOneLine(text: string, most = Number.POSITIVE_INFINITY): string {
  const plain = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  const characters = [...plain];
  return characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : plain;
}
