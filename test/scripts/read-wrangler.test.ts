import { describe, expect, it } from "vitest";
import {
  isSignedOut,
  namespaceExists,
  readDeployedUrl,
  readNamespaceId,
  readSecretNames,
} from "../../scripts/deploy/read-wrangler.ts";

/** What wrangler 4.155 writes to WRANGLER_OUTPUT_FILE_PATH. */
function report(targets?: readonly string[]): string {
  const stamp = { version: 1, timestamp: "2026-11-24T18:00:00.000Z" };
  const session = { type: "wrangler-session", wrangler_version: "4.155.0", command_line_args: ["deploy"], ...stamp };
  const deploy = { type: "deploy", worker_name: "ringbridge", worker_tag: "t", version_id: "v", targets, ...stamp };
  return `${JSON.stringify(session)}\n${JSON.stringify(deploy)}\n`;
}

const workersDev = "https://ringbridge.someone.workers.dev";

describe("the address of a deployment", () => {
  it.each([
    ["workers.dev", [workersDev], workersDev],
    ["a custom domain", ["ring.example.org (custom domain - zone name: example.org)"], "https://ring.example.org"],
    ["a custom domain with a zone id", ["ring.example.org (custom domain - zone id: 0f)"], "https://ring.example.org"],
    ["a custom domain without a zone", ["ring.example.org (custom domain)"], "https://ring.example.org"],
    [
      "one with its switches",
      ["ring.example.org (custom domain) [production: enabled, previews: disabled]"],
      "https://ring.example.org",
    ],
    ["a top level in Punycode", ["ring.xn--e1afmkfd.xn--p1ai (custom domain)"], "https://ring.xn--e1afmkfd.xn--p1ai"],
    ["a name in another script", ["кольцо.пример.рф (custom domain)"], "https://xn--j1acib3b9a.xn--e1afmkfd.xn--p1ai"],
    ["a route for a whole host", ["ring.example.org/* (zone name: example.org)"], "https://ring.example.org"],
    ["a route with its scheme", ["https://ring.example.org/*"], "https://ring.example.org"],
  ])("is read from %s", (_form, targets, address) => {
    expect(readDeployedUrl(report(targets))).toBe(address);
  });

  it("prefers a custom domain, then a route, then workers.dev, in any order of the list", () => {
    const [route, custom] = ["route.example.org/*", "ring.example.org (custom domain - zone name: example.org)"];
    expect(readDeployedUrl(report([workersDev, route, custom]))).toBe("https://ring.example.org");
    expect(readDeployedUrl(report([workersDev, route]))).toBe("https://route.example.org");
    expect(readDeployedUrl(report([workersDev, "off.example.org (custom domain) [production: disabled]"]))).toBe(
      workersDev,
    );
  });

  it.each([
    ["no targets", undefined],
    ["an empty list", []],
    ["a schedule", ["schedule: 0 3 * * *"]],
    ["a queue with dots in its name", ["Producer for some.queue"]],
    ["a wildcard in the host", ["*.example.org/*"]],
    ["some paths of a host", ["example.org/ring/* (zone name: example.org)"]],
    ["the end of a shortened list", ["...and 4 more routes"]],
  ])("is null for %s", (_form, targets) => {
    expect(readDeployedUrl(report(targets))).toBeNull();
  });

  it("is null if nothing was reported", () => {
    expect(readDeployedUrl("")).toBeNull();
  });
});

describe("the names of secrets", () => {
  const printed = (names: readonly string[]) =>
    JSON.stringify(
      names.map((name) => ({ name, type: "secret_text" })),
      null,
      "  ",
    );

  it.each([
    "",
    "\n",
    "📎 It looks like you are authenticating Wrangler via a custom API token.\n\n",
    "[a line] {of} []\n",
  ])("are read after %j", (before) => {
    expect(readSecretNames(`${before}${printed(["OURA_CLIENT_ID", "TOKEN_KEYS"])}\n`)).toEqual([
      "OURA_CLIENT_ID",
      "TOKEN_KEYS",
    ]);
    expect(readSecretNames(`${before}${printed([])}\n`)).toEqual([]);
  });

  it.each(["", "\n", "Something else was printed.\n", '{"error": "no"}\n'])(
    "are null, not an empty list, for %j",
    (output) => {
      expect(readSecretNames(output)).toBeNull();
    },
  );
});

it("reports nobody signed in only if wrangler says so", () => {
  expect(isSignedOut('\n{"loggedIn":false}\n')).toBe(true);
  expect(isSignedOut('{\n  "loggedIn": true,\n  "authType": "OAuth Token"\n}\n')).toBe(false);
  // A wrong token or an outage: the error is on standard error, which is shown.
  expect(isSignedOut("\n")).toBe(false);
});

it("distinguishes an existing KV namespace from other failures", () => {
  const line = (code: number | null) =>
    `${JSON.stringify({ type: "command-failed", version: 1, code, message: "" })}\n`;
  expect(namespaceExists(report([]) + line(10014))).toBe(true);
  expect([line(10000), line(null), report([]), ""].map(namespaceExists)).toEqual([false, false, false, false]);
});

it("finds a KV namespace by its title", () => {
  const list = JSON.stringify([{ id: "0f", title: "ringbridge-oauth-kv", supports_url_encoding: true }], null, 2);
  expect(readNamespaceId(list, "ringbridge-oauth-kv")).toBe("0f");
  expect(readNamespaceId(list, "another-oauth-kv")).toBeNull();
});
