import { env, exports } from "cloudflare:workers";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { Visitor } from "../../sandbox/visitor.ts";
import { createAccount, register } from "../../sandbox/walk.ts";
import wranglerSettings from "../../wrangler.toml?raw";
import { expectLocalPage } from "../support/consent.ts";
import { longestKept } from "../support/kept.ts";
import { createBrowser, origin } from "../support/product.ts";
import { takeUnknownHosts } from "../support/unknown-hosts.ts";

/** Numbers are the lines of docs/security.md. */
let browser: Visitor;

beforeAll(async () => {
  browser = createBrowser();
  await createAccount(browser);
  await register(browser);
});

afterEach(() => {
  vi.useRealTimers();
});

let asked = 0;

/** Opens a page as the signed-in person, each time from another IP address to avoid rate limits. */
function open(path: string): Promise<Response> {
  asked += 1;
  const headers = { accept: "text/html", cookie: browser.cookies(), "cf-connecting-ip": `10.14.0.${asked}` };
  return exports.default.fetch(`${origin}${path}`, { redirect: "manual", headers });
}

const authorize = (changes: Record<string, string> = {}) =>
  open(
    `/authorize?${new URLSearchParams({
      response_type: "code",
      client_id: "https://assistant.test/client.json",
      redirect_uri: "https://assistant.test/callback",
      code_challenge: "x".repeat(43),
      code_challenge_method: "S256",
      ...changes,
    })}`,
  );

/** Internal addresses in every notation, and addresses with a port or a misleading name. */
const hidden = [
  "https://127.0.0.1/client.json",
  "https://2130706433/client.json",
  "https://0x7f.1/client.json",
  "https://0177.0.0.1/client.json",
  "https://127.1/client.json",
  "https://169.254.169.254/latest/meta-data",
  "https://10.0.0.1/client.json",
  "https://[::1]/client.json",
  "https://[fd00::1]/client.json",
  "https://[::ffff:127.0.0.1]/client.json",
  "https://localhost/client.json",
  "https://localhost./client.json",
  "https://intranet/client.json",
  "https://metadata.google.internal/client.json",
  "https://printer.local/client.json",
  "https://strangers.example./client.json",
  "https://strangers.example:8443/client.json",
  "https://user@strangers.example/client.json",
  "https://strangers.example%2f@127.0.0.1/client.json",
];

describe("2. a client with a metadata document at its own address", () => {
  it("2. is shown with its proven domain", async () => {
    const html = await (await authorize()).text();
    expect(html).toContain("Allow “Documented assistant” to read your Ōura Ring?");
    expect(html).toMatch(/Published by<\/dt>\s*<dd>\s*<strong>assistant\.test<\/strong>/);
    expect(html).not.toContain("not known: ");
  });

  it("2. cannot have an excessively long name", async () => {
    const answer = await browser.postJson("/oauth/register", {
      client_name: `Long ${"x".repeat(500_000)}`,
      redirect_uris: ["http://127.0.0.1:4711/callback"],
      token_endpoint_auth_method: "none",
    });
    if (answer.status >= 400) return; // a refusal is also fine
    const { client_id } = await answer.json<{ client_id: string }>();
    const response = await authorize({ client_id, redirect_uri: "http://127.0.0.1:4711/callback" });
    expect((await response.text()).length).toBeLessThan(20_000);
  });
});

