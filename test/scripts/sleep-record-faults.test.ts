import { expect, inject, it } from "vitest";
import { now } from "../../scripts/evaluate-answers/synthetic-people.ts";
import { drawQuestions } from "../../scripts/faults/draw-questions.ts";
import { faultCases } from "../../scripts/faults/fault-cases.ts";
import { judge } from "../../scripts/faults/oracle.ts";
import { listQuestions } from "../../scripts/faults/questions.ts";
import { dayAtOffset } from "../../src/analytics/day.ts";
import { askUnderFaults } from "./ask-under-faults.ts";

/**
 * The part of the fault run about sleep records, in this process: records without an end, inside one another, and
 * twice. The run itself (`npm run faults`) does the same over the network.
 */
const cases = faultCases.filter(({ unfinished, covered }) => unfinished || covered);
const today = dayAtOffset(now, 0);

it("are unfinished, overlapping and repeated", () => {
  expect(cases.map(({ name }) => name)).toEqual([
    "unfinished",
    "overlapping",
    "repeated",
    "unfinished in 10 %",
    "unfinished in 50 %",
  ]);
});

it.each(inject("long") ? ["restless", "restless_east", "everyday"] : ["restless"])(
  "leave every answer about %s right, or say what is missing",
  async (person) => {
    const { ask, setFaults } = await askUnderFaults(person);
    const drawn = inject("long") ? [1, 2, 3] : [];
    const asked = [...listQuestions(today), ...drawn.flatMap((seed) => drawQuestions(today, seed))];
    const wrong: string[] = [];
    let right = 0;
    for (const question of asked) {
      const reference = await ask(question);
      for (const faultCase of cases) {
        await setFaults(faultCase.faults.map((fault) => ({ ...fault, person, route: "sleep" })));
        const answer = { kind: "answer" as const, content: await ask(question), milliseconds: 0 };
        const circumstances = { question, faultCase, routes: ["sleep"], reads: ["sleep"], origin: "", reference };
        const verdict = judge(circumstances, answer);
        if (verdict.kind === "right") right += 1;
        if (verdict.kind === "wrong") wrong.push(`${faultCase.name}, ${question.name}: ${verdict.why}`);
      }
      await setFaults([]);
    }
    expect(wrong).toEqual([]);
    // Records that others cover change nothing, and many questions do not read sleep.
    expect(right).toBeGreaterThan(2 * asked.length);
  },
);
