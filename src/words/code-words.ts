/** Makes spellings comparable: "Late-Meal", "late_meal" and "latemeal" become equal, and accents do not count. */
export function squash(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[^\p{L}\p{N}]/gu, "")
    .toLowerCase();
}

/** "houseWork" gives "house" and "work", "glp_1_pen" gives "glp", "1" and "pen". */
export function splitCode(code: string): string[] {
  return code
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .split(/[\s_-]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** Finds readable names for codes of Oura's, such as the codes of tags. */
export interface Names {
  /**
   * Returns the name that a code stands for, regardless of capitals and separators. Null when the list of names has no
   * such name.
   */
  find(code: string): string | null;
  /**
   * Returns a code with spaces between its words. Null if one of its words occurs in no name of the list. For example,
   * if the list has the names "late meal" and "coffee", the code "latecoffee" becomes "late coffee".
   */
  compose(code: string): string | null;
}

export function createNames(list: readonly string[]): Names {
  const names = new Map(list.map((name) => [squash(name), name]));
  const words = new Map(list.flatMap((name) => name.split(" ").map((word) => [squash(word), word] as const)));

  /**
   * Splits a text without spaces into as few words as possible that occur in the listed names. Null when this is not
   * possible.
   */
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

/**
 * A text with more characters than this is not looked up as a code (such as "late_meal"). No code is that long, and it
 * would take time to split a long text into words.
 */
const longestCode = 60;
