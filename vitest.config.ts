import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";
import { fixedInstant } from "./sandbox/clock/instants.ts";
import { buildView } from "./scripts/build-view.ts";
import { drawInstant } from "./test/clocks/draw-instant.ts";
import { createOutbound } from "./test/support/outbound.ts";

// The worker includes the view (the page that draws answers).
await buildView();

/** Tests that need the Workers runtime. All others run in Node, which starts five times as fast. */
const runtimeTests = [
  "test/{agent,journeys,pages,registry,security}/**/*.test.{ts,tsx}",
  "test/account/account.test.ts",
  "test/clocks/{alarms,last-night}.test.ts",
  "test/connection/connection.test.ts",
  "test/fuzz/{envelopes,headers,oauth,pages}.test.ts",
  "test/grants/user-id.test.ts",
  "test/oura/oauth.test.ts",
  "test/web/limits.test.ts",
  "test/worker.test.ts",
];

/** Tests whose results may depend on the time and date: they run a second time at another instant. */
const datedRuntimeTests = [
  "test/journeys/{bad-input,odd-records,operator,panel,permissions,preview,prompts,storage}.test.ts",
  "test/security/{canaries,isolation,scopes}.test.ts",
];
const datedBrowserTests = ["test/e2e/{assistant,preview}.test.ts"];

const fuzz = { runs: Number(process.env.FUZZ_RUNS ?? 0), seed: Number(process.env.FUZZ_SEED ?? 1) };
const long = process.env.LONG === "1";
const writesTables = process.env.WRITE_TABLES === "1";
const atFixedInstant = { clock: fixedInstant, fuzz, long, writesTables };
const atDrawnInstant = { clock: drawInstant(process.env.CLOCK), fuzz, long, writesTables };

export default defineConfig({
  test: {
    // Show logs of failed tests only.
    silent: "passed-only",
    projects: [
      {
        test: {
          name: "node",
          sequence: { groupOrder: 0 },
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: ["test/{e2e,leaks}/**", ...runtimeTests],
          isolate: false,
          maxWorkers: 2,
          setupFiles: ["test/support/node-setup.ts"],
          provide: atFixedInstant,
          testTimeout: 60_000,
        },
      },
      inWorkersRuntime({ name: "worker", include: runtimeTests, provide: atFixedInstant }),
      inWorkersRuntime({
        name: "clocks",
        include: datedRuntimeTests,
        provide: atDrawnInstant,
        globalSetup: ["test/clocks/print-instant.ts"],
      }),
      inBrowser({ name: "e2e", include: ["test/e2e/**/*.test.ts"], provide: atFixedInstant, order: 1, workers: 2 }),
      {
        test: {
          name: "leaks",
          // Runs after the journeys, because it searches their logs and storage.
          sequence: { groupOrder: 2 },
          include: ["test/leaks/**/*.test.ts"],
          testTimeout: 60_000,
        },
      },
      inBrowser({ name: "clocks-e2e", include: datedBrowserTests, provide: atDrawnInstant, order: 3, workers: 1 }),
    ],
  },
});

type TestOptions = NonNullable<TestProjectInlineConfiguration["test"]>;

/** Files of one worker share a runtime; test/support/setup.ts empties it before each. */
function inWorkersRuntime(options: TestOptions): TestProjectInlineConfiguration {
  return {
    plugins: [
      // A function, called for every worker: each has its own runtime, storage and simulator, so two can run in parallel.
      cloudflareTest(() => ({
        main: "./sandbox/clock/clocked-worker.ts",
        wrangler: { configPath: "./wrangler.toml" },
        miniflare: {
          // Only Oura is faked, at the network. Requests to any other host are refused and recorded.
          outboundService: createOutbound(),
          bindings: {
            OURA_CLIENT_ID: "sandbox",
            OURA_CLIENT_SECRET: "sandbox-secret",
            OURA_API_URL: "https://oura.test/sandbox/oura",
            OURA_AUTHORIZE_URL: "https://oura.test/sandbox/oura/oauth/v2/ext/oauth-authorize",
            OURA_TOKEN_URL: "https://oura.test/sandbox/oura/oauth/v2/ext/oauth-token",
            OURA_REVOKE_URL: "https://oura.test/sandbox/oura/oauth/v2/ext/oauth-revoke",
            TOKEN_KEYS: `test:${Buffer.from(Uint8Array.from({ length: 32 }, (_, index) => index)).toString("base64")}`,
            OPERATOR_NAME: "Test Operator",
            OPERATOR_KEY: "operator-key-of-the-tests",
            BETA_CAPACITY: "1000",
            // These override a developer's own .dev.vars.
            CACHE_SECONDS: "60",
            PUBLIC_URL: "",
            REGISTRATION: "open",
            REGISTRATIONS_PER_DAY: "100000",
            SERVICE_NAME: "",
          },
        },
      })),
    ],
    test: {
      ...options,
      sequence: { groupOrder: 0 },
      setupFiles: ["test/support/setup.ts"],
      isolate: false,
      maxWorkers: 2,
      testTimeout: 20_000,
      hookTimeout: 20_000,
    },
  };
}

/** Journeys through the product as `npm start` runs it, each worker with its own server. */
function inBrowser({
  order,
  workers,
  ...options
}: TestOptions & { order: number; workers: number }): TestProjectInlineConfiguration {
  return {
    test: {
      ...options,
      sequence: { groupOrder: order },
      globalSetup: ["test/e2e/global-setup.ts"],
      isolate: false,
      maxWorkers: workers,
      testTimeout: 120_000,
      hookTimeout: 120_000,
    },
  };
}
