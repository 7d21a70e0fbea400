import { spawn } from "node:child_process";

/** `npm run check`: runs the steps below in parallel and prints a line for each, with the output of those that fail. */
const steps = [
  { script: "typecheck", checks: "types" },
  { script: "lint", checks: "style" },
  { script: "knip", checks: "unused files, exports and packages" },
  { script: "licences", checks: "licences of what is deployed" },
  { script: "lockfile", checks: "the lockfile" },
];

console.log(`Checking ${steps.map(({ checks }) => checks).join(", ")} …`);
const outcomes = await Promise.all(steps.map(run));
const failed = outcomes.flatMap(({ ok, script }) => (ok ? [] : `npm run ${script}`));
if (failed.length > 0) {
  console.error(`\nFailed: ${failed.join(", ")}. Each can be run alone.`);
  process.exitCode = 1;
}

function run({ script, checks }: { script: string; checks: string }): Promise<{ script: string; ok: boolean }> {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(`npm run --silent ${script}`, { shell: true });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
    child.on("close", (code) => {
      const seconds = ((performance.now() - start) / 1_000).toFixed(0);
      console.log(
        code === 0 ? `✓ ${checks} (${seconds} s)` : `✗ ${checks} (${seconds} s), npm run ${script}:\n${said}`,
      );
      resolve({ script, ok: code === 0 });
    });
  });
}
