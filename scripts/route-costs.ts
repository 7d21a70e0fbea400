import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";

/** `npm run docs:costs`: measures what each route costs, and writes the tables of docs/security.md. */
const path = "docs/security.md";
const table = /<!-- route costs -->\n[\s\S]*?<!-- end of route costs -->/;
const { stdout, status } = spawnSync(
  process.execPath,
  [
    "node_modules/vitest/vitest.mjs",
    "run",
    "--silent=false",
    ...["--project", "worker", "test/security/route-costs.test.ts", "-t", "costs no more"],
  ],
  { encoding: "utf8", env: { ...process.env, WRITE_TABLES: "1", NO_COLOR: "1" } },
);
const measured = table.exec(stdout)?.[0];
if (status !== 0 || measured === undefined) {
  console.error(stdout);
  process.exit(1);
}
writeFileSync(
  path,
  readFileSync(path, "utf8").replace(table, () => measured),
);
console.log(`Wrote the costs of the routes to ${path}.`);
