import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { RunClock, StandingClock } from "../../sandbox/clock/start-clock.ts";
import { type LocalServer, startLocalServer } from "../../test/e2e/local-server.ts";
import { findFreePort } from "../find-free-port.ts";

/** The product in workerd, with the simulator's address instead of Oura's. */
export interface Product extends LocalServer {
  /**
   * Process id of the runtime that runs the worker and its storage. If it dies, the listening process starts another.
   */
  findRuntime(): number;
}

interface ProductOptions {
  name: string;
  simulatorPort: number;
  directory: string;
  clock: RunClock | StandingClock;
}

/**
 * Runs `wrangler dev` with the deployed worker and three differences. Its clock is the run's. There are no limits per
 * minute and account, because a run asks thousands of questions. Nothing is cached, because a cached answer would hide
 * a fault.
 */
export async function startProduct({ name, simulatorPort, directory, clock }: ProductOptions): Promise<Product> {
  mkdirSync(directory, { recursive: true });
  const oura = `http://localhost:${simulatorPort}/sandbox/oura`;
  const settings = {
    OURA_CLIENT_ID: "sandbox",
    OURA_CLIENT_SECRET: "sandbox-secret",
    OURA_API_URL: oura,
    OURA_AUTHORIZE_URL: `${oura}/oauth/v2/ext/oauth-authorize`,
    OURA_TOKEN_URL: `${oura}/oauth/v2/ext/oauth-token`,
    OURA_REVOKE_URL: `${oura}/oauth/v2/ext/oauth-revoke`,
    TOKEN_KEYS: `faults:${randomBytes(32).toString("base64")}`,
    BETA_CAPACITY: "1000",
    CACHE_SECONDS: "0",
    ACCOUNT_REQUESTS: "1000000", // a run makes more requests in five minutes than one account may
    REGISTRATIONS_PER_DAY: "1000000",
    ...("standsAt" in clock ? { CLOCK_STANDS_AT: `${clock.standsAt}` } : { CLOCK_OFFSET_MS: `${clock.offset}` }),
  };
  const settingsPath = join(directory, "settings.env");
  const lines = Object.entries(settings).map(([setting, value]) => `${setting}=${value}\n`);
  writeFileSync(settingsPath, lines.join(""), { mode: 0o600 });
  const configPath = join(directory, "wrangler.toml");
  writeFileSync(configPath, forRun(readFileSync("wrangler.toml", "utf8")));
  const port = await findFreePort();
  const server = await startLocalServer({
    name,
    port,
    readyPath: "/health",
    parameters: [
      ...["node_modules/wrangler/bin/wrangler.js", "dev", "-c", configPath, "--port", `${port}`],
      ...["--inspector-port", "0", "--persist-to", join(directory, "state"), "--env-file", settingsPath],
      "--show-interactive-dev-session=false",
    ],
  });
  return { ...server, findRuntime: () => findRuntime(port) };
}

function forRun(config: string): string {
  return config
    .replace('main = "src/index.ts"', 'main = "./sandbox/clock/clocked-worker.ts"')
    .replaceAll(/= "(\.\/(?:src|sandbox)\/[^"]+\.ts)"/g, (_, path: string) => `= ${JSON.stringify(resolve(path))}`)
    .replaceAll(/limit = \d+,/g, "limit = 1000000,");
}

/** Wrangler runs two runtimes: one listens on the port and forwards, the other runs the worker. */
function findRuntime(port: number): number {
  const processes = execFileSync("ps", ["-eo", "pid=,ppid=,args="], { encoding: "utf8", maxBuffer: 16 << 20 })
    .split("\n")
    .flatMap((line) => {
      const [, pid, parent, command = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
      return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }];
    });
  const listening = processes.find(({ command }) => command.includes(`--socket-addr=entry=localhost:${port} `));
  const running = processes.filter(
    ({ parent, command, pid }) =>
      parent === listening?.parent && pid !== listening.pid && / serve --binary /.test(command),
  );
  const [runtime] = running;
  if (!runtime || running.length > 1) throw new Error(`found ${running.length} runtimes behind port ${port}`);
  return runtime.pid;
}
