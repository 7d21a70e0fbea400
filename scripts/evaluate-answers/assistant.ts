import { createCallBudget } from "../../src/oura/budget.ts";
import { createAnswerCache } from "../../src/oura/cache.ts";
import { createGate } from "../../src/oura/gate.ts";
import { createOuraReader } from "../../src/oura/reader.ts";
import { type ScopeName, scopeNames } from "../../src/oura/scopes.ts";
import type { Transport } from "../../src/oura/transport.ts";
import type { ToolContext } from "../../src/question/tool.ts";
import type { WearerClock } from "../../src/question/wearer-clock.ts";
import { type ToolName, tools } from "../../src/tools/index.ts";
import { now, type SyntheticPeople } from "./synthetic-people.ts";

/** What one call cost: the answer as it goes over the wire, and what was asked of Oura for it. */
export interface CallCost {
  tool: ToolName;
  answerBytes: number;
  ouraRequests: number;
}

/** Calls tools as a connected assistant would, for one person, and keeps count. */
export interface Assistant {
  call(tool: ToolName, input?: Record<string, unknown>): Promise<unknown>;
  costs: readonly CallCost[];
}

const day = 86_400_000;

/** @param scopes what the person granted at Oura and this assistant alike; everything unless some are named */
export async function createAssistant(
  people: SyntheticPeople,
  person: string,
  scopes: readonly ScopeName[] = scopeNames,
): Promise<Assistant> {
  const costs: CallCost[] = [];
  const asking = await createAsking(people, person, scopes);
  return {
    costs,
    async call(name, input = {}) {
      const tool = tools.find((candidate) => candidate.name === name);
      if (!tool) throw new Error(`there is no tool ${name}`);
      const before = asking.requests();
      const answer = tool.output.parse(await tool.ask(input).answer(asking.createContext()));
      const text = JSON.stringify(answer);
      costs.push({ tool: name, answerBytes: Buffer.byteLength(text), ouraRequests: asking.requests() - before });
      return JSON.parse(text);
    },
  };
}

/**
 * What calls run in for one connected person, and how many requests they made of Oura.
 * @param holdMilliseconds how long Oura's answers are kept for further calls
 */
export async function createAsking(
  people: SyntheticPeople,
  person: string,
  scopes: readonly ScopeName[] = scopeNames,
  holdMilliseconds = day,
): Promise<{ createContext(): ToolContext; requests(): number }> {
  const token = await people.issueToken(person, scopes);
  let requests = 0;
  const transport: Transport = {
    fetch(input, init) {
      requests += 1;
      return people.fetch(input, init);
    },
    sleep: async () => {},
    random: () => 0,
    gate: createGate(6),
    tokens: { current: async () => token, replace: async () => token },
    apiUrl: people.apiUrl,
  };
  const cache = createAnswerCache(() => now, holdMilliseconds);
  const clock = rememberingClock();
  return {
    requests: () => requests,
    createContext: () => ({
      now,
      reader: createOuraReader(
        transport,
        cache,
        createCallBudget(() => now),
      ),
      access: { oura: scopes, assistant: scopes },
      standing: { kind: "connected" },
      clock,
      panelUrl: "https://ringbridge.example/panel",
    }),
  };
}

function rememberingClock(): WearerClock {
  let offset: number | null = null;
  return {
    get offsetMinutes() {
      return offset;
    },
    remember(seen) {
      offset = seen.offsetMinutes;
    },
  };
}
