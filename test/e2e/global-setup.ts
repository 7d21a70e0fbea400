import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startRingbridge } from "./ringbridge.ts";
import { startBrowser } from "./start-browser.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Addresses of the shared servers, one for each test worker. */
    origins: readonly string[];
    /** WebSocket address of the shared browser. */
    browser: string;
    /** Directory for the servers' storage; deleted after the run. */
    scratch: string;
  }
}

/** Tells the leak tests where the journeys' logs and storage are. They run afterwards, while the servers still run. */
export const runFile = "test-results/e2e-run.json";

/** Starts shared servers and a browser, because starting takes longer than a test. Their simulators send canaries. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const scratch = mkdtempSync(join(tmpdir(), "ringbridge-e2e-"));
  const workers = Array.from({ length: Number(project.config.maxWorkers) }, (_, index) => index + 1);
  const [browser, ...servers] = await Promise.all([
    startBrowser(),
    ...workers.map((worker) =>
      startRingbridge({
        name: `${project.name}-${worker}`,
        state: join(scratch, `shared-${worker}`),
        variables: ["BETA_CAPACITY:1000"],
        clock: project.getProvidedContext().clock,
      }),
    ),
  ]);
  const origins = servers.map(({ origin }) => origin);
  for (const origin of origins) await fetch(`${origin}/sandbox/control/canaries`, { method: "PUT" });
  if (project.name === "e2e") writeFileSync(runFile, JSON.stringify({ origins, scratch }));
  project.provide("origins", origins);
  project.provide("browser", browser.wsEndpoint());
  project.provide("scratch", scratch);
  return async () => {
    await Promise.all([browser.close(), ...servers.map((server) => server.stop())]);
    if (project.name === "e2e") rmSync(runFile, { force: true });
    rmSync(scratch, { recursive: true, force: true });
  };
}
