import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";
import { buildView } from "./scripts/build-view.ts";
import { createOutbound } from "./test/support/outbound.ts";

// The worker carries the page that draws answers.
await buildView();

/**
 * Four kinds of tests: in the Workers runtime, of the simulator alone, of the whole product from outside, and of what that
 * left in logs and storage.
 */
export default defineConfig({
  test: {
    // Logs of passing tests say nothing; those of failing ones are shown.
    silent: "passed-only",
    projects: [
      {
        plugins: [
          // A function, asked anew for every file: each has a runtime, storage and a simulator of its own, so two can run
          // at once.
          cloudflareTest(() => ({
            wrangler: { configPath: "./wrangler.toml" },
            miniflare: {
              // Only Oura is faked, as the network: every other host is refused and remembered.
              outboundService: createOutbound(),
              bindings: {
                OURA_CLIENT_ID: "sandbox",
                OURA_CLIENT_SECRET: "sandbox-secret",
                OURA_API_URL: "https://oura.test/sandbox/oura",
                OURA_AUTHORIZE_URL: "https://oura.test/sandbox/oura/oauth/v2/ext/oauth-authorize",
                OURA_TOKEN_URL: "https://oura.test/sandbox/oura/oauth/v2/ext/oauth-token",
                OURA_REVOKE_URL: "https://oura.test/sandbox/oura/oauth/v2/ext/oauth-revoke",
                TOKEN_KEYS: `test:${Buffer.alloc(32, 7).toString("base64")}`,
                OPERATOR_NAME: "Test Operator",
                OPERATOR_KEY: "operator-key-of-the-tests",
                BETA_CAPACITY: "1000",
                // Whatever a developer's own .dev.vars says of these.
                CACHE_SECONDS: "60",
                PUBLIC_URL: "",
                REGISTRATION: "open",
                SERVICE_NAME: "",
              },
            },
          })),
        ],
        test: {
          name: "worker",
          // The simulator's own tests run beside it. Those with a browser wait for both: a browser beside a full pool meets
          // time-outs that mean nothing.
          sequence: { groupOrder: 0 },
          setupFiles: ["test/support/setup.ts"],
          include: ["test/**/*.test.{ts,tsx}"],
          exclude: ["test/e2e/**", "test/leaks/**", "test/sandbox/**"],
          provide: { fuzz: { runs: Number(process.env.FUZZ_RUNS ?? 0), seed: Number(process.env.FUZZ_SEED ?? 1) } },
          maxWorkers: 2,
          testTimeout: 20_000,
          hookTimeout: 20_000,
        },
      },
      {
        test: {
          name: "sandbox",
          sequence: { groupOrder: 0 },
          maxWorkers: 2, // as the other project of this group: Vitest refuses two numbers in one
          include: ["test/sandbox/**/*.test.ts"],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          sequence: { groupOrder: 2 },
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: ["test/e2e/global-setup.ts"],
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "leaks",
          // After the journeys: it looks at what they left behind.
          sequence: { groupOrder: 3 },
          include: ["test/leaks/**/*.test.ts"],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
