import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { createVitest, type TestModule } from "vitest/node";
import { judgeRun, type RanFile, type Verdict } from "./judge-run.ts";
import { type PlantedFault, plantFault } from "./plant-fault.ts";

/** What the other process asks: to run test files as they are, or with a fault planted for that long. */
export type TestRequest = { kind: "unbroken"; tests: readonly string[] } | { kind: "broken"; fault: PlantedFault };

/**
 * Vitest in a process of its own whose working directory is a scratch copy. It stays for all faults: what a fault does not
 * touch is compiled once, which is most of the time a run takes.
 */
const vitest = await createVitest("test", { watch: false, bail: 1, reporters: [{}], project: ["node", "worker"] });

process.on("message", async (request: TestRequest) => {
  const verdict = request.kind === "unbroken" ? runTests(request.tests) : plantAndRun(request.fault);
  process.send?.(await verdict.catch((error: unknown) => ({ kind: "did_not_run", why: firstLine(error) })));
});
process.send?.("ready");

async function plantAndRun(fault: PlantedFault): Promise<Verdict> {
  const path = resolve(fault.file);
  const source = readFileSync(path, "utf8");
  write(path, plantFault(source, fault));
  try {
    return await runTests(fault.tests);
  } finally {
    write(path, source);
  }
}

function write(path: string, text: string): void {
  writeFileSync(path, text);
  vitest.invalidateFile(path);
}

async function runTests(tests: readonly string[]): Promise<Verdict> {
  const wanted = tests.map((test) => resolve(test));
  const isWanted = ({ moduleId }: { moduleId: string }) => wanted.includes(moduleId);
  const found = await vitest.globTestSpecifications([...tests]); // every path that contains one of these
  // The result also contains the test files of earlier runs.
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(found.filter(isWanted));
  const outside = { path: "the run", errors: unhandledErrors.map(firstLine), tests: [] };
  return judgeRun([...testModules.filter(isWanted).map(describe), ...(outside.errors.length > 0 ? [outside] : [])]);
}

function describe(testModule: TestModule): RanFile {
  const suites = [...testModule.children.allSuites()];
  return {
    path: testModule.relativeModuleId,
    errors: [testModule, ...suites].flatMap((each) => each.errors().map(firstLine)),
    tests: Array.from(testModule.children.allTests(), (test) => ({ name: test.fullName, state: test.result().state })),
  };
}

/** Errors of tests come as plain objects. */
function firstLine(error: unknown): string {
  const hasMessage = typeof error === "object" && error !== null && "message" in error;
  return String(hasMessage ? error.message : error).split("\n")[0] ?? "";
}
