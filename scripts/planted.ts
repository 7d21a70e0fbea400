import { readFileSync } from "node:fs";
import { faults } from "./planted/faults.ts";
import type { Verdict } from "./planted/judge-run.ts";
import { type PlantedFault, plantFault } from "./planted/plant-fault.ts";
import { openScratchTests, type ScratchTests } from "./planted/scratch-tests.ts";
import { readOptions } from "./read-options.ts";

/**
 * `npm run planted [-- --only NAME] [--list]`: plants named faults in a scratch copy of the code, one at a time, and
 * runs the tests that must detect them. Exits with status 1 if one is missed. `--only` takes a part of a name, `--list`
 * prints all names. `npm run mutants` does the same for src/analytics with StrykerJS.
 */
const { values } = readOptions({
  name: "npm run planted",
  options: { only: { type: "texts", value: "NAME", pattern: /./ }, list: { type: "flag" } },
});

/** Two copies in parallel: with one, the processor would be idle while runtimes start. */
const copiesAtOnce = 2;

const signs = { failed: "✓ caught", passed: "✗ missed", did_not_run: "✗ broken" } as const;

let isStopped = false;

const chosen = faults.filter(({ name }) => values.only.length === 0 || values.only.some((part) => name.includes(part)));
if (values.list) for (const { name, file } of chosen) console.log(`${name}\n    ${file}`);
else if (chosen.length === 0) fail(`No fault has this name: ${values.only.join(", ")}. --list prints all names.`);
else if (isUpToDate()) await run();

function isUpToDate(): boolean {
  try {
    for (const fault of chosen) plantFault(readFileSync(fault.file, "utf8"), fault);
    return true;
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
    return false;
  }
}

async function run(): Promise<void> {
  const start = performance.now();
  const copies = Array.from({ length: Math.min(copiesAtOnce, chosen.length) }, openScratchTests);
  const close = () => Promise.all(copies.map((copy) => copy.close()));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      isStopped = true;
      void close().then(() => process.exit(1));
    });
  }
  try {
    if (await passUnbroken(copies)) report(await share(chosen, copies, plantOne), performance.now() - start);
  } finally {
    await close();
  }
}

/** Runs the tests without a fault first: a test that fails anyway cannot detect one. */
async function passUnbroken(copies: readonly ScratchTests[]): Promise<boolean> {
  const files = [...new Set(chosen.flatMap(({ tests }) => tests))];
  console.log(`${files.length} test files without a fault …`);
  const verdicts = await share(files, copies, (file, copy) => copy.run({ kind: "unbroken", tests: [file] }));
  for (const [index, verdict] of verdicts.entries()) {
    if (verdict.kind !== "passed")
      fail(`${files[index]} must pass without a fault, but does not: ${describe(verdict)}`);
  }
  return verdicts.every(({ kind }) => kind === "passed");
}

/** Runs the tasks in parallel: each copy takes the next task when it is free. */
async function share<Task>(
  tasks: readonly Task[],
  copies: readonly ScratchTests[],
  run: (task: Task, copy: ScratchTests) => Promise<Verdict>,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const waiting = tasks.entries();
  const work = async (copy: ScratchTests): Promise<void> => {
    for (const [index, task] of waiting) if (!isStopped) verdicts[index] = await run(task, copy);
  };
  await Promise.all(copies.map(work));
  return verdicts;
}

async function plantOne(fault: PlantedFault, copy: ScratchTests): Promise<Verdict> {
  const start = performance.now();
  const verdict = await copy.run({ kind: "broken", fault });
  console.log(
    `${signs[verdict.kind]}  ${fault.name} (${seconds(performance.now() - start)})\n          ${describe(verdict)}`,
  );
  return verdict;
}

function describe(verdict: Verdict): string {
  switch (verdict.kind) {
    case "failed":
      return `fails: ${verdict.test}`;
    case "passed":
      return `${verdict.tests} tests passed`;
    case "did_not_run":
      return `no result: ${verdict.why}`;
  }
}

function report(verdicts: readonly Verdict[], milliseconds: number): void {
  const count = (kind: Verdict["kind"]) => verdicts.filter((verdict) => verdict.kind === kind).length;
  const broken = count("did_not_run");
  const rest = broken > 0 ? `, ${broken} whose tests did not run` : "";
  console.log(`\nIn ${seconds(milliseconds)}:`);
  console.log(`${verdicts.length} planted, ${count("failed")} caught, ${count("passed")} missed${rest}`);
  if (count("failed") < verdicts.length) process.exitCode = 1;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(0)} s`;
}

function fail(words: string): void {
  console.error(words);
  process.exitCode = 1;
}
