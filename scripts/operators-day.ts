import { spawnSync } from "node:child_process";

/** `npm run operators-day`: the whole of the operator's first day, whose first part is in `npm test`. */
const { status } = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--project",
    "e2e",
    "test/e2e/operators-day.test.ts",
    "test/e2e/deploy.test.ts",
  ],
  { stdio: "inherit", env: { ...process.env, LONG: "1" } },
);
process.exit(status ?? 1);
