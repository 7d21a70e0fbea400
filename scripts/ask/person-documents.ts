import { between } from "../evaluate-answers/read-documents.ts";
import type { HeldDocument, SyntheticPeople } from "../evaluate-answers/synthetic-people.ts";
import { addDays } from "./figures.ts";
import type { ComputedQuestion, GradedQuestion, PersonDocuments } from "./question.ts";

/** The questions with their right answers, computed from what the simulated Oura holds. */
export async function computeRightAnswers(
  questions: readonly ComputedQuestion[],
  people: SyntheticPeople,
): Promise<GradedQuestion[]> {
  const documents = new Map<string, PersonDocuments>();
  const graded: GradedQuestion[] = [];
  for (const { right, topic: _, language: __, ...question } of questions) {
    const { person } = question;
    if (!documents.has(person)) documents.set(person, documentsOf(people, person));
    graded.push({ ...question, right: [await right(documents.get(person) ?? documentsOf(people, person))].flat() });
  }
  return graded;
}

/** Reads each route once, and of long histories only the days asked for: six years take the simulator seconds. */
function documentsOf(people: SyntheticPeople, person: string): PersonDocuments {
  const held = new Map<string, Promise<HeldDocument[]>>();
  function read(route: string, window?: { start: string; end: string }): Promise<HeldDocument[]> {
    const key = JSON.stringify([route, window]);
    const known = held.get(key) ?? people.held(person, route, window);
    held.set(key, known);
    return known;
  }
  return {
    all: (route) => read(route),
    async days(route, first, last) {
      // A document may be placed by its end, or by its start on the day before.
      const window = { start: `${addDays(first, -2)}T00:00:00Z`, end: `${addDays(last, 3)}T00:00:00Z` };
      return between(await read(route, window), first, last);
    },
    async series(route, start, end) {
      const rows = await read(route, { start, end });
      return rows.filter(({ timestamp }) => Date.parse(String(timestamp)) < Date.parse(end));
    },
  };
}
