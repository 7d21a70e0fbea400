import { expect } from "vitest";
import { z } from "zod";
import { createAsking } from "../../scripts/evaluate-answers/assistant.ts";
import { createSyntheticPeople } from "../../scripts/evaluate-answers/synthetic-people.ts";
import type { FaultQuestion } from "../../scripts/faults/questions.ts";
import { tools } from "../../src/tools/index.ts";

const content = z.record(z.string(), z.unknown());

/** Asks tools about one synthetic person in this process, and sets the faults of the simulated Oura. */
export async function askUnderFaults(person: string) {
  const people = createSyntheticPeople();
  const { createContext } = await createAsking(people, person, undefined, 0);

  async function setFaults(faults: readonly object[]): Promise<void> {
    const address = people.apiUrl.replace("/sandbox/oura", "/sandbox/control/faults");
    const response = await people.fetch(address, { method: "PUT", body: JSON.stringify({ faults }) });
    expect(response.status).toBe(200);
  }

  /** The answer as a client receives it. */
  async function ask({ tool: name, input }: Pick<FaultQuestion, "tool" | "input">): Promise<Record<string, unknown>> {
    const tool = tools.find((candidate) => candidate.name === name);
    if (!tool) throw new Error(`there is no tool ${name}`);
    return content.parse(JSON.parse(JSON.stringify(tool.output.parse(await tool.ask(input).answer(createContext())))));
  }

  return { ask, setFaults };
}
