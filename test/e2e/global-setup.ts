import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startRingbridge } from "./ringbridge.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the server most journeys share. */
    origin: string;
    /** Directory for what servers keep; gone after the run. */
    scratch: string;
  }
}

/** Where the tests for leaks find what the journeys left: they run afterwards, while the server still stands. */
export const runFile = "test-results/e2e-run.json";

/** One server for most journeys: starting it takes longer than walking. Whatever its Oura sends is marked. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const scratch = mkdtempSync(join(tmpdir(), "ringbridge-e2e-"));
  const server = await startRingbridge({
    name: "ringbridge",
    state: join(scratch, "shared"),
    variables: ["BETA_CAPACITY:1000"],
  });
  await fetch(`${server.origin}/sandbox/control/canaries`, { method: "PUT" });
  writeFileSync(runFile, JSON.stringify({ origin: server.origin, scratch }));
  project.provide("origin", server.origin);
  project.provide("scratch", scratch);
  return async () => {
    await server.stop();
    rmSync(runFile, { force: true });
    rmSync(scratch, { recursive: true, force: true });
  };
}
