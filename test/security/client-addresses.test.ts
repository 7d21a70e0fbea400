import { env, exports } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createAccount, discover, register, registerClient } from "../../sandbox/walk.ts";
import { createGuardedFetch, createGuardedWarning } from "../../src/auth/guarded-fetch.ts";
import { fetchOura } from "../../src/oura/fetch-oura.ts";
import { assertionType, createKeyedClient } from "../support/client-assertions.ts";
import { clock } from "../support/clock.ts";
import { createBrowser, origin } from "../support/product.ts";
import { takeUnknownHosts } from "../support/unknown-hosts.ts";

/** Numbers are the lines of docs/security.md. */
afterEach(() => {
  vi.restoreAllMocks();
});

let addresses = 0;

function askForToken(fields: [string, string][], headers: Record<string, string> = {}): Promise<Response> {
  addresses += 1;
  return exports.default.fetch(`${origin}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams([["grant_type", "authorization_code"], ["code", "x"], ...fields]),
    headers: { "cf-connecting-ip": `10.20.0.${addresses}`, ...headers },
  });
}

async function errorOf(response: Response): Promise<[number, string]> {
  const { error } = await response.json<{ error: string }>();
  return [response.status, error];
}

const inner = "https://10.0.0.1/client.json";

function unsignedAssertion(claims: object, encode: (text: string) => string): string {
  return [JSON.stringify({ alg: "ES256" }), JSON.stringify(claims), "x"].map(encode).join(".");
}

const standard = (text: string) => btoa(text);
const urlSafe = (text: string) => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

describe("20. an address that a client names", () => {
  it.each<[string, number, string]>([
    ["https://10.0.0.1/keys", 401, "invalid_client"],
    ["https://127.0.0.1/keys", 401, "invalid_client"],
    ["https://metadata.google.internal/keys", 401, "invalid_client"],
    ["http://a.test/", 503, "temporarily_unavailable"], // a document with such an address cannot be read at all
  ])("20. is not fetched for its keys if it is %s", async (keysAt, status, error) => {
    const client = await createKeyedClient(origin, clock.now, keysAt);
    const answer = await askForToken([
      ["client_assertion", await client.assert()],
      ["client_assertion_type", assertionType],
    ]);
    expect(await errorOf(answer)).toEqual([status, error]);
    expect(await takeUnknownHosts()).toEqual([]);
  });

  it("20. is not fetched where keys redirect to", async () => {
    const client = await createKeyedClient(origin, clock.now, "https://assistant.test/keys-elsewhere");
    const answer = await askForToken([
      ["client_assertion", await client.assert()],
      ["client_assertion_type", assertionType],
    ]);
    expect(await errorOf(answer)).toEqual([401, "invalid_client"]);
    expect(await takeUnknownHosts()).toEqual([]);
  });

  it("20. is not fetched where a document redirects to", async () => {
    expect(await errorOf(await askForToken([["client_id", "https://assistant.test/elsewhere.json"]]))).toEqual([
      503,
      "temporarily_unavailable",
    ]);
    expect(await takeUnknownHosts()).toEqual([]);
  });

  it.each<[string, [string, string][]]>([
    [
      "after an empty assertion",
      [
        ["client_assertion", ""],
        ["client_assertion", unsignedAssertion({ iss: inner, sub: inner }, urlSafe)],
      ],
    ],
    [
      "in standard base64",
      [["client_assertion", unsignedAssertion({ iss: inner, sub: inner, n: "~~~???>>>" }, standard)]],
    ],
    ["without padding", [["client_assertion", unsignedAssertion({ iss: inner, sub: inner }, urlSafe)]]],
    [
      "after an empty client_id",
      [
        ["client_id", ""],
        ["client_id", inner],
      ],
    ],
    [
      "after an accepted client_id",
      [
        ["client_id", "https://assistant.test/client.json"],
        ["client_id", inner],
      ],
    ],
    [
      "before an accepted client_id",
      [
        ["client_id", inner],
        ["client_id", "https://assistant.test/client.json"],
      ],
    ],
    [
      "in an assertion beside another client_id",
      [
        ["client_id", "https://assistant.test/client.json"],
        ["client_assertion", unsignedAssertion({ iss: inner, sub: inner }, urlSafe)],
      ],
    ],
    [
      "in an assertion that is no JSON",
      [
        ["client_assertion", `x.${btoa(inner)}.x`],
        ["client_id", inner],
      ],
    ],
  ])("20. is not fetched %s", async (_way, fields) => {
    const answer = await askForToken([...fields, ["client_assertion_type", assertionType]]);
    const [status, error] = await errorOf(answer);
    expect(["400 invalid_request", "401 invalid_client"]).toContain(`${status} ${error}`);
    expect(await takeUnknownHosts()).toEqual([]);
  });

  it.each([
    `Basic ${btoa(`${inner}:x`)}`,
    `BASIC  ${btoa(`${encodeURIComponent(inner)}:x`)}`,
    "Basic",
    "Basic %%%",
    `Basic ${btoa("%:x")}`,
  ])("20. is not fetched with the authorization %s", async (authorization) => {
    expect(await errorOf(await askForToken([], { authorization }))).toEqual([401, "invalid_client"]);
    expect(await takeUnknownHosts()).toEqual([]);
  });
});

describe("20. the client of a token request", () => {
  it.each([
    ["an assertion that cannot be read", { client_assertion: "a.b.c" }, "cannot be read"],
    [
      "an assertion of another client",
      { client_assertion: unsignedAssertion({ iss: "x" }, urlSafe) },
      "more than one client",
    ],
  ])("20. is not looked up with %s beside its id", async (_what, fields, words) => {
    const id = "https://assistant.test/client.json";
    const answer = await askForToken([
      ["client_id", id],
      ["client_assertion_type", assertionType],
      ...Object.entries(fields),
    ]);
    expect((await answer.json<{ error_description: string }>()).error_description).toContain(words);
  });

  it.each(["client_id", "client_secret", "client_assertion", "client_assertion_type"])(
    "20. is refused if %s is repeated",
    async (name) => {
      const answer = await askForToken([
        [name, "a"],
        [name, ""],
      ]);
      expect(await errorOf(answer)).toEqual([400, "invalid_request"]);
    },
  );

  it("20. may repeat its id beside Basic authorization, and name no other", async () => {
    const browser = createBrowser();
    const answer = await browser.postJson("/oauth/register", {
      client_name: "Test",
      redirect_uris: ["https://assistant.test/callback"],
      token_endpoint_auth_method: "client_secret_basic",
    });
    const { client_id, client_secret } = await answer.json<{ client_id: string; client_secret: string }>();
    const authorization = `Basic ${btoa(`${client_id}:${client_secret}`)}`;
    const known = await errorOf(await askForToken([["client_id", client_id]], { authorization }));
    expect(known).toEqual([400, "invalid_grant"]); // the client is accepted, the code is not
    const other = await errorOf(await askForToken([["client_id", "other"]], { authorization }));
    expect(other).toEqual([400, "invalid_request"]);
  });

  it("20. is accepted with a genuine assertion, for a code that nobody issued", async () => {
    const client = await createKeyedClient(origin, clock.now);
    const fields: [string, string][] = [
      ["client_assertion", await client.assert()],
      ["client_assertion_type", assertionType],
    ];
    expect(await errorOf(await askForToken(fields))).toEqual([400, "invalid_grant"]);
  });
});

describe("20. the library's requests", () => {
  it("20. are checked without knowing them: so is every request of the worker, except those to Ōura", async () => {
    await expect(fetch("https://10.0.0.1/keys")).rejects.toThrow("public");
    await expect(fetch("https://assistant.test/elsewhere.json")).rejects.toThrow("redirects");
    expect(await takeUnknownHosts()).toEqual([]);
    expect((await fetchOura("https://assistant.test/elsewhere.json", { redirect: "manual" })).status).toBe(302);
    await fetchOura("https://10.0.0.1/");
    expect(await takeUnknownHosts()).toEqual(["https://10.0.0.1"]);
  });

  it("20. fail behind every redirect and for every address that is not public", async () => {
    const asked: [string, string | undefined][] = [];
    const guarded = createGuardedFetch(async (input, init) => {
      asked.push([String(input), init?.redirect]);
      return new Response(null, { status: Number(new URL(String(input)).pathname.slice(1)) });
    });
    for (const status of [301, 302, 303, 304, 307, 308]) {
      await expect(guarded(`https://a.test/${status}`)).rejects.toThrow("redirects");
    }
    await expect(guarded("https://10.0.0.1/200", { redirect: "follow" })).rejects.toThrow("public");
    await expect(guarded(new Request("https://[::1]/200"))).rejects.toThrow("public");
    expect((await guarded("https://a.test/200", { redirect: "follow" })).status).toBe(200);
    expect(asked.every(([address, redirect]) => address.startsWith("https://a.test/") && redirect === "manual")).toBe(
      true,
    );
  });
});

