import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const readme = readFileSync("README.md", "utf8");

interface Statement {
  text: string;
  /** The comments after the text: "held by FILE: TITLE", or "no test: REASON". */
  remarks: string[];
}

/** The items of a section, each with the comments that stand after it. */
function itemsOf(section: string): Statement[] {
  const body = readme.split(`\n## ${section}\n`)[1]?.split("\n## ")[0] ?? "";
  return body
    .split(/^- /m)
    .slice(1)
    .map((item) => ({
      text: item.split("<!--")[0]?.trim() ?? "",
      remarks: Array.from(item.matchAll(/<!-- (.*?) -->/g), ([, remark = ""]) => remark),
    }));
}

describe.each(["Settings", "Privacy", "Limits"])("the README's section %s", (section) => {
  const items = itemsOf(section);

  it("has items", () => expect(items.length).toBeGreaterThan(3));

  it.each(items)("names the tests that hold: $text", ({ remarks }) => {
    expect(remarks).not.toEqual([]);
    for (const remark of remarks) {
      const [, path, title] = /^held by (\S+): (.+)$/.exec(remark) ?? [];
      if (path === undefined || title === undefined) {
        expect(remark).toMatch(/^no test: \S/);
        continue;
      }
      expect(existsSync(path), path).toBe(true);
      expect(readFileSync(path, "utf8"), remark).toContain(title);
    }
  });
});
