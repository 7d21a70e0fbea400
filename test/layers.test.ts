import { expect, it } from "vitest";
import { stripComments } from "./support/strip-comments.ts";

/** Lower layers first. A file may import from its own layer and from those before it. */
const layers = [
  ["clock.ts", "errors.ts", "outcome.ts"],
  ["crypto/"],
  ["config.ts"],
  ["analytics/"],
  ["oura/"],
  ["words/"],
  ["account/"], // passkeys, account keys and sessions
  ["grants/"], // approvals of assistants and the OAuth provider's store
  ["registry/"], // places and counts
  ["connection/"], // Oura's tokens
  ["question/"],
  ["tools/"],
  ["prompts/", "resources/"],
  ["views/"], // runs inside a host's frame; knows only the shape of answers
  ["mcp/"],
  ["agent/", "bindings.ts"], // the agent's classes and the bindings that name them are one layer
  ["web/", "host.ts"],
  ["auth/"],
  ["pages/"],
  ["router.tsx"],
  ["provider.ts"],
  ["worker.ts"],
  ["index.ts"],
];

/** The packages that each folder, or file of `src` itself, imports. One without a line imports none. */
const packages: Record<string, readonly string[]> = {
  "config.ts": ["zod"],
  analytics: ["simple-statistics"],
  oura: ["zod"],
  words: ["zod"],
  account: ["@peculiar/asn1-schema", "@simplewebauthn/server", "zod"],
  grants: ["@cloudflare/workers-oauth-provider", "cloudflare:workers", "zod"],
  registry: ["cloudflare:workers", "zod"],
  connection: ["zod"],
  question: ["zod"],
  tools: ["zod"],
  prompts: ["zod"],
  views: ["d3-axis", "d3-scale", "d3-selection"],
  mcp: ["@modelcontextprotocol/server", "hono", "zod"],
  agent: ["@modelcontextprotocol/server", "@simplewebauthn/server", "agents", "cloudflare:workers", "zod"],
  "bindings.ts": ["@cloudflare/workers-oauth-provider"],
  web: ["hono", "zod"],
  auth: ["@cloudflare/workers-oauth-provider", "@simplewebauthn/server", "hono", "zod"],
  pages: ["hono", "zod"],
  "router.tsx": ["hono"],
  "provider.ts": ["@cloudflare/workers-oauth-provider"],
};

/** "hono" of "hono/jsx", "@simplewebauthn/server" of itself. */
function packageOf(target: string): string {
  return target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");
}