describe("20. what a client calls itself in the log", () => {
  it.each([
    ["a line break", "https://assistant.test/x%0a\nforged line"],
    ["five thousand characters", `https://assistant.test/${"x".repeat(5_000)}`],
    ["a document with another id", "https://assistant.test/impostor.json"],
  ])("20. is on one line and short: %s", async (_name, clientId) => {
    const warned: string[] = [];
    vi.spyOn(console, "warn").mockImplementation((...parts) => void warned.push(parts.map(String).join(" ")));
    await askForToken([["client_id", clientId]]);
    const browser = createBrowser();
    await browser.open(`/authorize?${new URLSearchParams({ response_type: "code", client_id: clientId })}`);
    for (const line of warned) {
      expect(line).not.toMatch(/[\n\r\u2028]/);
      expect(line.length).toBeLessThan(500);
    }
  });

  it("20. is on one line and short in every warning of the library; the worker's own warnings are unchanged", () => {
    const logged: unknown[][] = [];
    const warn = createGuardedWarning((...parts) => void logged.push(parts));
    const own = JSON.stringify({ event: "oauth_error", reason: "x".repeat(400) });
    warn(own);
    warn("CIMD fetch failed for https://assistant.test/x:", "a\nforged line");
    warn("Failed to renew client registration", "x\n".repeat(400));
    expect(logged.every((parts) => parts.length === 1)).toBe(true);
    const [first, ...others] = logged.map(([line]) => String(line));
    expect(first).toBe(own);
    expect(others.map((line) => JSON.parse(line).event)).toEqual(["client_document_refused", "library_warning"]);
    for (const line of others) {
      expect(line).not.toContain("\\n");
      expect(line.length).toBeLessThan(400);
    }
  });
});

