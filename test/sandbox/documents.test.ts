import { execFileSync } from "node:child_process";
import { existsSync, globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { productPort } from "../../sandbox/local-ports.ts";
import { settingNames } from "../../src/config.ts";

const documents = [
  ...readdirSync(".").filter((name) => name.endsWith(".md")),
  ...readdirSync("docs").flatMap((name) => (name.endsWith(".md") ? [join("docs", name)] : [])),
];

/** Documents about the present state; the changelog also describes earlier states. */
const current = documents.filter((name) => name !== "CHANGELOG.md");

interface ShellBlock {
  document: string;
  code: string;
  /** The comment on the line above: "run", or the reason why the block is not run here. */
  remark: string | null;
}

const blocks: ShellBlock[] = documents.flatMap((document) =>
  [...readFileSync(document, "utf8").matchAll(/(?:<!-- ([^\n]*) -->\n)?```(?:sh|bash|shell)\n([\s\S]*?)```/g)].map(
    ([, remark = null, code = ""]) => ({ document, code, remark }),
  ),
);

it("runs every shell block or gives a reason why not", () => {
  expect(blocks.length).toBeGreaterThan(5);
  const unexplained = blocks.filter(({ remark }) => !/^(run$|run by .|not run here: .)/.test(remark ?? ""));
  expect(unexplained.map(({ document, code }) => `${document}: ${code}`)).toEqual([]);
});

it.each(blocks.filter(({ remark }) => remark === "run"))("runs what stands in $document: $code", ({ code }) => {
  for (const line of code.trim().split("\n")) {
    expect(() => execFileSync("bash", ["-c", line], { stdio: "pipe" })).not.toThrow();
  }
});

it("names only existing commands", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: object }; // npm's own shape
  const unknown = documents.flatMap((document) =>
    [...readFileSync(document, "utf8").matchAll(/npm run ([a-z][a-z:-]*)/g)]
      .map(([, name = ""]) => name)
      .filter((name) => !(name in scripts))
      .map((name) => `${document}: npm run ${name}`),
  );
  expect(unknown).toEqual([]);
});

it("names only existing files and folders", () => {
  const named = current.flatMap((document) =>
    wordsOfCode(document, /(?<![\w./-])(?:src|scripts|test|docs|sandbox)\/[\w./*{},-]*/g).map((path) => ({
      document,
      path,
    })),
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ path }) => globSync(path).length === 0)).toEqual([]);
});

it("names only existing settings", () => {
  const others = [
    "ANTHROPIC_API_KEY", // environment variables of the examples for programs
    "OPENAI_API_KEY",
    "MODEL",
    "HOME",
    "JSON", // the end of a text in a shell command
    "CLOCK", // environment variable: instant of the date-sensitive tests
    "CODE", // placeholder for a reference code
    "NAME", // placeholder for a package's name
    "POST", // a method, in the table of what routes cost
    "RINGBRIDGE_TOKEN", // environment variable of the doctor
  ];
  const bindings = [...readFileSync("wrangler.toml", "utf8").matchAll(/^(?:binding|name) = "([A-Z_]+)"/gm)];
  const known: string[] = [...settingNames, ...bindings.map(([, name = ""]) => name), ...others];
  const named = current.flatMap((document) =>
    wordsOfCode(document, /(?<![\w/])[A-Z][A-Z0-9_]{3,}(?!\w)/g).map((name) => ({ document, name })),
  );
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ name }) => !known.includes(name))).toEqual([]);
});

it("names the port that `npm start` and `npm run dev` listen on", () => {
  const addresses = [...current, ".dev.vars.example"].flatMap((document) =>
    [...readFileSync(document, "utf8").matchAll(/localhost:(\d+)/g)].map(([, port]) => ({ document, port })),
  );
  expect(addresses.length).toBeGreaterThan(3);
  expect(addresses.filter(({ port }) => port !== `${productPort}`)).toEqual([]);
  expect(readFileSync("wrangler.toml", "utf8")).toContain(`\n[dev]\nport = ${productPort}\n`);
});

it("links only to existing files and headings", () => {
  const links = documents.flatMap((document) =>
    [...readFileSync(document, "utf8").matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)/g)].map(
      ([, path = "", anchor = null]) => ({ document, file: path ? join(dirname(document), path) : document, anchor }),
    ),
  );
  expect(links.length).toBeGreaterThan(20);
  const broken = links.filter(
    ({ file, anchor }) => !existsSync(file) || (anchor !== null && !anchorsOf(file).includes(anchor)),
  );
  expect(broken).toEqual([]);
});

it("shows only existing pictures that are small and have an alternative text", () => {
  const pictures = documents.flatMap((document) =>
    [...readFileSync(document, "utf8").matchAll(/<(?:img|source)\b[^>]*?\b(?:src|srcset)="([^"]+)"[^>]*>/g)].map(
      ([tag, path = ""]) => ({ tag, file: join(dirname(document), path) }),
    ),
  );
  expect(pictures.length).toBeGreaterThan(1);
  for (const { tag, file } of pictures) {
    expect(statSync(file).size, file).toBeLessThanOrEqual(150_000);
    if (tag.startsWith("<img")) expect(tag).toMatch(/ alt="[^"]{20,}"/);
  }
});

/** Matches in a document's inline code and code blocks. */
function wordsOfCode(document: string, pattern: RegExp): string[] {
  const code = readFileSync(document, "utf8").match(/```[\s\S]*?```|`[^`\n]+`/g) ?? [];
  return code.flatMap((part) => part.match(pattern) ?? []);
}

/** The anchors of a document's headings on GitHub. */
function anchorsOf(file: string): string[] {
  const text = readFileSync(file, "utf8").replaceAll(/```[\s\S]*?```/g, "");
  const seen = new Map<string, number>();
  return [...text.matchAll(/^#{1,6} +(.+?) *$/gm)].map(([, heading = ""]) => {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-");
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}