describe("14. a client's document", () => {
  it("14. without the request's redirect address is refused", async () => {
    await expectLocalPage(
      await authorize({ redirect_uri: "https://evil.test/callback" }),
      /The assistant got no access/,
    );
  });

  it.each(["large", "unmeasured", "impostor", "moved", "redirect", "page", "script", "missing"])(
    "14. is refused if it is %s: too big, for another id, moved, behind a redirect, not JSON, with a script or missing",
    async (name) => {
      const response = await authorize({ client_id: `https://assistant.test/${name}.json` });
      await expectLocalPage(response, /The assistant got no access/);
      await takeUnknownHosts(); // clear the list: the missing document was requested on purpose
    },
  );

  it.each([
    "http://assistant.test/client.json",
    "http://localhost/client.json",
    "http://169.254.169.254/latest/meta-data",
    "file:///etc/passwd",
    "https://assistant.test",
    "https://user:word@assistant.test/client.json",
    "https://assistant.test/a/../client.json",
    "https://assistant.test/client.json#x",
    "https://assistant.test/%2e%2e/client.json",
    ...hidden,
  ])("14. at %j is not fetched", async (client_id) => {
    await expectLocalPage(await authorize({ client_id }), /The assistant got no access/);
    const next = `/authorize?${new URLSearchParams({ client_id, response_type: "code" })}`;
    expect((await open(`/register?${new URLSearchParams({ next })}`)).status).toBe(400);
    expect(await takeUnknownHosts()).toEqual([]);
  });

  it("14. is fetched for at most ten seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    let answered = false;
    const answer = authorize({ client_id: "https://assistant.test/slow.json" }).finally(() => (answered = true));
    await expect.poll(() => vi.getTimerCount(), { interval: 0 }).toBeGreaterThan(0);
    await vi.advanceTimersByTimeAsync(9_900);
    expect(answered).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    await expectLocalPage(await answer, /The assistant got no access/);
  });

  it.each(hidden)("14. at %j is not fetched for a token request either, with any client authentication", async (id) => {
    const encode = (text: string) => new TextEncoder().encode(text).toBase64({ alphabet: "base64url" });
    const type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    const assertion = [{ alg: "ES256" }, { iss: id, sub: id, jti: "x" }].map((part) => encode(JSON.stringify(part)));
    const ways: [Record<string, string>, Record<string, string>][] = [
      [{ client_id: id }, {}],
      [{}, { authorization: `Basic ${btoa(`${encodeURIComponent(id)}:x`)}` }],
      [{ client_assertion: [...assertion, encode("x")].join("."), client_assertion_type: type }, {}],
    ];
    for (const [fields, headers] of ways) {
      const answer = await exports.default.fetch(`${origin}/oauth/token`, {
        method: "POST",
        body: new URLSearchParams({ grant_type: "authorization_code", code: "x", ...fields }),
        headers,
      });
      expect(await answer.json()).toMatchObject({ error: "invalid_client" });
    }
    expect(await takeUnknownHosts()).toEqual([]);
  });

  it("14. is fetched from public addresses only: the compatibility flag is set", () => {
    expect(wranglerSettings).toMatch(/^compatibility_flags = \[.*"global_fetch_strictly_public".*\]$/m);
  });
});

describe("15. a client that registers itself", () => {
  it("15. is stored for 90 days at most", async () => {
    const answer = await browser.postJson("/oauth/register", {
      client_name: "x",
      redirect_uris: ["http://127.0.0.1:4711/callback"],
      token_endpoint_auth_method: "none",
    });
    expect(answer.status).toBe(201);
    const { keys } = await env.OAUTH_KV.list({ prefix: "client:" });
    expect(keys.length).toBeGreaterThan(0);
    expect(longestKept(keys)).toBeLessThanOrEqual(90 * 86_400);
  });

  it.each<[string, unknown]>([
    ["no redirect address", { client_name: "x" }],
    ["an invalid redirect address", { client_name: "x", redirect_uris: ["nowhere"] }],
    ["a body of over a megabyte", { client_name: "x".repeat(1_100_000), redirect_uris: ["http://127.0.0.1/cb"] }],
    ["a body that is not an object", [1]],
    ["a name that is too long", { client_name: "x".repeat(201), redirect_uris: ["http://127.0.0.1/cb"] }],
    [
      "a redirect address of a page's length",
      { client_name: "x", redirect_uris: [`https://a.test/${"x".repeat(1_000)}`] },
    ],
    [
      "more redirect addresses than anybody has",
      { client_name: "x", redirect_uris: Array.from({ length: 21 }, (_, at) => `https://a.test/${at}`) },
    ],
    [
      "more of anything else than a client is",
      { client_name: "x", redirect_uris: ["http://127.0.0.1/cb"], contacts: Array(800).fill("somebody@a.test") },
    ],
  ])("15. is refused with %s, and nothing is stored", async (_name, body) => {
    const before = (await env.OAUTH_KV.list({ prefix: "client:" })).keys.length;
    const answer = await browser.postJson("/oauth/register", body);
    expect([400, 413]).toContain(answer.status);
    expect((await env.OAUTH_KV.list({ prefix: "client:" })).keys).toHaveLength(before);
  });

  it("15. gets an error that names the exceeded limit", async () => {
    const body = { client_name: "x".repeat(201), redirect_uris: ["http://127.0.0.1/cb"] };
    const answer = await browser.postJson("/oauth/register", body);
    expect(await answer.json()).toEqual({
      error: "invalid_client_metadata",
      error_description: expect.stringContaining("client_name may have at most 200 characters"),
    });
  });

  it("15. cannot choose its own id or use another's", async () => {
    const form = { client_name: "x", redirect_uris: ["http://127.0.0.1/cb"], token_endpoint_auth_method: "none" };
    const first = await (await browser.postJson("/oauth/register", form)).json<{ client_id: string }>();
    const answer = await browser.postJson("/oauth/register", { ...form, client_id: first.client_id });
    expect(await answer.json()).not.toMatchObject({ client_id: first.client_id });
  });
});
