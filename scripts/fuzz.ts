import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { readOptions } from "./read-options.ts";

/**
 * `npm run fuzz [-- --runs 500000] [--seed 7]`: runs only the property tests of test/fuzz, with the given number of
 * cases. `npm test` runs a tenth of the planned cases with a fixed seed; here every run uses a new seed and prints it
 * at its start.
 */
const { runs, seed } = readOptions({
  name: "npm run fuzz",
  options: {
    runs: { type: "whole number", from: 1, default: 200_000 },
    seed: { type: "whole number", from: 0, to: 2_147_483_647, default: randomInt(1e9) },
  },
}).values;

console.log(`${runs} cases from seed ${seed}`);
const { status } = spawnSync(
  process.execPath,
  ["node_modules/vitest/vitest.mjs", "run", "--project", "node", "--project", "worker", "test/fuzz"],
  { stdio: "inherit", env: { ...process.env, FUZZ_RUNS: `${runs}`, FUZZ_SEED: `${seed}` } },
);
process.exit(status ?? 1);
