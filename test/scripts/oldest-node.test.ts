import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

const read = (path: string) => readFileSync(path, "utf8");

it("is Node 20 in the package, in the installer, in the README and in the checks of every change", () => {
  const found = {
    package: /"node": ">=(\d+)"/.exec(read("package.json"))?.[1],
    installer: /major < (\d+)/.exec(read("scripts/install.mjs"))?.[1],
    installersWords: /needs Node (\d+) or newer/.exec(read("scripts/install.mjs"))?.[1],
    readme: /You need Node (\d+) or newer/.exec(read("README.md"))?.[1],
    checks: /node: \[(\d+),/.exec(read(".github/workflows/check.yml"))?.[1],
  };
  expect(found).toEqual({ package: "20", installer: "20", installersWords: "20", readme: "20", checks: "20" });
});

it("needs nothing newer in the installer: it imports only these modules of Node, and no package", () => {
  const text = read("scripts/install.mjs");
  const imported = [...text.matchAll(/^import \{ (.*) \} from "(.*)";$/gm)].map(([, names, module]) => [module, names]);
  expect(imported).toEqual([
    ["node:child_process", "spawnSync"],
    ["node:crypto", "createHash"],
    ["node:fs", "existsSync, readFileSync, writeFileSync"],
  ]);
  expect(text.match(/\bimport\b/g)).toHaveLength(imported.length);
});
