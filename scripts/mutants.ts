import { Stryker } from "@stryker-mutator/core";

/**
 * `npm run mutants [-- src/analytics/day.ts …]`: StrykerJS mutates the operators, conditions, statements, strings and calls of the
 * functions in src/analytics, one at a time, and runs the tests that cover each. It does not mutate numbers, nor what runs
 * while a module loads, such as constants: `npm run planted` changes the thresholds among them. Prints the mutants that no test detects and exits
 * with status 1 if too many survive. A survivor may be equivalent to the original: a person must judge. The rest of src
 * needs the Workers runtime, which StrykerJS does not start; `npm run planted` covers it.
 */
const files = process.argv.slice(2);

/** Below the scores of single files (83 to 100 %), so that it fails only if tests fall behind the code. */
const leastNoticedPercent = 75;

await new Stryker({
  mutate: files.length > 0 ? files : ["src/analytics/**/*.ts"],
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner"],
  vitest: { configFile: "scripts/mutants/vitest.config.ts" },
  tsconfigFile: "none", // StrykerJS would read it with TypeScript's compiler API, which version 7 does not have
  coverageAnalysis: "perTest",
  ignoreStatic: true, // code that runs while a module loads is covered by every test, so each mutant would run all tests
  reporters: ["clear-text", "progress"],
  clearTextReporter: { logTests: false, reportTests: false },
  concurrency: 2,
  thresholds: { break: leastNoticedPercent },
}).runMutationTest();
