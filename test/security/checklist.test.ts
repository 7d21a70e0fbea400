import { describe, expect, it } from "vitest";
import page from "../../docs/security.md?raw";

/** The checklist of docs/security.md, and the tests whose titles begin with its numbers. */
const found = import.meta.glob<string>("../**/*.test.ts", { query: "?raw", import: "default", eager: true });
const sources: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(found).map(([path, source]) => [new URL(path, "file:///test/security/").pathname.slice(1), source]),
);

interface Line {
  number: number;
  /** Test files that the page lists for it. */
  files: string[];
}

function linesOf(text: string): Line[] {
  return Array.from(text.matchAll(/^\| (\d+) \|(.*)\|$/gm), ([, number, rest = ""]) => ({
    number: Number(number),
    files: Array.from(rest.matchAll(/`(test\/[^`]+)`/g), (match) => match[1] ?? ""),
  }));
}

/** The numbers at the start of a file's titles, in `it` and `it.each`. */
function numbersIn(source: string): Set<number> {
  return new Set(Array.from(source.matchAll(/\(\s*["'`](\d{1,2})\. /g), (match) => Number(match[1])));
}

const lines = linesOf(page);

describe("the security checklist", () => {
  it("has lines 1 to 24, each once", () => {
    expect(lines.map(({ number }) => number)).toEqual(Array.from({ length: 24 }, (_, index) => index + 1));
  });

  it.each(lines)("has a test for line $number in each file the page names", ({ number, files }) => {
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const source = sources[file];
      expect(source, `${file} exists`).toBeDefined();
      expect([file, ...numbersIn(source ?? "")]).toContain(number);
    }
  });

  it("names every file that has such tests", () => {
    const named = new Set(lines.flatMap(({ files }) => files));
    const having = Object.entries(sources)
      .filter(([, source]) => numbersIn(source).size > 0)
      .map(([path]) => path);
    expect(having.filter((path) => !named.has(path))).toEqual([]);
  });

  it("names only files that exist, wherever it names one", () => {
    const named = Array.from(page.matchAll(/`(test\/[^`]+\.test\.ts)`/g), (match) => match[1] ?? "");
    expect(named.length).toBeGreaterThan(15);
    const self = "test/security/checklist.test.ts"; // a file's own glob does not include itself
    expect(named.filter((path) => !sources[path] && path !== self)).toEqual([]);
  });
});
