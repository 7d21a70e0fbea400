import { spawnSync } from "node:child_process";

/** `npm run test:long`: the tests of `npm test` without sampling. */
const { status } = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, LONG: "1" },
});
process.exit(status ?? 1);
