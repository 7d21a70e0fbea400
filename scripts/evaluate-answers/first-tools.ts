import { tools } from "../../src/tools/index.ts";
import type { Question, ToolName } from "./questions.ts";
import { createRanker, describeForSearch } from "./rank-tools.ts";

/** How a question fared: all tools, best first, and where the expected one came. */
export interface Ranked {
  question: Question;
  order: readonly ToolName[];
  /** Of the expected tool, or of one that is as right; 1 is first. */
  place: number;
}

/** Ranks the tools for every question by their public words alone. A stand-in for an assistant's choice, no measure of it. */
export function rankQuestions(questions: readonly Question[]): Ranked[] {
  // The list keeps each tool's own types; the ranker reads only what all share.
  const rank = createRanker(tools.map((tool) => describeForSearch(tool as Parameters<typeof describeForSearch>[0])));
  return questions.map((question) => {
    const order = rank(question.text).flatMap((index) => tools[index]?.name ?? []);
    const places = [question.first, ...(question.also ?? [])].map((name) => order.indexOf(name) + 1);
    return { question, order, place: Math.min(...places) };
  });
}

/** How many questions have their tool among the first `places`. */
export function countWithin(ranked: readonly Ranked[], places: number): number {
  return ranked.filter(({ place }) => place <= places).length;
}

/** Questions for two tools of which both come among the first three. */
export function countPairs(ranked: readonly Ranked[]): { found: number; all: number } {
  const pairs = ranked.flatMap(({ question, order, place }) =>
    question.second === undefined ? [] : [Math.max(place, order.indexOf(question.second) + 1)],
  );
  return { found: pairs.filter((later) => later <= 3).length, all: pairs.length };
}
