import type { ToolContext } from "../../src/question/tool.ts";
import { tools } from "../../src/tools/index.ts";
import { createAsking } from "../evaluate-answers/assistant.ts";
import { createSyntheticPeople, now, type SyntheticPeople } from "../evaluate-answers/synthetic-people.ts";
import { defaultQuestions, largestQuestions } from "./questions.ts";

/** Cost of a tool alone: parsing Oura's bodies and its calculations, without network, protocol and storage. */
export interface AloneFigures {
  what: string;
  tool: string;
  /** CPU time of this process (Node, the same engine as workerd), mean of repeated calls. */
  cpuMilliseconds: number;
}

const warmUps = 5;
const repetitions = 20;

export async function measureToolsAlone(): Promise<AloneFigures[]> {
  const { createContext } = await createAsking(withMemory(createSyntheticPeople()), "everyday", undefined, 0);
  const figures: AloneFigures[] = [];
  for (const { what, tool: name, input } of [...defaultQuestions(), ...largestQuestions(now)]) {
    const tool = tools.find((candidate) => candidate.name === name);
    if (!tool) throw new Error(`there is no tool ${name}`);
    const createDrawing = (): ToolContext => ({ ...createContext(), draw() {} });
    const call = async () => tool.output.parse(await tool.ask(input).answer(createDrawing()));
    for (let warmUp = 0; warmUp < warmUps; warmUp += 1) await call();
    const before = process.cpuUsage();
    for (let repetition = 0; repetition < repetitions; repetition += 1) await call();
    const { user, system } = process.cpuUsage(before);
    figures.push({ what, tool: name, cpuMilliseconds: (user + system) / 1_000 / repetitions });
  }
  return figures;
}

/** Caches every body, so that the simulator's work is not measured. */
function withMemory(people: SyntheticPeople): SyntheticPeople {
  const bodies = new Map<string, string>();
  return {
    ...people,
    async fetch(input, init) {
      const address = String(input);
      const body = bodies.get(address) ?? (await (await people.fetch(input, init)).text());
      bodies.set(address, body);
      return new Response(body);
    },
  };
}
