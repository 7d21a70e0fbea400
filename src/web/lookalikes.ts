/**
 * For each Latin letter, the characters that look like it, in lower case. They come from Cyrillic, Greek, Armenian,
 * phonetic alphabets and small capitals (Unicode's confusables, UTS #39). "l" and "1" count as "i", because a capital i
 * looks like them.
 */
const lookalikes: Readonly<Record<string, string>> = {
  a: "аαɑᴀ",
  b: "ьƅʙ",
  c: "сϲᴄ",
  d: "ԁɗᴅ",
  e: "еҽєεɛᴇ3",
  f: "ғƒϝꜰ",
  g: "ɡցɢ",
  h: "һհʜ",
  i: "іıιɩɪӏǀʟl1",
  j: "јϳᴊ",
  k: "кκᴋ",
  m: "мᴍ",
  n: "пոηɴ",
  o: "оοօσסᴏ0",
  p: "рρᴘ",
  q: "ԛգ",
  r: "гᴦʀ",
  s: "ѕꜱʂ5",
  t: "тτᴛ",
  u: "υսцᴜ",
  v: "ѵνᴠ",
  w: "ԝωѡᴡ",
  x: "хχ",
  y: "уүγʏ",
  z: "ᴢʐ",
};

const letterOf = new Map(Object.entries(lookalikes).flatMap(([letter, same]) => [...same].map((one) => [one, letter])));

export interface Folded {
  text: string;
  /** Where the character at `index` of the folded text begins in the original text. */
  startOf(index: number): number;
}

/**
 * Changes a text so that it can be compared with another text. The result is in lower case and has no accents. A
 * character that looks like a Latin letter is replaced by this letter.
 */
export function foldLookalikes(original: string): Folded {
  let text = "";
  const starts: number[] = [];
  let start = 0;
  for (const character of original) {
    const [base = ""] = character.normalize("NFD").toLowerCase();
    const folded = /\p{M}/u.test(base) ? "" : (letterOf.get(base) ?? base);
    text += folded;
    for (let unit = 0; unit < folded.length; unit += 1) starts.push(start);
    start += character.length;
  }
  return { text, startOf: (index) => starts[index] ?? original.length };
}
