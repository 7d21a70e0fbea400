import { expect, inject, it } from "vitest";
import { z } from "zod";
import { createAsking } from "../../scripts/evaluate-answers/assistant.ts";
import { createSyntheticPeople, now } from "../../scripts/evaluate-answers/synthetic-people.ts";
import { drawQuestions } from "../../scripts/faults/draw-questions.ts";
import { faultCases } from "../../scripts/faults/fault-cases.ts";
import { judge } from "../../scripts/faults/oracle.ts";
import { type FaultQuestion, listQuestions } from "../../scripts/faults/questions.ts";
import { dayAtOffset } from "../../src/analytics/day.ts";
import { tools } from "../../src/tools/index.ts";

/**
 * The part of the fault run about sleep records, in this process: records without an end, inside one another, and
 * twice. The run itself (`npm run faults`) does the same over the network.
 */
const cases = faultCases.filter(({ unfinished, covered }) => unfinished || covered);
const today = dayAtOffset(now, 0);
const content = z.record(z.string(), z.unknown());

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
    const people = createSyntheticPeople();
    const setFaults = async (faults: readonly object[]) => {
      const address = people.apiUrl.replace("/sandbox/oura", "/sandbox/control/faults");
      const response = await people.fetch(address, { method: "PUT", body: JSON.stringify({ faults }) });
      expect(response.status).toBe(200);
    };
    const { createContext } = await createAsking(people, person, undefined, 0);
    const ask = async ({ tool: name, input }: FaultQuestion) => {
      const tool = tools.find((candidate) => candidate.name === name);
      if (!tool) throw new Error(`there is no tool ${name}`);
      return content.parse(
        JSON.parse(JSON.stringify(tool.output.parse(await tool.ask(input).answer(createContext())))),
      );
    };
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
