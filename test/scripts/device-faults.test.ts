import { expect, inject, it } from "vitest";
import { z } from "zod";
import { createAsking } from "../../scripts/evaluate-answers/assistant.ts";
import { createSyntheticPeople, now } from "../../scripts/evaluate-answers/synthetic-people.ts";
import { faultCases } from "../../scripts/faults/fault-cases.ts";
import { judge } from "../../scripts/faults/oracle.ts";
import { listQuestions } from "../../scripts/faults/questions.ts";
import { dayAtOffset } from "../../src/analytics/day.ts";
import { deviceTool } from "../../src/tools/device/device-tool.ts";

/**
 * The part of the fault run about odd records of rings, batteries and the profile, in this process and with other draws
 * of the records that change. The run itself (`npm run faults`) does the same over the network.
 */
const odd = faultCases.filter(({ group }) => group === "schema surprise");
const content = z.record(z.string(), z.unknown());
const routes = ["ring_configuration", "ring_battery_level", "personal_info", "sleep"];
/** Each draws other records to change. */
const seeds = inject("long") ? [1, 2, 3] : [1];

it.each(["two_rings", "restless", "everyday"])(
  "leave every answer about the ring of %s right, or say what is missing",
  async (person) => {
    const people = createSyntheticPeople();
    const setFaults = async (faults: readonly object[]) => {
      const address = people.apiUrl.replace("/sandbox/oura", "/sandbox/control/faults");
      const response = await people.fetch(address, { method: "PUT", body: JSON.stringify({ faults }) });
      expect(response.status).toBe(200);
    };
    const { createContext } = await createAsking(people, person, undefined, 0);
    const questions = listQuestions(dayAtOffset(now, 0)).filter(({ tool }) => tool === deviceTool.name);
    expect(questions).toHaveLength(2);
    const wrong: string[] = [];
    for (const question of questions) {
      const ask = async () => {
        const answer = await deviceTool.ask(question.input).answer(createContext());
        return content.parse(JSON.parse(JSON.stringify(deviceTool.output.parse(answer))));
      };
      const reference = await ask();
      for (const [faultCase, route, seed] of odd.flatMap((one) =>
        routes.flatMap((route) => seeds.map((seed) => [one, route, seed] as const)),
      )) {
        await setFaults(faultCase.faults.map((fault) => ({ ...fault, person, route, seed })));
        const failed = await ask().catch(() => null);
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
