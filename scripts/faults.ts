import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runKills } from "./faults/kills.ts";
import { printFaults, printKills, printWindow } from "./faults/print.ts";
import { runFaults } from "./faults/run.ts";
import { measureWindow } from "./faults/window.ts";
import { readOptions } from "./read-options.ts";

/**
 * `npm run faults [-- --long] [--calls 10000] [--minutes 40] [--seed 1]`: calls every tool under every fault of Oura
 * and compares the answers with those without a fault. The long run continues with other questions, routes and pairs of
 * faults until that many calls were made. `-- --kills 1000`: kills the runtime during refreshes. `-- --window 300`:
 * measures how long a refresh's new tokens are not yet stored. Each starts its own product and simulator and cleans up;
 * the first two exit with status 1 if something is wrong.
 */
const { long, calls, minutes, kills, window, seed } = readOptions({
  name: "npm run faults",
  options: {
    long: { type: "flag" },
    calls: { type: "whole number", from: 1, default: 10_000 },
    minutes: { type: "whole number", from: 1, default: 40 },
    kills: { type: "whole number", from: 1 },
    window: { type: "whole number", from: 1 },
    seed: { type: "whole number", from: 0, default: 1 },
  },
}).values;

const directory = mkdtempSync(join(tmpdir(), "ringbridge-faults-"));
const started = performance.now();
const say = (line: string) => console.error(`${Math.round((performance.now() - started) / 1_000)} s ${line}`);
try {
  process.exitCode = (await run()) ? 0 : 1;
} finally {
  rmSync(directory, { recursive: true, force: true });
}

async function run(): Promise<boolean> {
  if (window !== null) return printWindow(await measureWindow({ refreshes: window, directory }));
  if (kills !== null) return printKills(await runKills({ kills, seed, directory, say }));
  const faultRun = await runFaults({ long, calls, minutes, seed, directory, say });
  const isWell = printFaults(faultRun);
  if (!long || faultRun.faulted >= calls) return isWell;
  console.log(`fewer than ${calls} calls in ${minutes} minutes`);
  return false;
}
