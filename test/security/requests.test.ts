import { runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { authorizeClient, createAccount, discover, exchangeCode, register } from "../../sandbox/walk.ts";
import { readSettings } from "../../src/config.ts";
import { createRouter } from "../../src/router.tsx";
import { type Assistant, connectAssistant, createBrowser, origin } from "../support/product.ts";
import { fetchWith, mcpRequest } from "../support/wire.ts";

/** Numbers are the lines of docs/security.md. */
let assistant: Assistant;

beforeAll(async () => {
  assistant = await connectAssistant();
});

async function statusOf(response: Response | Promise<Response>): Promise<number> {
  const { status, body } = await response;
  await new Response(body).text();
  return status;
}

describe("17. the MCP endpoint", () => {
  it.each(["https://evil.test", "http://localhost.evil.test", "null", "http://evil.test:80"])(
    "17. does not answer pages of %s",
    async (page) => {
      const { access_token } = assistant.tokens;
      expect(await statusOf(exports.default.fetch(mcpRequest(access_token, { headers: { origin: page } })))).toBe(403);
    },
  );

  it.each(["https://claude.ai", "https://chatgpt.com", origin])(
    "17. answers %s, the origin of an assistant",
    async (page) => {
      const { access_token } = assistant.tokens;
      expect(await statusOf(exports.default.fetch(mcpRequest(access_token, { headers: { origin: page } })))).toBe(200);
    },
  );

  it("17. answers the page that registered the client, and no other page with this client's tokens", async () => {
    const browser = createBrowser();
    await createAccount(browser);
    await register(browser);
    const server = await discover(browser);
    const redirectUri = "http://127.0.0.1:4711/callback";
    const registered = await exports.default.fetch(server.registrationEndpoint, {
      method: "POST",
      headers: { origin: "https://app.test", "content-type": "application/json" },
      body: JSON.stringify({ client_name: "x", redirect_uris: [redirectUri], token_endpoint_auth_method: "none" }),
    });
    const { client_id } = await registered.json<{ client_id: string }>();
    const client = { clientId: client_id, redirectUri };
    const walk = await authorizeClient(browser, server, client, { person: "no_ring", scopes: null });
    const { access_token } = await exchangeCode(browser, server, client, walk);
    const from = (page: string, token: string) =>
      statusOf(exports.default.fetch(mcpRequest(token, { headers: { origin: page } })));
    expect(await from("https://app.test", access_token)).toBe(200);
    expect(await from("https://evil.test", access_token)).toBe(403);
    expect(await from("https://app.test", assistant.tokens.access_token)).toBe(403);
  });

  it.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["nothing", ""],
  ])("17. refuses a registration by a page that is %s as it refuses a program's", async (_what, body) => {
    const headers = { origin: "https://app.test", "content-type": "application/json" };
    const sent = await exports.default.fetch(`${origin}/oauth/register`, { method: "POST", headers, body });
    expect([sent.status, (await sent.json<{ error: string }>()).error]).toEqual([400, expect.any(String)]);
  });

  it("17. answers only under its own host name", async () => {
    const { access_token } = assistant.tokens;
    const rebound = mcpRequest(access_token, { headers: { host: "evil.test" } });
    expect(await statusOf(exports.default.fetch(rebound))).toBe(403);
    const foreign = mcpRequest(access_token, { url: "http://evil.test/mcp" });
    expect(await statusOf(exports.default.fetch(foreign))).toBe(421);
    const settings = { PUBLIC_URL: "https://bridge.test" };
    expect(await statusOf(fetchWith(settings, mcpRequest(access_token)))).toBe(421);
  });

  it("17. never lets another site's page read an answer with the person's cookies", async () => {
    const preflight = await exports.default.fetch(`${origin}/mcp`, {
      method: "OPTIONS",
      headers: { origin: "https://evil.test", "access-control-request-method": "POST" },
    });
    expect(preflight.headers.get("access-control-allow-credentials")).toBeNull();
  });
});

/** Every address that changes state. */
function posts(): string[] {
  const settings = readSettings(env);
  if (settings.kind !== "ready") throw new Error("the test pool has all settings");
  const { routes } = createRouter(settings, origin);
  return [...new Set(routes.filter(({ method }) => method === "POST").map(({ path }) => path))];
}

