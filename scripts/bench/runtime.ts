import { fork } from "node:child_process";
import { once } from "node:events";
import { createTestHarness, type TestHarnessOptions } from "wrangler";
import { startClock } from "../../sandbox/clock/start-clock.ts";
import { findFreePort } from "../find-free-port.ts";
import type { OuraCounts } from "./oura-meter.ts";
import { findBusiestRuntime, type ProcessUsage, readUsage } from "./process-usage.ts";
import type { StorageCounts } from "./storage-counts.ts";

export interface Runtime {
  origin: string;
  /** The clock of the product and the simulator, epoch ms. */
  now(): number;
  /** From starting workerd to its first page. */
  readyMilliseconds: number;
  /** CPU and memory of the one workerd that runs the product; a second one in front only forwards requests. */
  usage(): ProcessUsage;
  takeOura(): Promise<OuraCounts>;
  takeStorage(): Promise<StorageCounts>;
  setOuraLatency(milliseconds: number): Promise<void>;
  /** Whether agents clear their cache of Oura's answers before each call. */
  setForgetful(on: boolean): Promise<void>;
  /** Whether agents answer every MCP request with a fixed text, so that only the worker's own work remains. */
  setMute(on: boolean): Promise<void>;
  /** Starts workerd again with the same storage: no isolate and no object is in memory, as after an idle night. */
  restart(): Promise<void>;
  /** Evicts an agent from memory, as the platform does after some time without a request. */
  putToSleep(accountId: string): Promise<void>;
  stop(): Promise<void>;
}

/** @param built where `wrangler deploy --dry-run` put the bench's worker */
export async function startRuntime(built: string): Promise<Runtime> {
  process.env.CLOUDFLARE_CF_FETCH_ENABLED = "false"; // otherwise it contacts Cloudflare at every start
  process.env.X_LOCAL_OBSERVABILITY = "false"; // otherwise the measured process writes a trace of every call
  const ouraPort = await findFreePort();
  const oura = `http://127.0.0.1:${ouraPort}`;
  const clock = startClock();
  const simulator = fork("scripts/bench/oura-process.ts", [`${ouraPort}`, `${clock.offset}`]);
  await once(simulator, "message");
  const api = `${oura}/sandbox/oura`;
  const options = (starts: number): TestHarnessOptions => ({
    workers: [
      {
        configPath: "scripts/bench/wrangler.toml",
        prebuiltWorkerDir: built,
        vars: {
          OURA_CLIENT_ID: "sandbox",
          OURA_API_URL: api,
          OURA_AUTHORIZE_URL: `${api}/oauth/v2/ext/oauth-authorize`,
          OURA_TOKEN_URL: `${api}/oauth/v2/ext/oauth-token`,
          OURA_REVOKE_URL: `${api}/oauth/v2/ext/oauth-revoke`,
          BETA_CAPACITY: "100000",
          REGISTRATIONS_PER_DAY: "100000",
          OPERATOR_NAME: "the bench",
          CLOCK_OFFSET_MS: `${clock.offset}`,
          STARTS: `${starts}`, // a change of it makes the harness start the runtime again
        },
        secrets: {
          OURA_CLIENT_SECRET: "sandbox-secret",
          TOKEN_KEYS: `bench:${Buffer.from(Uint8Array.from({ length: 32 }, (_, index) => index)).toString("base64")}`,
        },
      },
    ],
  });
  const harness = createTestHarness(options(0));
  const started = performance.now();
  const { url } = await harness.listen();
  const origin = `http://localhost:${url.port}`;
  await (await fetch(`${origin}/health`)).text();
  const readyMilliseconds = performance.now() - started;
  let runtime = findBusiestRuntime();
  let starts = 0;

  return {
    origin,
    now: clock.now,
    readyMilliseconds,
    usage: () => readUsage(runtime),
    takeOura: () => readJson(`${oura}/bench/take`),
    takeStorage: () => readJson(`${origin}/bench/storage`),
    async setOuraLatency(milliseconds) {
      await fetch(`${oura}/bench/latency?milliseconds=${milliseconds}`);
    },
    async setForgetful(on) {
      await fetch(`${origin}/bench/forgetful?on=${on}`);
    },
    async setMute(on) {
      await fetch(`${origin}/bench/mute?on=${on}`);
    },
    async restart() {
      starts += 1;
      await harness.update(options(starts));
      runtime = findBusiestRuntime();
    },
    async putToSleep(accountId) {
      await fetch(`${origin}/bench/sleep?name=${accountId}`);
    },
    async stop() {
      await harness.close();
      simulator.disconnect();
    },
  };
}

/** Reads JSON from the bench's own routes; their shape is known. */
async function readJson<T>(address: string): Promise<T> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return (await response.json()) as T;
}
