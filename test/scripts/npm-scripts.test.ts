import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { z } from "zod";

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync("package.json", "utf8")));
const names = Object.keys(scripts).filter((name) => !(name.startsWith("pre") && scripts[name.slice(3)] !== undefined));

it.each(names)("npm run %s installs what it needs first", (name) => {
  expect(scripts[`pre${name}`]).toBe("node scripts/install.mjs");
});

it.each(names)("npm run %s runs a file that exists, or a program of the packages", (name) => {
  const path = /^node (\S+)/.exec(scripts[name] ?? "")?.[1];
  if (path !== undefined) expect(existsSync(path)).toBe(true);
});
