import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { startClock } from "../../sandbox/clock/start-clock.ts";
import { serveSimulator } from "../../sandbox/serve-simulator.ts";
import { connectPerson } from "./connect-person.ts";
import { createSimulatorControl } from "./simulator-control.ts";
import { startProduct } from "./start-product.ts";

export interface WindowReport {
  refreshes: number;
  /** From Oura's rotation of the tokens until the new pair is in the storage's file, ms. */
  median: number;
  p90: number;
  p99: number;
  longest: number;
}

/**
 * Measures how long a crash would require a reconnect. It watches the storage's log from the moment Oura rotates the
 * tokens. The note that a refresh has started was written before, so the next write is the new pair.
 */
export async function measureWindow({
  refreshes,
  directory,
}: {
  refreshes: number;
  directory: string;
}): Promise<WindowReport> {
  let onRotation: (() => void) | null = null;
  const clock = startClock();
  const simulator = await serveSimulator({
    port: 0,
    now: clock.now,
    onAnswer(request, response) {
      if (request.url.endsWith("/oauth-token") && response.status === 200) onRotation?.();
    },
  });
  const control = createSimulatorControl(simulator.port);
  const product = await startProduct({ name: "window", simulatorPort: simulator.port, directory, clock });
  const windows: number[] = [];
  try {
    const person = await connectPerson(product.origin, "everyday");
    const question = { tool: "oura_get_device", input: {} };
    for (let count = 0; count < refreshes; count += 1) {
      await control.expireTokens("everyday");
      const written = Promise.withResolvers<void>();
      onRotation = () => {
        onRotation = null;
        const started = performance.now();
        const before = sizes(directory);
        const look = () => {
          if (sizes(directory) === before) return void setImmediate(look);
          windows.push(performance.now() - started);
          written.resolve();
        };
        setImmediate(look);
      };
      const answer = await person.call(question);
      if (answer.kind !== "answer") throw new Error(`a refresh without trouble failed: ${answer.text}`);
      await written.promise;
    }
  } finally {
    await product.stop();
    simulator.close();
  }
  const sorted = windows.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { refreshes: windows.length, median: at(0.5), p90: at(0.9), p99: at(0.99), longest: at(1) };
}

/** Size and modification time of each agent's storage log: one of them changes with every write. */
function sizes(directory: string): string {
  const agents = join(directory, "state", "v3", "do", "ringbridge-RingAgent");
  return readdirSync(agents)
    .filter((name) => name.endsWith("-wal"))
    .map((name) => statSync(join(agents, name), { bigint: true }))
    .map(({ size, mtimeNs }) => `${size} ${mtimeNs}`)
    .join();
}
