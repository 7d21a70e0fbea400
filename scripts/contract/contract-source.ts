import { z } from "zod";
import { createSimulator } from "../../sandbox/simulator.ts";
import { createMemoryStore } from "../../sandbox/store.ts";

/** Source of documents: Oura's public sandbox, or the simulator if that cannot be reached. */
export interface ContractSource {
  name: string;
  lacks: readonly string[];
  /** The body of one GET below `usercollection/`, or a short description of the error. */
  read(route: string, query: URLSearchParams): Promise<{ body: unknown } | { problem: string }>;
}

const patienceMilliseconds = 20_000;

/** Oura's own sandbox routes. They take any Authorization header and serve synthetic documents. */
export function ouraSandbox(apiUrl: string): ContractSource {
  const base = `${apiUrl}/v2/sandbox/usercollection`;
  return createSource({ name: `Oura's sandbox at ${apiUrl}`, lacks: ["personal_info"] }, fetch, base, "sandbox");
}

export async function isReachable(apiUrl: string): Promise<boolean> {
  const answer = await fetch(apiUrl, { signal: AbortSignal.timeout(patienceMilliseconds) }).catch(() => null);
  await answer?.body?.cancel();
  return answer !== null;
}

/** The simulator's everyday person, who holds documents of every kind. */
export async function simulatorSource(now: number): Promise<ContractSource> {
  const app = createSimulator({ store: createMemoryStore(), now: () => now });
  const origin = "http://simulator.test";
  const ask: typeof fetch = async (input, init) => app.fetch(new Request(input, init));
  const issued = await ask(`${origin}/sandbox/control/tokens`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ person: "everyday" }),
  });
  const { access_token: token } = z.object({ access_token: z.string() }).parse(await issued.json());
  const base = `${origin}/sandbox/oura/v2/usercollection`;
  return createSource({ name: "the simulator", lacks: [] }, ask, base, token);
}

function createSource(
  about: Pick<ContractSource, "name" | "lacks">,
  ask: typeof fetch,
  base: string,
  token: string,
): ContractSource {
  return {
    ...about,
    async read(route, query) {
      const response = await ask(`${base}/${route}?${query}`, {
        headers: { authorization: `Bearer ${token}` },
        signal: AbortSignal.timeout(patienceMilliseconds),
      }).catch(() => null);
      if (response === null) return { problem: "no answer" };
      if (!response.ok) return { problem: `status ${response.status}` };
      const body: unknown = await response.json().catch(() => undefined);
      return body === undefined ? { problem: "no JSON" } : { body };
    },
  };
}
