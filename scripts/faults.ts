import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runKills } from "./faults/kills.ts";

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
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
