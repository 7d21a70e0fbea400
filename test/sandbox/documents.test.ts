import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";

const documents = [
  ...readdirSync(".").filter((name) => name.endsWith(".md")),
  ...readdirSync("docs").flatMap((name) => (name.endsWith(".md") ? [join("docs", name)] : [])),
];

interface ShellBlock {
  document: string;
  code: string;
  /** The comment on the line above: "run", or why it is not run here. */
  remark: string | null;
}

const blocks: ShellBlock[] = documents.flatMap((document) =>
  [...readFileSync(document, "utf8").matchAll(/(?:<!-- ([^\n]*) -->\n)?```(?:sh|bash|shell)\n([\s\S]*?)```/g)].map(
    ([, remark = null, code = ""]) => ({ document, code, remark }),
  ),
);

it("runs every shell block or says why it does not", () => {
  expect(blocks.length).toBeGreaterThan(5);
  const unexplained = blocks.filter(({ remark }) => !/^(run$|run by .|not run here: .)/.test(remark ?? ""));
  expect(unexplained.map(({ document, code }) => `${document}: ${code}`)).toEqual([]);
});

it.each(blocks.filter(({ remark }) => remark === "run"))("runs what stands in $document: $code", ({ code }) => {
  for (const line of code.trim().split("\n")) {
    expect(() => execFileSync("bash", ["-c", line], { stdio: "pipe" })).not.toThrow();
  }
});

it("names only commands there are", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: object }; // npm's own shape
  const unknown = documents.flatMap((document) =>
    [...readFileSync(document, "utf8").matchAll(/npm run ([a-z][a-z:-]*)/g)]
      .map(([, name = ""]) => name)
      .filter((name) => !(name in scripts))
      .map((name) => `${document}: npm run ${name}`),
  );
  expect(unknown).toEqual([]);
});

it("links only to files there are", () => {
  const broken = documents.flatMap((document) =>
    [...readFileSync(document, "utf8").matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !existsSync(join(dirname(document), target)))
      .map((target) => `${document}: ${target}`),
  );
  expect(broken).toEqual([]);
});
