import { expect, it } from "vitest";

/** Lower layers first. A file may import from its own layer and from those before it. */
const layers = [
  ["errors.ts", "outcome.ts"],
  ["crypto/"],
  ["config.ts"],
  ["analytics/"],
  ["oura/"],
  ["words/"],
  ["account/"], // ways in and sessions
  ["grants/"], // approvals of assistants and the OAuth provider's store
  ["registry/"], // places and counts
  ["connection/"], // Oura's tokens
  ["question/"],
  ["tools/"],
  ["prompts/", "resources/"],
  ["views/"], // what runs inside a host's frame; of the rest it knows the answers alone
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

const sources = import.meta.glob<string>("../src/**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });

function layerOf(path: string): number {
  return layers.findIndex((names) =>
    names.some((name) => path === name || (name.endsWith("/") && path.startsWith(name))),
  );
}

it("finds a layer for every source file", () => {
  const paths = Object.keys(sources).map((path) => path.replace("../src/", ""));
  expect(paths.length).toBeGreaterThan(50);
  expect(paths.filter((path) => layerOf(path) < 0)).toEqual([]);
});

it("imports only downwards", () => {
  const upwards: string[] = [];
  for (const [file, text] of Object.entries(sources)) {
    const from = file.replace("../src/", "");
    for (const [, target = ""] of text.matchAll(/from "(\.{1,2}\/[^"]+)"/g)) {
      const to = new URL(target, `file:///${from}`).pathname.slice(1);
      if (layerOf(to) > layerOf(from)) upwards.push(`${from} imports ${to}`);
    }
  }
  expect(upwards).toEqual([]);
});

it("never imports the simulator", () => {
  const guilty = Object.entries(sources).filter(([, text]) => /["'`][^"'`\n]*sandbox\//.test(text));
  expect(guilty.map(([file]) => file)).toEqual([]);
});
