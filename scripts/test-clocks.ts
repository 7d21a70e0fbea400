import { spawn } from "node:child_process";
import { instants, type NamedInstant } from "../sandbox/clock/instants.ts";

/**
 * `npm run test:clocks`: runs the date-sensitive tests at every instant of sandbox/clock/instants.ts, one after
 * another. Prints a line for each, and the whole output of failed ones.
 */
let failed = 0;
for (const instant of instants) if (!(await runAt(instant))) failed += 1;
console.log(`${instants.length} instants, ${instants.length - failed} green, ${failed} red`);
process.exitCode = failed > 0 ? 1 : 0;

function runAt({ name, instant }: NamedInstant): Promise<boolean> {
  const projects = ["--project", "clocks", "--project", "clocks-e2e"];
  const child = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...projects], {
    env: { ...process.env, CLOCK: instant, NO_COLOR: "1" },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return new Promise((resolve) => {
    child.on("close", (status) => {
      const tests = /^ *Tests +(.*)$/m.exec(output)?.[1] ?? "no tests were run";
      console.log(`${status === 0 ? "✓" : "✗"} ${instant} ${name}: ${tests}`);
      if (status !== 0) console.log(output);
      resolve(status === 0);
    });
  });
}