describe("17. a form of another site", () => {
  it("17. is tested for every address that changes state", () => {
    expect(posts().length).toBeGreaterThan(15);
  });

  it.each(posts())("17. has no effect at %s, with the person's cookies", async (path) => {
    const { browser } = assistant;
    const cookie = browser.cookies();
    const forms = ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain", ""];
    for (const type of [...forms, "application/json", "application/csp-report"]) {
      for (const from of ["https://evil.test", "null", null]) {
        const response = await exports.default.fetch(`${origin}${path}`, {
          method: "POST",
          body: new TextEncoder().encode("decision=allow"),
          headers: {
            ...(type && { "content-type": type }),
            accept: "application/json",
            ...(from && { origin: from, "sec-fetch-site": "cross-site" }),
            cookie,
          },
        });
        expect([type, from, response.status]).toEqual([type, from, 403]);
        expect(await response.text()).toContain("from a page of another website");
      }
    }
  });

  it.each(["/panel", "/sign-in", "/create-account/options", "/passkeys/options"])(
    "17. cannot read from or send JSON to %s with its scripts",
    async (path) => {
      const preflight = await exports.default.fetch(`${origin}${path}`, {
        method: "OPTIONS",
        headers: {
          origin: "https://evil.test",
          "access-control-request-method": "POST",
          "access-control-request-headers": "content-type",
        },
      });
      expect(preflight.headers.get("access-control-allow-origin")).toBeNull();
    },
  );
});

describe("17. a form of our own pages", () => {
  const signOut = (headers: Record<string, string>) =>
    statusOf(exports.default.fetch(`${origin}/sign-out`, { method: "POST", headers, redirect: "manual" }));

  it("17. is accepted as browsers send it: without a referrer, its origin is null", async () => {
    expect(await signOut({ origin: "null", "sec-fetch-site": "same-origin" })).toBe(303);
    expect(await signOut({ origin, "sec-fetch-site": "same-origin" })).toBe(303);
    expect(await signOut({ origin })).toBe(303); // an older browser
  });

  it("17. is refused where origin and site contradict each other, or the site is another", async () => {
    expect(await signOut({ origin: "https://evil.test", "sec-fetch-site": "same-origin" })).toBe(403);
    expect(await signOut({ origin, "sec-fetch-site": "same-site" })).toBe(403);
    expect(await signOut({ origin: "null", "sec-fetch-site": "none" })).toBe(403);
    expect(await signOut({ origin: "null" })).toBe(403);
  });
});

describe("17. pages", () => {
  it("17. of other origins cannot change state: GET changes nothing", async () => {
    const before = await (await assistant.browser.open("/panel")).text();
    for (const path of posts()) await statusOf(assistant.browser.open(path));
    expect(await (await assistant.browser.open("/panel")).text()).toBe(before);
    expect(await statusOf(createBrowser().open("/panel"))).toBe(302);
  });
});

describe("17. approvals that a newer one replaces", () => {
  const grants = (accountId: string) =>
    runInDurableObject(env.RING_AGENT.getByName(accountId), (_agent, { storage }) => [
      ...storage.kv.list({ prefix: "grant:" }),
    ]);

  it("17. end in the agent at the first use of the newer one, and no header names them", async () => {
    const { browser, client, tokens, accountId, call } = await connectAssistant();
    const other = await connectAssistant({ browser });
    const ids = await runInDurableObject(env.RING_AGENT.getByName(accountId), (_agent, { storage }) =>
      Array.from(storage.kv.list({ prefix: "assistant:" }), ([key]) => key.slice("assistant:".length)),
    );
    expect(ids).toHaveLength(2);
    const claim = mcpRequest(tokens.access_token, { headers: { "x-replaced-approvals": ids.join(",") } });
    expect(await statusOf(exports.default.fetch(claim))).toBe(200);
    for (const ask of [call, other.call]) expect((await ask("oura_get_device")).isError).toBeUndefined();
    expect(await grants(accountId)).toHaveLength(2);

    const server = await discover(browser);
    const walk = await authorizeClient(browser, server, client, { person: "everyday", scopes: null });
    const successor = await exchangeCode(browser, server, client, walk);
    expect(await grants(accountId)).toHaveLength(3);
    const first = await exports.default.fetch(mcpRequest(successor.access_token));
    expect(await statusOf(first)).toBe(200);
    for (const id of ids) expect(JSON.stringify([...first.headers])).not.toContain(id);
    expect(await grants(accountId)).toHaveLength(2); // the client's older grant, not the other assistant's
    expect((await other.call("oura_get_device")).isError).toBeUndefined();
  });
});
