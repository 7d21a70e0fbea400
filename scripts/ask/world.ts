import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { standingClock } from "../../sandbox/clock/start-clock.ts";
import { ACCOUNTS } from "../../sandbox/people/people.ts";
import { serveSimulator } from "../../sandbox/serve-simulator.ts";
import { connectPerson } from "../faults/connect-person.ts";
import { startProduct } from "../faults/start-product.ts";

/** A running product whose clock stands still, and an assistant's access token for each person. */
const world = z.object({ origin: z.string(), tokens: z.record(z.string(), z.string()) });
export type World = z.output<typeof world>;

/** What commands of a run share: the running world, the calls, what a model has to read. */
export const directory = ".sandbox/ask";
const worldPath = join(directory, "world.json");

export interface RunningWorld extends World {
  stop(): Promise<void>;
}

/**
 * Starts the deployed worker on this computer beside the simulated Oura, and connects each person through every page.
 * The clock of both stands still, so that an answer is the same at every hour.
 */
export async function startWorld(people: readonly string[]): Promise<RunningWorld> {
  const state = mkdtempSync(join(tmpdir(), "ringbridge-ask-"));
  const clock = standingClock();
  const simulator = await serveSimulator({ port: 0, now: clock.now });
  const product = await startProduct({ name: "ask", simulatorPort: simulator.port, directory: state, clock });
  const tokens: World["tokens"] = {};
  for (const person of people) tokens[person] = (await connectPerson(product.origin, person)).accessTokens[0] ?? "";
  return {
    origin: product.origin,
    tokens,
    async stop() {
      await product.stop();
      simulator.close();
      rmSync(state, { recursive: true, force: true });
    },
  };
}

/** Everybody in the sandbox, for questions that are not known in advance. */
export const everybody = ACCOUNTS.map(({ id }) => id);

/** Leaves the world's address and tokens for `scripts/ask/call.ts`. They open nothing but synthetic people. */
export function announceWorld({ origin, tokens }: World): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(worldPath, JSON.stringify({ origin, tokens }, null, 2), { mode: 0o600 });
}

export function withdrawWorld(): void {
  rmSync(worldPath, { force: true });
}

export function readWorld(): World | null {
  try {
    return world.parse(JSON.parse(readFileSync(worldPath, "utf8")));
  } catch {
    return null;
  }
}
