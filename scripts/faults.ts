import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runKills } from "./faults/kills.ts";
import { runFaults } from "./faults/run.ts";

const { values } = parseArgs({
  options: {
    kills: { type: "string" },
    long: { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
  },
});
const scratch = mkdtempSync(join(tmpdir(), "ringbridge-faults-"));
try {
  if (values.kills !== undefined) {
    const report = await runKills({
      kills: Number(values.kills),
      seed: Number(values.seed),
      directory: join(scratch, "kills"),
      onProgress: console.log,
    });
    console.log(report);
  } else {
    const report = await runFaults({
      long: values.long,
      seed: Number(values.seed),
      directory: join(scratch, "faults"),
      say: console.log,
    });
    console.log(report.byFault, report.byTool, report.faulted, report.recoveries);
    for (const line of report.wrong) console.log("WRONG", line);
    for (const line of report.lost) console.log("LOST", line);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
