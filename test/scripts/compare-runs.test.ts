import { expect, it } from "vitest";
import performance from "../../docs/performance.md?raw";
import { compareRuns } from "../../scripts/bench/compare-runs.ts";
import { targets } from "../../scripts/bench/targets.ts";

it("compares each cost of two runs by name, whatever its place, and leaves out what one of them lacks", () => {
  const before = {
    machine: { load: 9 },
    bundle: { gzipKilobytes: 100 },
    tools: [
      { tool: "a", what: "default", wallP50: 10, cpuMilliseconds: 0 },
      { tool: "gone", what: "default", wallP50: 1 },
    ],
  };
  const now = {
    machine: { load: 1 },
    bundle: { gzipKilobytes: 150, eagerKilobytes: 3 },
    tools: [
      { tool: "new", what: "default", wallP50: 4 },
      { tool: "a", what: "default", wallP50: 5, cpuMilliseconds: 2 },
    ],
  };
  expect(compareRuns(before, now)).toEqual([
    { what: "bundle.gzipKilobytes", before: 100, now: 150, ratio: 1.5 },
    { what: "tools[a default].wallP50", before: 10, now: 5, ratio: 0.5 },
    { what: "tools[a default].cpuMilliseconds", before: 0, now: 2, ratio: null },
  ]);
});

it("has the targets of the page, in its order", () => {
  const [, section = ""] = performance.split("\n### Targets\n\n");
  const [table = ""] = section.split("\n\n");
  const rows = table
    .split("\n")
    .slice(2)
    .map((row) => row.split("|").map((cell) => cell.trim()));
  const shown = rows.map(([, what, , most]) => ({ what, most }));
  expect(shown).toEqual(targets.map(({ what, most }) => ({ what, most: `≤ ${most}` })));
});
