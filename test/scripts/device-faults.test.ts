import { expect, inject, it } from "vitest";
import { now } from "../../scripts/evaluate-answers/synthetic-people.ts";
import { faultCases } from "../../scripts/faults/fault-cases.ts";
import { judge } from "../../scripts/faults/oracle.ts";
import { listQuestions } from "../../scripts/faults/questions.ts";
import { dayAtOffset } from "../../src/analytics/day.ts";
import { deviceTool } from "../../src/tools/device/device-tool.ts";
import { askUnderFaults } from "./ask-under-faults.ts";

/**
 * The part of the fault run about odd records of rings, batteries and the profile, in this process and with other draws
 * of the records that change. The run itself (`npm run faults`) does the same over the network.
 */
const odd = faultCases.filter(({ group }) => group === "schema surprise");
const routes = ["ring_configuration", "ring_battery_level", "personal_info", "sleep"];
/** Each draws other records to change. */
const seeds = inject("long") ? [1, 2, 3] : [1];

it.each(["two_rings", "restless", "everyday"])(
  "leave every answer about the ring of %s right, or say what is missing",
  async (person) => {
    const { ask, setFaults } = await askUnderFaults(person);
    const questions = listQuestions(dayAtOffset(now, 0)).filter(({ tool }) => tool === deviceTool.name);
    expect(questions).toHaveLength(2);
    const wrong: string[] = [];
    for (const question of questions) {
      const reference = await ask(question);
      for (const [faultCase, route, seed] of odd.flatMap((one) =>
        routes.flatMap((route) => seeds.map((seed) => [one, route, seed] as const)),
      )) {
        await setFaults(faultCase.faults.map((fault) => ({ ...fault, person, route, seed })));
        const failed = await ask(question).catch(() => null);
        if (failed === null) {
          // Only the rings themselves are essential.
          if (route !== "ring_configuration") wrong.push(`${faultCase.name} of ${route}, ${question.name}: failed`);
          continue;
        }
        const circumstances = { question, faultCase, routes: [route], reads: routes, origin: "", reference };
        const verdict = judge(circumstances, { kind: "answer", content: failed, milliseconds: 0 });
        if (verdict.kind === "wrong") wrong.push(`${faultCase.name} of ${route}, ${question.name}: ${verdict.why}`);
      }
      await setFaults([]);
    }
    expect(wrong).toEqual([]);
  },
);

it("leave the heart rate of a day right, or say what is missing", async () => {
  const person = "restless";
  const { ask, setFaults } = await askUnderFaults(person);
  const [question] = listQuestions(dayAtOffset(now, 0)).filter(({ name }) => name === "heart rate of a day");
  if (!question) throw new Error("there is no such question");
  const reference = await ask(question);
  expect(reference).toHaveProperty("zones");
  const beside = ["personal_info", "sleep", "workout"];
  const wrong: string[] = [];
  const failing = faultCases.filter(({ group }) => group === "schema surprise" || group === "malformed JSON");
  for (const [faultCase, route] of failing.flatMap((one) => beside.map((route) => [one, route] as const))) {
    await setFaults(faultCase.faults.map((fault) => ({ ...fault, person, route, seed: 1 })));
    const content = await ask(question);
    const circumstances = { question, faultCase, routes: [route], reads: beside, origin: "", reference };
    const verdict = judge(circumstances, { kind: "answer", content, milliseconds: 0 });
    if (verdict.kind === "wrong") wrong.push(`${faultCase.name} of ${route}: ${verdict.why}`);
  }
  expect(wrong).toEqual([]);
});
