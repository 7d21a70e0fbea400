import { expect, it } from "vitest";
import settings from "../.dev.vars.example?raw";
import agents from "../AGENTS.md?raw";
import architecture from "../docs/architecture.md?raw";
import decisions from "../docs/decisions.md?raw";
import security from "../docs/security.md?raw";
import storage from "../docs/storage.md?raw";
import { scripts } from "../package.json";
import readme from "../README.md?raw";
import { PEOPLE } from "../sandbox/people/people.ts";
import { longestHoldSeconds } from "../src/config.ts";
import { joinedWithin } from "../src/oura/night.ts";
import capabilities from "../src/pages/help/capabilities.tsx?raw";
import { heldFor } from "../src/web/held-for.ts";
import { sayNumber } from "../src/words/present.ts";

it.each([
  ["README.md", readme],
  ["docs/architecture.md", architecture],
  ["docs/security.md", security],
])("%s states the same time in memory for health data as the code", (_name, text) => {
  expect(text.replace(/\s+/g, " ")).toContain(`in memory for at most ${heldFor}`);
});

it.each([
  ["docs/storage.md", storage, `for \`CACHE_SECONDS\` (${longestHoldSeconds} at most`],
  ["docs/architecture.md", architecture, `set \`CACHE_SECONDS\` (0 to ${longestHoldSeconds})`],
  [".dev.vars.example", settings, `in memory only; 0 to ${longestHoldSeconds}.`],
])("%s states the same limit of CACHE_SECONDS as the code", (_name, text, words) => {
  expect(text).toContain(words);
});

it.each([
  ["README.md", readme],
  ["docs/architecture.md", architecture],
])("%s states how many synthetic people there are", (_name, text) => {
  expect(text.replace(/\s+/g, " ")).toContain(`${sayNumber(PEOPLE.length)} synthetic people`);
});

it.each([
  ["README.md", readme],
  ["docs/decisions.md", decisions],
  ["the help page", capabilities],
])("%s states in the same words which sleeps are one night", (_name, text) => {
  const hours = sayNumber(joinedWithin / 3_600_000);
  const rule = `ong sleeps of the same day that are less than ${hours} hours apart count as one night`;
  expect(text.replace(/\s+/g, " ")).toContain(rule);
});

const sources = import.meta.glob<string>(["/src/**/*.{ts,tsx}", "/wrangler.toml"], {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Cells of the rows of a Markdown table that begins with `head`. */
function readTable(page: string, head: string): string[][] {
  const [, body = ""] = page.split(`${head}`);
  const [table = ""] = body.split("\n\n");
  return table
    .split("\n")
    .slice(2)
    .map((row) => row.split("|").slice(1, -1));
}

function codeIn(cell: string, form: RegExp): string[] {
  return Array.from(cell.matchAll(/`([^`]+)`/g), ([, code = ""]) => code).filter((code) => form.test(code));
}

it("docs/storage.md names every event of the log, with all its fields", () => {
  const written = Object.values(sources).flatMap((text) =>
    Array.from(text.matchAll(/JSON\.stringify\(\s*\{\s*(event\b[^}]*)\}/g), ([, inside = ""]) => {
      const fields = inside.replace(/\[[^\]]*\]|\([^()]*\)|"[^"]*"/g, "").split(",");
      const names = fields.map((field) => field.split(":")[0]?.trim() ?? "").filter((name) => name && name !== "event");
      const own = /event: "(\w+)"/.exec(inside)?.[1];
      const either = Array.from(/const event = .*/.exec(text)?.[0].matchAll(/"(\w+)"/g) ?? [], ([, name = ""]) => name);
      return (own === undefined ? either : [own]).map((event) => `${event}: ${names.toSorted().join(", ")}`);
    }).flat(),
  );
  const said = readTable(storage, "| event, and its name in the log |").map(([event = "", fields = ""]) => {
    const names = codeIn(fields, /^[a-z]+$/).toSorted();
    return `${codeIn(event, /^[a-z_]+$/).join()}: ${names.join(", ")}`;
  });
  expect(said.length).toBeGreaterThan(8);
  expect(said.toSorted()).toEqual([...new Set(written)].toSorted());
});

it("docs/security.md names each limit with its number and the file that checks it", () => {
  const limits = new Map(
    Array.from(
      sources["/wrangler.toml"]?.matchAll(/name = "(LIMIT_\w+)"\n.*\nsimple = \{ limit = (\d+), period = 60 \}/g) ?? [],
      ([, name = "", limit = ""]) => [name, `${limit} a minute`],
    ),
  );
  const rows = readTable(security, "| who is limited | what is limited |");
  const named = rows.flatMap(([, , most = "", where = ""]) => {
    const files = codeIn(where, /^src\//);
    expect([where, files.length > 0]).toEqual([where, true]);
    const limit = codeIn(where, /^LIMIT_/);
    for (const file of files)
      expect([file, sources[`/${file}`] ?? ""]).toEqual([file, expect.stringContaining(limit[0] ?? "")]);
    return limit.map((name) => [name, most.trim()] as const);
  });
  for (const [name, most] of named) expect([name, most]).toEqual([name, limits.get(name)]);
  expect([...limits.keys()].filter((name) => !named.some(([one]) => one === name))).toEqual([]);
});

it("AGENTS.md names each file of scripts that is no command of package.json", () => {
  const files = Object.keys(import.meta.glob("/scripts/*.ts")).map((file) => file.replace("/scripts/", ""));
  const shared = files.filter((file) => !Object.values(scripts).includes(`node scripts/${file}`));
  const [, line = ""] = /^- `scripts\/` ([\s\S]*?)^- /m.exec(agents) ?? [];
  expect(codeIn(line, /\.ts$/).toSorted()).toEqual(shared.toSorted());
});
