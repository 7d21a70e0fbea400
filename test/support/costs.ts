import {
  createExecutionContext,
  listDurableObjectIds,
  runInDurableObject,
  waitOnExecutionContext,
} from "cloudflare:test";
import { type DurableObject, env } from "cloudflare:workers";
import { vi } from "vitest";
import { RingAgent } from "../../src/agent/ring-agent.ts";
import type { Bindings } from "../../src/bindings.ts";
import { Registry } from "../../src/registry/registry.ts";
import { createWorker } from "../../src/worker.ts";
import { agentCalls } from "./agent-calls.ts";

/** What one request uses of the operator's allowances. */
export interface Cost {
  reads: number;
  writes: number;
  lists: number;
  deletes: number;
  /** Requests to Durable Objects: by the worker, and by one object to another. */
  objects: number;
  /** Objects with data after the request that did not exist before. */
  made: number;
}

/** Every public method of the registry; a new one does not compile until it is counted here. */
const registryCalls: Record<Exclude<keyof Registry, keyof DurableObject>, true> = {
  register: true,
  status: true,
  reserve: true,
  claimOwner: true,
  findHolder: true,
  takeOver: true,
  releaseOwner: true,
  release: true,
  admit: true,
  setCapacity: true,
  approve: true,
  evict: true,
  createInvitation: true,
  knowsInvitation: true,
  countTroubles: true,
  overview: true,
};

/** Limits that never refuse: they count by location and minute, so a patient stranger passes them. */
export const withoutLimits: object = Object.fromEntries(
  Object.keys(env)
    .filter((name) => name.startsWith("LIMIT_"))
    .map((name) => [name, { limit: async () => ({ success: true }) }]),
);

/** Workers KV that counts, and passes every operation on. */
export function countingKv(kv: KVNamespace): {
  kv: KVNamespace;
  counts: Pick<Cost, "reads" | "writes" | "lists" | "deletes">;
} {
  const counts = { reads: 0, writes: 0, lists: 0, deletes: 0 };
  const names: Readonly<Record<string, keyof typeof counts>> = {
    get: "reads",
    getWithMetadata: "reads",
    put: "writes",
    list: "lists",
    delete: "deletes",
  };
  const counted = new Proxy(kv, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return (...parameters: unknown[]) => {
        const kind = names[String(name)];
        if (kind === undefined) throw new Error(`Workers KV's ${String(name)} is not counted`);
        counts[kind] += 1;
        return Reflect.apply(member, target, parameters);
      };
    },
  });
  return { kv: counted, counts };
}

/** Sends a request without limits and returns its answer and its cost. */
export async function measure(request: Request): Promise<{ response: Response; cost: Cost }> {
  const before = await objectIds();
  const { kv, counts } = countingKv(env.OAUTH_KV);
  // A session that `open` returns belongs to that request, so the agent's `answer` counts with it.
  const methods = Object.keys(agentCalls).filter((name) => name !== "answer");
  const spies = [
    ...methods.map((name) => vi.spyOn(RingAgent.prototype, name as "open")), // agentCalls has the agent's methods as keys
    ...Object.keys(registryCalls).map((name) => vi.spyOn(Registry.prototype, name as "status")), // likewise
  ];
  const context = createExecutionContext();
  const bindings: Bindings = { ...env, ...withoutLimits, OAUTH_KV: kv };
  const answer = await createWorker().fetch(request, bindings, context);
  const text = await answer.text();
  await waitOnExecutionContext(context);
  const objects = spies.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  for (const spy of spies) spy.mockRestore();
  const added = [...(await objectIds())].filter((id) => !before.has(id));
  const made = (await Promise.all(added.map(isKept))).filter(Boolean).length;
  return { response: new Response(text || null, answer), cost: { ...counts, objects, made } };
}

/** Whether an agent's object has data. One without is woken by a request and then ceases to exist. */
function isKept(id: string): Promise<boolean> {
  const { RING_AGENT } = env;
  return runInDurableObject(RING_AGENT.get(RING_AGENT.idFromString(id)), (_object, { storage }) => {
    return [...storage.kv.list()].length > 0;
  });
}

async function objectIds(): Promise<Set<string>> {
  return new Set((await listDurableObjectIds(env.RING_AGENT)).map(String));
}