describe("20. a redirect address", () => {
  const odd = ["https://a.test;script-src/cb", "https://a,b.test/cb", "https://a'b.test/cb", "https://a$b.test/cb"];

  it.each(odd)(
    "20. with a host that would break the content security policy is not registered: %s",
    async (address) => {
      const before = (await env.OAUTH_KV.list({ prefix: "client:" })).keys.length;
      const body = { client_name: "x", redirect_uris: [address], token_endpoint_auth_method: "none" };
      expect((await createBrowser().postJson("/oauth/register", body)).status).toBe(400);
      expect((await env.OAUTH_KV.list({ prefix: "client:" })).keys).toHaveLength(before);
    },
  );

  it("20. of an older registration with such a host gets a page and no redirect", async () => {
    const browser = createBrowser();
    await createAccount(browser);
    await register(browser);
    const server = await discover(browser);
    const client = await registerClient(browser, server, { name: "Test", redirectUri: "https://a.test/cb" });
    const [address = ""] = odd;
    const key = `client:${client.clientId}`;
    const stored = await env.OAUTH_KV.get<object>(key, "json");
    await env.OAUTH_KV.put(key, JSON.stringify({ ...stored, redirectUris: [address] }), { expirationTtl: 600 });
    for (const changes of [{}, { code_challenge_method: "plain" }]) {
      const query = new URLSearchParams({
        response_type: "code",
        client_id: client.clientId,
        redirect_uri: address,
        code_challenge: "x".repeat(43),
        code_challenge_method: "S256",
        ...changes,
      });
      const page = await browser.open(`/authorize?${query}`);
      expect([page.status, page.headers.get("location")]).toEqual([400, null]);
      expect(page.headers.get("content-security-policy")).not.toContain("a.test");
    }
  });
});

describe("20. an unsupported response type", () => {
  it.each(["token", "id_token", "code token", "x"])("20. is answered by a page: %s", async (response_type) => {
    const browser = createBrowser();
    const server = await discover(browser);
    const client = await registerClient(browser, server, { name: "Test", redirectUri: "https://a.test/cb" });
    const query = new URLSearchParams({ response_type, client_id: client.clientId, redirect_uri: client.redirectUri });
    const page = await browser.open(`/authorize?${query}`);
    expect([page.status, page.headers.get("location")]).toEqual([400, null]);
    expect(await page.text()).toContain("The assistant got no access");
  });
});
