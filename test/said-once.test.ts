import { describe, expect, it } from "vitest";
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

/**
 * Captures the number of a limit that is no rate limit of wrangler.toml, in the file that checks it. The key is how the
 * table's words about what is limited begin.
 */
const ownLimits: Readonly<Record<string, RegExp>> = {
  "approvals of assistants": /const mostAssistants = (\d+);/,
  "access tokens for scripts": /const mostAccessTokens = (\d+);/,
  "requests to Ōura": /const requestsPerCall = (\d+);/,
  "new accounts, and new OAuth clients": /{ accounts: 1 \/ (\d+), programs: 1 \/ \1,/,
  "requests to connect a ring": /, places: 1 \/ (\d+) }/,
  "accounts in the queue": /const mostWaiting = (\d+);/,
};
const parts: Readonly<Record<string, string>> = { "a quarter": "4", "a tenth": "10" };

describe("docs/security.md", () => {
  const rows = readTable(security, "| who is limited | what is limited |").map(
    ([, what = "", most = "", where = ""]) => ({
      what: what.trim(),
      own: Object.keys(ownLimits).find((words) => what.trim().startsWith(words)),
      most: most.trim(),
      files: codeIn(where, /^src\//),
      rateLimit: codeIn(where, /^LIMIT_/)[0],
      setting: codeIn(what, /^[A-Z_]+$/)[0],
    }),
  );

  it("names a file for each limit", () => {
    expect(rows.length).toBeGreaterThan(20);
    for (const { what, files } of rows) {
      expect([what, files.length > 0]).toEqual([what, true]);
      for (const file of files) expect([file, sources[`/${file}`]]).toEqual([file, expect.any(String)]);
    }
  });

  it("states the same rate limits as wrangler.toml, and names the files that check them", () => {
    const rateLimit = /name = "(LIMIT_\w+)"\n.*\nsimple = \{ limit = (\d+), period = 60 \}/g;
    const limits = new Map(
      Array.from(sources["/wrangler.toml"]?.matchAll(rateLimit) ?? [], ([, name = "", limit = ""]) => [
        name,
        `${limit} a minute`,
      ]),
    );
    const named = rows.flatMap(({ rateLimit, ...row }) => (rateLimit ? [{ ...row, rateLimit }] : []));
    for (const { rateLimit: name, most, files } of named) {
      expect([name, most]).toEqual([name, limits.get(name)]);
      for (const file of files) expect([file, sources[`/${file}`]]).toEqual([file, expect.stringContaining(name)]);
    }
    expect([...limits.keys()].filter((name) => !named.some(({ rateLimit }) => rateLimit === name))).toEqual([]);
  });

  it("states the same defaults of the settings that are limits as src/config.ts", () => {
    const stated = rows.flatMap(({ setting, most }) => (setting ? [`${setting}: ${most}`] : []));
    const defaultOf = (name: string) =>
      Number(new RegExp(`  ${name}: .*, ([\\d_]+)\\),\n`).exec(sources["/src/config.ts"] ?? "")?.[1]?.replace("_", ""));
    const windowMinutes = /const windowMilliseconds = (\d+) \* 60_000;/.exec(sources["/src/oura/share.ts"] ?? "")?.[1];
    expect(stated).toEqual([
      `ACCOUNT_REQUESTS: ${defaultOf("ACCOUNT_REQUESTS").toLocaleString("en")} in ${sayNumber(Number(windowMinutes))} minutes`,
      `REGISTRATIONS_PER_DAY: ${defaultOf("REGISTRATIONS_PER_DAY")} of each kind a day`,
    ]);
  });

  it("states the same number of every other limit as the file that checks it", () => {
    const others = rows.filter(({ rateLimit, setting }) => rateLimit === undefined && setting === undefined);
    expect(others.map(({ own, what }) => own ?? what).toSorted()).toEqual(Object.keys(ownLimits).toSorted());
    for (const { what, own = "", most, files } of others) {
      const inCode = ownLimits[own]?.exec(sources[`/${files[0]}`] ?? "")?.[1];
      expect([what, parts[/^a \w+/.exec(most)?.[0] ?? ""] ?? most]).toEqual([what, inCode]);
    }
  });
});

it("AGENTS.md names each file of scripts that is no command of package.json", () => {
  const files = Object.keys(import.meta.glob("/scripts/*.ts")).map((file) => file.replace("/scripts/", ""));
  const shared = files.filter((file) => !Object.values(scripts).includes(`node scripts/${file}`));
  const [, line = ""] = /^- `scripts\/` ([\s\S]*?)^- /m.exec(agents) ?? [];
  expect(codeIn(line, /\.ts$/).toSorted()).toEqual(shared.toSorted());
});