const sources = import.meta.glob<string>("../src/**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });

function layerOf(path: string): number {
  return layers.findIndex((names) =>
    names.some((name) => path === name || (name.endsWith("/") && path.startsWith(name))),
  );
}

interface Import {
  target: string;
  /** Removed by the compiler. */
  isType: boolean;
}

/** All imports of a file: values, types, re-exports and dynamic imports. */
function importsOf(text: string): Import[] {
  const code = stripComments(text); // comments may show imports
  const fromParts = code.matchAll(/^(?:import|export)\s+(type\s+)?([^"';]*?)\s*from\s*"([^"]+)"/gm);
  const named = Array.from(fromParts, ([, type, names = "", target = ""]) => {
    const specifiers = /^\{([\s\S]*)\}$/
      .exec(names.trim())?.[1]
      ?.split(",")
      .map((one) => one.trim()) ?? [names];
    const isType = type !== undefined || specifiers.every((one) => one === "" || one.startsWith("type "));
    return { target, isType };
  });
  const bare = Array.from(code.matchAll(/^import\s*"([^"]+)"/gm), ([, target = ""]) => ({ target, isType: false }));
  const later = Array.from(code.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g), ([, target = ""]) => ({
    target,
    isType: false,
  }));
  return [...named, ...bare, ...later];
}

interface Edge {
  to: string;
  isType: boolean;
}

/** Imports between our own files, by path below the folder `base`. */
function graphOf(files: Record<string, string>, base: string): Map<string, Edge[]> {
  return new Map(
    Object.entries(files).map(([file, text]) => {
      const from = file.replace(base, "");
      const own = importsOf(text).filter(({ target }) => target.startsWith("."));
      return [
        from,
        own.map(({ target, isType }) => ({ to: new URL(target, `file:///${from}`).pathname.slice(1), isType })),
      ];
    }),
  );
}

const graph = graphOf(sources, "../src/");

/** Import cycles, each once. */
function findCircles(graph: Map<string, Edge[]>, follows: (from: string, edge: Edge) => boolean): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  function visit(file: string, path: readonly string[]): void {
    const start = path.indexOf(file);
    if (start >= 0) circles.push([...path.slice(start), file].join(" → "));
    if (start >= 0 || done.has(file)) return;
    for (const edge of graph.get(file) ?? []) if (follows(file, edge)) visit(edge.to, [...path, file]);
    done.add(file);
  }
  for (const file of graph.keys()) visit(file, []);
  return circles;
}

it("knows a layer for every source file, and parses every form of import", () => {
  expect(graph.size).toBeGreaterThan(50);
  expect([...graph.keys()].filter((path) => layerOf(path) < 0)).toEqual([]);
  const ways =
    'import { type A } from "./a.ts";\nimport B, { c } from "./b.ts";\nconst d = await import("./d.ts");\nimport "./e.ts";';
  expect(importsOf(ways)).toEqual([
    { target: "./a.ts", isType: true },
    { target: "./b.ts", isType: false },
    { target: "./e.ts", isType: false },
    { target: "./d.ts", isType: false },
  ]);
});

it.each([
  ["a string", 'const any = accept || "*/*"; const start = "/*";'],
  ["a string after an apostrophe in a comment", "// a person's own\nconst start = '/*';"],
  ["a template", "const start = `/*\n`;"],
  ["a regular expression", 'const start = /["\'`/*]/.test(text) && /\\/*"/.test(text);'],
  ["an address", 'const start = <a href="https://a.test/*">https://a.test</a>;'],
])("does not take %s for the start of a comment", (_kind, line) => {
  const later = 'const late = await import("./late.ts");';
  const code = `import { a } from "./a.ts";\n${line}\n${later}\n/** import("./shown.ts") */\n// import("./old.ts")\n`;
  expect(importsOf(code).map(({ target }) => target)).toEqual(["./a.ts", "./late.ts"]);
});

it("finds the imports behind the media range */* of a source file", () => {
  const text = sources["../src/mcp/exchange.ts"] ?? "";
  expect(text).toContain('"*/*"');
  const added = `${text}\nconst late = await import("./late.ts"); /** The end. */`;
  expect(importsOf(added).at(-1)).toEqual({ target: "./late.ts", isType: false });
});

it("imports only from lower layers, including types and dynamic imports", () => {
  const upwards = [...graph].flatMap(([from, edges]) =>
    edges.filter(({ to }) => layerOf(to) > layerOf(from)).map(({ to }) => `${from} imports ${to}`),
  );
  expect(upwards).toEqual([]);
});

/** What `file` of `src` imports from outside of `src`. */
function importsFromOutside(file: string, text: string): string[] {
  const own = importsOf(text).filter(({ target }) => /^[./]/.test(target));
  const paths = own.map(({ target }) => new URL(target, `file:///src/${file}`).pathname);
  return paths.filter((path) => !path.startsWith("/src/"));
}

it("imports nothing from outside of src, except the built page that draws answers", () => {
  const outside = Object.entries(sources).flatMap(([file, text]) => {
    const from = file.replace("../src/", "");
    return importsFromOutside(from, text).map((path) => `${from} imports ${path}`);
  });
  expect(outside.toSorted()).toEqual([
    "agent/mcp-endpoint.ts imports /dist/view.html",
    "pages/panel/preview-routes.tsx imports /dist/view.html",
  ]);
  for (const target of ["../../scripts/bench/quantile.ts", "../../test/support/clock.ts", "../../package.json"])
    expect(importsFromOutside("analytics/day.ts", `import { a } from "${target}";`)).toEqual([target.slice(5)]);
});

it("imports nothing from the folder of one tool into another tool", () => {
  const folderOf = (path: string) => /^tools\/[^/]+\//.exec(path)?.[0];
  const ofTools = [...graph].filter(([from]) => from.startsWith("tools/"));
  const edges = ofTools.flatMap(([from, targets]) => targets.map(({ to }) => ({ from, to })));
  const foreign = edges.filter(({ from, to }) => folderOf(to) !== undefined && folderOf(from) !== folderOf(to));
  expect(edges.length).toBeGreaterThan(200);
  expect(foreign.filter(({ from }) => from !== "tools/data-tools.ts")).toEqual([]); // it lists the tools
});

it("is imported by the simulator only where the simulator serves the product or sets its clock", () => {
  const simulator = import.meta.glob<string>("../sandbox/**/*.{ts,tsx}", {
    query: "?raw",
    import: "default",
    eager: true,
  });
  const importing = Object.keys(simulator).filter((file) =>
    importsOf(simulator[file] ?? "").some(({ target }) => /^(\.\.\/)+src\//.test(target)),
  );
  const allowed = importing.filter((file) => file === "../sandbox/worker.ts" || file.startsWith("../sandbox/clock/"));
  expect(importing.length).toBeGreaterThan(0);
  expect(importing).toEqual(allowed);
});

it("imports the clock only where requests are answered, and takes it as an argument everywhere else", () => {
  const importing = [...graph].filter(([, edges]) => edges.some(({ to }) => to === "clock.ts")).map(([file]) => file);
  expect(importing.length).toBeGreaterThan(5);
  const allowed = /^((agent|auth|pages|registry|web)\/|grants\/oauth-store\.ts$)/;
  expect(importing.filter((file) => !allowed.test(file))).toEqual([]);
});

it("sends requests past the guarded fetch only from the two files that ask Ōura", () => {
  const importing = [...graph].filter(([, edges]) => edges.some(({ to }) => to === "oura/fetch-oura.ts"));
  expect(importing.map(([file]) => file).toSorted()).toEqual(["agent/parts.ts", "pages/operator-routes.ts"]);
});

it("imports only the packages listed for its folder, and each listed one is imported", () => {
  const found: Record<string, string[]> = {};
  for (const [file, text] of Object.entries(sources)) {
    const [folder = ""] = file.replace("../src/", "").split("/");
    const own = importsOf(text).flatMap(({ target }) => (target.startsWith(".") ? [] : [packageOf(target)]));
    if (own.length > 0) found[folder] = [...new Set([...(found[folder] ?? []), ...own])].toSorted();
  }
  expect(found).toEqual(packages);
});

it("keeps no state in the modules of src/analytics, so that every call computes from its arguments alone", () => {
  const state = /^(export )?(let|var) |^(export )?const .* = (new (Weak)?(Map|Set)(<.*>)?\(\)|memoise\()/m;
  expect("const tables = new Map<number, Float64Array>();").toMatch(state);
  const stateful = Object.entries(sources).filter(([file, text]) => file.includes("/analytics/") && state.test(text));
  expect(stateful.map(([file]) => file)).toEqual([]);
});

it("has no import cycles, except for the types of the platform's bindings", () => {
  expect(findCircles(graph, (_from, { isType }) => !isType)).toEqual([]);
  expect(findCircles(graph, (from) => from !== "bindings.ts")).toEqual([]);
});

it("has no import cycles in the simulator, the scripts and the tests either, not even of types", () => {
  const others = import.meta.glob<string>(["/sandbox/**/*.{ts,tsx}", "/scripts/**/*.ts", "/test/**/*.{ts,tsx}"], {
    query: "?raw",
    import: "default",
    eager: true,
  });
  const edges = graphOf(others, "/");
  expect([...edges.keys()]).toEqual(expect.arrayContaining(["sandbox/world.ts", "scripts/check.ts"]));
  expect(edges.get("test/support/setup.ts")?.length).toBeGreaterThan(0);
  expect(edges.get("sandbox/people/sleep-documents.ts")).toContainEqual({
    to: "sandbox/people/readiness-documents.ts",
    isType: false,
  });
  expect(findCircles(edges, () => true)).toEqual([]);
});

it("never imports the simulator", () => {
  const guilty = Object.entries(sources).filter(([, text]) => /["'`][^"'`\n]*sandbox\//.test(text));
  expect(guilty.map(([file]) => file)).toEqual([]);
});

it("limits a tool's file to ten project imports, including types, and the agent to ten files", () => {
  const tools = Object.entries(sources).filter(([, text]) => /define(Account)?Tool\(\{/.test(text));
  expect(tools.length).toBeGreaterThan(9);
  const crowded = tools
    .map(([file]) => ({ file, modules: graph.get(file.replace("../src/", "")) ?? [] }))
    .filter(({ modules }) => modules.length > 10);
  expect(crowded.map(({ file }) => file)).toEqual([]);
  expect(Object.keys(sources).filter((file) => file.startsWith("../src/agent/")).length).toBeLessThanOrEqual(10);
});

it.each(["settleDays", "createGaps"])("calls %s in one place only: where a question is opened", (name) => {
  const callers = Object.entries(sources).filter(([, text]) =>
    new RegExp(`(?<!function )\\b${name}\\(`).test(stripComments(text)),
  );
  expect(callers.map(([file]) => file)).toEqual(["../src/question/open-question.ts"]);
});
