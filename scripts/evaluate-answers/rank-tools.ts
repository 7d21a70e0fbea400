import { z } from "zod";
import type { Tool } from "../../src/question/tool.ts";
import { wordsOf } from "./words.ts";

/** Usual constants of BM25: how fast repetition stops counting, and how much a long text is held against a tool. */
const saturation = 1.2;
const lengthShare = 0.75;

/** Everything a tool search sees of a tool: name, title, description, and its parameters' names and descriptions. */
export function describeForSearch(tool: Pick<Tool, "name" | "title" | "description" | "input">): string {
  const schema = z.toJSONSchema(tool.input, { io: "input" });
  const parameters = Object.entries(schema.properties ?? {}).map(([name, property]) =>
    typeof property === "object" ? `${name} ${property.description ?? ""}` : name,
  );
  return [tool.name, tool.title, tool.description, ...parameters].join(" ").replaceAll("_", " ");
}

/**
 * Ranks texts for questions by BM25 (Robertson and Zaragoza 2009), the plainest thing a tool search may be. Words that
 * stand in fewer texts weigh more; ties keep the texts' order.
 * @returns for each question the indices of the texts, best first
 */
export function createRanker(texts: readonly string[]): (question: string) => number[] {
  const documents = texts.map((text) => countWords(wordsOf(text)));
  const lengths = documents.map((counts) => counts.values().reduce((sum, count) => sum + count, 0));
  const meanLength = lengths.reduce((sum, length) => sum + length, 0) / texts.length;

  function weigh(word: string): number {
    const holding = documents.filter((counts) => counts.has(word)).length;
    return Math.log(1 + (texts.length - holding + 0.5) / (holding + 0.5));
  }

  function score(words: ReadonlySet<string>, index: number): number {
    const lengthNorm = 1 - lengthShare + (lengthShare * (lengths[index] ?? 0)) / meanLength;
    return words.values().reduce((sum, word) => {
      const count = documents[index]?.get(word) ?? 0;
      return sum + (weigh(word) * count * (saturation + 1)) / (count + saturation * lengthNorm);
    }, 0);
  }

  return (question) => {
    const words = new Set(wordsOf(question));
    const scores = texts.map((_, index) => score(words, index));
    return texts.map((_, index) => index).toSorted((left, right) => (scores[right] ?? 0) - (scores[left] ?? 0));
  };
}

function countWords(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
