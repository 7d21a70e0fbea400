/** Function words: they say nothing about what a text is about. */
const stopWords = new Set(
  (
    "a about after all am an and any are as at be been before being but by can could did do does doing during for from " +
    "had has have having he her here his how i if in into is it its just many me more most much my no nor not of off on once only " +
    "or other our out over own same she should so some such than that the their them then there these they this those " +
    "through to too under until up very was we were what when where which while who whom why will with would you your s"
  ).split(" "),
);

/** Forms no ending gives away. A closed class of English; only verbs people ask about days and nights with. */
const irregular: Readonly<Record<string, string>> = {
  slept: "sleep",
  woke: "wake",
  woken: "wake",
  fell: "fall",
  fallen: "fall",
  went: "go",
  gone: "go",
  took: "take",
  taken: "take",
  ran: "run",
  got: "get",
  wore: "wear",
  worn: "wear",
  felt: "feel",
  told: "tell",
  rose: "rise",
  risen: "rise",
};

/** The words of a text worth matching: lower case, without accents, stop words and endings. "Ōura's naps" → oura, nap. */
export function wordsOf(text: string): string[] {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return (plain.match(/[a-z0-9]+/g) ?? []).filter((word) => !stopWords.has(word)).map(stem);
}

/** Plurals, -ing, -ed and -ly off, doubled consonants and a last e as well: "walking", "walked" and "walks" are one word. */
export function stem(word: string): string {
  const base = irregular[word] ?? singular(word);
  const cut = /^(.{3,}?)(?:ings?|edly|ed|ly)$/.exec(base)?.[1] ?? base;
  const single = cut === base ? cut : cut.replace(/([bdgmnprt])\1$/, "$1");
  return single.length > 3 ? single.replace(/e$/, "").replace(/y$/, "i") : single;
}

function singular(word: string): string {
  if (word.length <= 3 || word.endsWith("ss") || word.endsWith("us") || word.endsWith("is")) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(?:ss|sh|ch|x|z)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") ? word.slice(0, -1) : word;
}
