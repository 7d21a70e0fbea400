import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";

/**
 * `npm run fuzz [-- --runs 500000] [--seed 7]`: the property tests of test/fuzz alone, with as many cases as wanted. What
 * `npm test` runs of them is about 23,000 cases from a fixed seed; here every run takes a new one, printed with a failure.
 */
const { values } = parseArgs({
  options: { runs: { type: "string", default: "200000" }, seed: { type: "string", default: `${randomInt(1e9)}` } },
});

console.log(`${values.runs} cases from seed ${values.seed}`);
const { status } = spawnSync(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "--project", "worker", "test/fuzz"],
  { stdio: "inherit", env: { ...process.env, FUZZ_RUNS: values.runs, FUZZ_SEED: values.seed } },
);
process.exit(status ?? 1);
