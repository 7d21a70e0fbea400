/**
 * The alphabet of Crockford's base32, in lower case (https://www.crockford.com/base32.html). It has no letters that
 * look like digits, and texts have no padding, so a person can easily type a base32 text that is written on paper.
 */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

export function base32Encode(bytes: Uint8Array): string {
  let text = "";
  let buffer = 0;
  let bits = 0;
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      text += alphabet[(buffer >> bits) & 31];
    }
    buffer &= (1 << bits) - 1;
  }
  return bits > 0 ? text + alphabet[(buffer << (5 - bits)) & 31] : text;
}

/**
 * Decodes a base32 text. The letter o is read as 0, and the letters i and l as 1. The result is null when the text
 * contains any other character that is not in the alphabet.
 */
export function base32Decode(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes: number[] = [];
  let buffer = 0;
  let bits = 0;
  for (const character of text.toLowerCase().replaceAll("o", "0").replace(/[il]/g, "1")) {
    const value = alphabet.indexOf(character);
    if (value < 0) return null;
    buffer = (buffer << 5) | value;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 255);
    }
    buffer &= (1 << bits) - 1;
  }
  return Uint8Array.from(bytes);
}
