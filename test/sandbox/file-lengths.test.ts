import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const limit = 300;

/** Longer files, each with what would be lost by splitting it. */
const excepted: Record<string, string> = {};

it(`keeps every file to ${limit} lines, but for those with a reason`, () => {
  const files = globSync("{src,scripts,test,sandbox}/**/*.{ts,tsx,css,mjs,js}");
  expect(files.length).toBeGreaterThan(300);
  const long = files
    .filter((file) => !(file in excepted))
    .map((file) => ({ file, lines: readFileSync(file, "utf8").split("\n").length - 1 }))
    .filter(({ lines }) => lines > limit);
  expect(long).toEqual([]);
});
