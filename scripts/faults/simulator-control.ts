import { z } from "zod";
import { fetchOnNewConnection } from "./fetch-on-new-connection.ts";

export interface SimulatorControl {
  setFaults(person: string, faults: readonly object[]): Promise<void>;
  expireTokens(person: string): Promise<void>;
  /** Hides records after `instant` (epoch ms), so that answers do not change during a run. */
  syncUntil(person: string, instant: number): Promise<void>;
  shiftClock(milliseconds: number): Promise<void>;
  /** Raises Oura's rate limits: a run makes more requests in five minutes than they allow. */
  liftLimits(): Promise<void>;
  clearLog(): Promise<void>;
  readLog(): Promise<RequestLog>;
}

const requestLog = z.object({
  total: z.number(),
  over_six: z.number(),
  token_endpoint: z.record(z.string(), z.record(z.string(), z.number())),
  recent: z.array(z.object({ at: z.number(), route: z.string(), person: z.string().nullable() })),
});
export type RequestLog = z.output<typeof requestLog>;

export function createSimulatorControl(port: number): SimulatorControl {
  async function send(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetchOnNewConnection(`http://localhost:${port}/sandbox/control${path}`, {
      method,
      body: body === undefined ? null : JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the simulator answered ${response.status} to ${path}: ${await response.text()}`);
    return response.json();
  }

  return {
    setFaults: async (person, faults) =>
      void (await send("PUT", `/faults?person=${person}`, { faults: faults.map((fault) => ({ ...fault, person })) })),
    expireTokens: async (person) => void (await send("POST", `/tokens/expire?person=${person}`)),
    syncUntil: async (person, instant) => void (await send("PUT", `/people/${person}`, { synced_until: instant })),
    shiftClock: async (milliseconds) => void (await send("PUT", "/clock", { offset_ms: milliseconds })),
    liftLimits: async () => {
      const limit = { limit: 10_000_000, windowSeconds: 300 };
      await send("PUT", "/limits", { token: limit, application: limit });
    },
    clearLog: async () => void (await send("DELETE", "/requests")),
    readLog: async () => requestLog.parse(await send("GET", "/requests")),
  };
}
