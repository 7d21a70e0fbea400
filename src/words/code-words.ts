/** Letters and digits alone, without accents and capitals: "Late-Meal", "late_meal" and "latemeal" are equal. */
export function squash(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

/** A code as separate words: "houseWork" → "house work", "glp_1_pen" → "glp 1 pen". */
export function splitCode(code: string): string[] {
  return code
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .split(/[\s_-]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** Names for codes, from a list of names as people write them. */
export interface Names {
  /** The listed name of a code, however it is written; null when it is not listed. */
  find(code: string): string | null;
  /**
   * A code in words of the list; null when a word is not in it. A code that writes several words as one is split: with
   * "late meal" and "coffee" listed, "latecoffee" is "late coffee".
   */
  compose(code: string): string | null;
}

export function createNames(list: readonly string[]): Names {
  const names = new Map(list.map((name) => [squash(name), name]));
  const words = new Map(list.flatMap((name) => name.split(" ").map((word) => [squash(word), word] as const)));

  /** The fewest listed words that make up the letters; null when they do not. */
  function segment(letters: string): string[] | null {
    const best: (string[] | null)[] = [[]];
    for (let end = 1; end <= letters.length; end += 1) {
      best[end] = null;
      for (let start = 0; start < end; start += 1) {
        const before = best[start];
        const word = letters.length > 1 && end - start === 1 ? undefined : words.get(letters.slice(start, end));
        const isFewer = before && before.length + 1 < (best[end]?.length ?? Number.POSITIVE_INFINITY);
        if (word !== undefined && isFewer) best[end] = [...before, word];
      }
    }
    return best[letters.length] ?? null;
  }

  return {
    find: (code) => names.get(squash(code)) ?? null,
    compose(code) {
      if (code.length > longestCode) return null;
      const parts = splitCode(code).map((part) => (isNumber(part) ? [part] : segment(squash(part))));
      const isKnown = parts.every((part) => part !== null && part.length > 0);
      if (!isKnown || !parts.some((part) => part && !part.every(isNumber))) return null;
      return parts.flatMap((part) => part ?? []).join(" ");
    },
  };
}

function isNumber(word: string): boolean {
  return /^\d{1,4}$/.test(word);
}

/** Longer texts are no codes; to split them costs time. */
const longestCode = 60;
