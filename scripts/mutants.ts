import { Stryker } from "@stryker-mutator/core";

/**
 * `npm run mutants [-- src/analytics/day.ts …]`: StrykerJS changes every operator, number and condition of src/analytics,
 * one at a time, and runs the tests that reach it. Prints what survived and ends with status 1 below the share that must
 * be noticed. A survivor may be a change that changes nothing: it is for a person to judge. The rest of src needs the
 * Workers runtime, which StrykerJS does not start; `npm run planted` breaks its lines.
 */
const files = process.argv.slice(2);

/** Below what single files reach (83 to 100 %): it fails when tests fall behind the code. */
const leastNoticedPercent = 75;

await new Stryker({
  mutate: files.length > 0 ? files : ["src/analytics/**/*.ts"],
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "scripts/mutants/vitest.config.ts" },
  tsconfigFile: "none", // it would be read with TypeScript's API for programs, which version 7 does not have
  coverageAnalysis: "perTest",
  ignoreStatic: true, // what runs while a module loads is reached by every test, and would run them all
  reporters: ["clear-text", "progress"],
  clearTextReporter: { logTests: false, reportTests: false },
  concurrency: 2,
  thresholds: { break: leastNoticedPercent },
}).runMutationTest();
