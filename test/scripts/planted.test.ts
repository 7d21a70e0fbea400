import { describe, expect, it } from "vitest";
import { faults } from "../../scripts/planted/faults.ts";
import { judgeRun, type RanFile } from "../../scripts/planted/judge-run.ts";
import { plantFault } from "../../scripts/planted/plant-fault.ts";

const sources = import.meta.glob<string>("../../src/**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
// From the root: relative to this folder, its own files would have another form.
const testFiles = Object.keys(import.meta.glob("/test/**/*.test.{ts,tsx}")).map((path) => path.slice(1));

const fault = { name: "anybody may pass", file: "src/door.ts", find: "if (locked)", replace: "if (false)", tests: [] };

describe("planting a fault", () => {
  it("changes only its text", () => {
    expect(plantFault("a; if (locked) stop(); b;", fault)).toBe("a; if (false) stop(); b;");
    expect(plantFault("if (locked)", { ...fault, replace: "$& $1 $$" })).toBe("$& $1 $$");
  });

  it.each([
    ["0 times", "if (closed)"],
    ["2 times", "if (locked) if (locked)"],
  ])("reports an outdated list if its text occurs %s", (times, source) => {
    const plant = () => plantFault(source, fault);
    expect(plant).toThrow("The list of planted faults is out of date");
    expect(plant).toThrow(`"anybody may pass" looks for a text that stands ${times} in src/door.ts`);
  });
});

describe("the list of planted faults", () => {
  it("has a unique name for each", () => {
    expect(faults.length).toBeGreaterThan(45);
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  });

  it.each(faults)("still finds its text: $name", (planted) => {
    const source = sources[`../../${planted.file}`];
    expect(source, `${planted.file} exists`).toBeDefined();
    expect(plantFault(source ?? "", planted)).not.toBe(source);
  });

  it("names test files that exist", () => {
    const named = new Set(faults.flatMap(({ tests }) => tests));
    expect([...named].filter((file) => !testFiles.includes(file))).toEqual([]);
  });
});

describe("a run of the tests", () => {
  const file = (tests: RanFile["tests"][number]["state"][], errors: string[] = []): RanFile => ({
    path: "test/door.test.ts",
    errors,
    tests: tests.map((state) => ({ name: `a door is ${state}`, state })),
  });

  it("detected the fault if a test failed", () => {
    expect(judgeRun([file(["passed", "failed"])])).toEqual({ kind: "failed", test: "a door is failed" });
  });

  it("missed the fault if all passed", () => {
    expect(judgeRun([file(["passed", "skipped"])])).toEqual({ kind: "passed", tests: 1 });
  });

  it.each<[string, RanFile[]]>([
    ["a file did not load", [file([], ["Transform failed"]), file(["failed"])]],
    ["a hook failed before any test", [file(["skipped"], ["no simulator"])]],
    ["something failed outside of a test", [file(["passed"], ["unhandled"])]],
    ["nothing ran", []],
  ])("has no result if %s", (_name, files) => {
    expect(judgeRun(files).kind).toBe("did_not_run");
  });
});
