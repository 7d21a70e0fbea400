import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { RingAgent } from "../../src/agent/ring-agent.ts";
import { createTidyList } from "../../src/grants/tidy-list.ts";
import { clock } from "../support/clock.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import { everythingKept, textKept } from "../support/kept.ts";
import { issueOldTokens } from "../support/old-grants.ts";
import { type Assistant, connectAssistant, createBrowser, origin, resetSimulator } from "../support/product.ts";
import { readToken, refreshAs, refreshForm, requestToken, statusOfToken } from "../support/token-requests.ts";
import { fetchWith, mcpRequest, namespaceOf } from "../support/wire.ts";

/** Numbers are the lines of docs/security.md. */
beforeEach(async () => {
  await emptyStorage();
  await resetSimulator();
});

const hour = 3_600_000;
const day = 24 * hour;

/** Workers KV whose daily allowance of these operations is used up. */
function refusing(...operations: ("get" | "put" | "list" | "delete")[]): KVNamespace {
  return new Proxy(env.OAUTH_KV, {
    get(target, key) {
      if (operations.some((name) => name === key)) {
        return () => Promise.reject(new Error(`KV ${String(key)}() failed: 429 Too Many Requests`));
      }
      const member: unknown = Reflect.get(target, key);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
}

const everyWrite = ["put", "list", "delete"] as const;

/** Sends requests with Workers KV that refuses, to the worker and to the agent of one account. */
async function withRefusals<T>(
  { accountId, browser }: Assistant,
  operations: readonly ("get" | "put" | "list" | "delete")[],
  work: (send: (path: string, form?: Record<string, string>) => Promise<Response>) => Promise<T>,
): Promise<T> {
  const OAUTH_KV = refusing(...operations);
  return runInDurableObject(env.RING_AGENT.getByName(accountId), (_object, state) => {
    const agent = new RingAgent(state, { ...env, OAUTH_KV });
    const bindings = { OAUTH_KV, RING_AGENT: namespaceOf(() => agent) };
    return work((path, form) => {
      const headers = { origin, cookie: browser.cookies(), accept: "text/html" };
      const body = form && { method: "POST", body: new URLSearchParams(form) };
      return fetchWith(bindings, new Request(`${origin}${path}`, { headers, redirect: "manual", ...body }));
    });
  });
}

async function kvKeys(): Promise<string[]> {
  const { keys } = await env.OAUTH_KV.list();
  return keys.map(({ name }) => name).filter((name) => !name.startsWith("client:"));
}

describe("19. when Workers KV refuses every write, list and delete", () => {
  it("19. calls of connected assistants are answered, and their tokens are refreshed", async () => {
    const { tokens, client } = await connectAssistant();
    const bindings = { OAUTH_KV: refusing(...everyWrite) };
    const call = { method: "tools/call", params: { name: "oura_get_device", arguments: {} } };
    const answer = await fetchWith(bindings, mcpRequest(tokens.access_token, call));
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("Battery")]);
    const body = new URLSearchParams(refreshForm({ client }, tokens.refresh_token ?? ""));
    const refreshed = await fetchWith(bindings, new Request(`${origin}/oauth/token`, { method: "POST", body }));
    expect(refreshed.status).toBe(200);
    await refreshed.text();
  });

  it("19. a client that wants to register is told so, and when to try again", async () => {
    const request = new Request(`${origin}/oauth/register`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ redirect_uris: ["https://client.test/callback"], token_endpoint_auth_method: "none" }),
    });
    const answer = await fetchWith({ OAUTH_KV: refusing(...everyWrite) }, request);
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "60"]);
    expect(await answer.json()).toEqual({
      error: "temporarily_unavailable",
      error_description: expect.stringContaining("can store nothing more for now"),
    });
  });

  it("19. a page that needs it says what is the matter", async () => {
    const { browser, client } = await connectAssistant();
    const query = new URLSearchParams({ client_id: client.clientId, response_type: "code" });
    const headers = { cookie: browser.cookies(), accept: "text/html" };
    const request = new Request(`${origin}/authorize?${query}`, { headers });
    const page = await fetchWith({ OAUTH_KV: refusing("get") }, request);
    expect([page.status, await page.text()]).toEqual([503, expect.stringContaining("can store nothing more for now")]);
  });

  it.each<[string, string, Record<string, string>]>([
    ["Delete account", "/delete-account", {}],
    ["Revoke all", "/assistants/revoke-all", {}],
    ["Disconnect", "/disconnect", {}],
  ])("19. %s works, with nothing left to tidy", async (_name, path, form) => {
    const assistant = await connectAssistant();
    const status = await withRefusals(assistant, everyWrite, async (send) => (await send(path, form)).status);
    expect(status).toBeLessThan(400);
    expect(await textKept()).not.toContain('"tidy"');
    if (path === "/disconnect") return;
    expect(await statusOfToken(assistant.tokens.access_token)).toBe(401);
    expect((await refreshAs(assistant, assistant.tokens.refresh_token ?? "")).status).toBe(400);
  });
});

describe("19. an approval of 0.1.0, whose grant is in Workers KV", () => {
  it("19. works, is refreshed, and its grant is not extended", async () => {
    const assistant = await connectAssistant();
    const old = await issueOldTokens(assistant);
    expect(old.access_token.split(":")[0]).toBe(assistant.accountId);
    expect(await statusOfToken(old.access_token)).toBe(200);
    await clock.advance(2 * day);
    const next = await refreshAs(assistant, old.refresh_token);
    expect([next.status, await statusOfToken(next.access_token)]).toEqual([200, 200]);
    await clock.advance(178 * day - hour);
    expect((await refreshAs(assistant, next.refresh_token)).status).toBe(200);
    await clock.advance(hour);
    const last = await refreshAs(assistant, next.refresh_token);
    expect(last).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  it("19. whose renewed grant Workers KV refuses to store, is told to try again, and can", async () => {
    const assistant = await connectAssistant();
    const old = await issueOldTokens(assistant);
    const body = new URLSearchParams(refreshForm(assistant, old.refresh_token));
    const request = new Request(`${origin}/oauth/token`, { method: "POST", body });
    const refused = await fetchWith({ OAUTH_KV: refusing("put") }, request);
    expect([refused.status, await refused.json()]).toEqual([
      503,
      { error: "temporarily_unavailable", error_description: expect.stringContaining("try again") },
    ]);
    expect(await statusOfToken(old.access_token)).toBe(200);
    expect((await refreshAs(assistant, old.refresh_token)).status).toBe(200);
  });

  it.each<[string, string, (id: string) => Record<string, string>]>([
    ["Revoke", "/assistants/revoke", (id) => ({ id })],
    ["Revoke all", "/assistants/revoke-all", () => ({})],
    ["Delete account", "/delete-account", () => ({})],
  ])("19. ends with %s, in Workers KV too", async (_name, path, form) => {
    const assistant = await connectAssistant();
    const old = await issueOldTokens(assistant);
    expect(await kvKeys()).toHaveLength(2);
    await assistant.browser.submitForm(path, new URLSearchParams(form(old.assistantId)));
    expect(await kvKeys()).toEqual([]);
    expect(await statusOfToken(old.access_token)).toBe(401);
    expect((await refreshAs(assistant, old.refresh_token)).status).toBe(400);
    expect(JSON.stringify(await everythingKept())).not.toContain('"tidy"');
  });

  it.each<[string, readonly ("list" | "delete")[], string]>([
    ["list", ["list"], "/assistants/revoke-all"],
    ["delete", ["delete"], "/assistants/revoke-all"],
    ["list", ["list"], "/delete-account"],
    ["delete", ["delete"], "/delete-account"],
  ])(
    "19. is refused at once when Workers KV refuses to %s, and is tidied by the alarm (%s %s)",
    async (_name, refused, path) => {
      const assistant = await connectAssistant();
      const old = await issueOldTokens(assistant);
      const status = await withRefusals(assistant, refused, async (send) => (await send(path, {})).status);
      expect(status).toBeLessThan(400);
      expect((await kvKeys()).length).toBeGreaterThan(0);
      expect(await statusOfToken(old.access_token)).toBe(401);
      expect((await refreshAs(assistant, old.refresh_token)).status).toBe(400);
      await clock.advance(hour + 1_000);
      await runDurableObjectAlarm(env.RING_AGENT.getByName(assistant.accountId));
      expect(await kvKeys()).toEqual([]);
      expect(await keysOf(assistant.accountId)).not.toContain("tidy");
      if (path === "/delete-account") expect(await textKept()).not.toContain(assistant.accountId);
    },
  );

  it("19. leaves only random ids, for a day at most, when the deletion is refused all day", async () => {
    const assistant = await connectAssistant();
    await issueOldTokens(assistant);
    await withRefusals(assistant, everyWrite, (send) => send("/delete-account", {}));
    expect(await keysOf(assistant.accountId)).toEqual(["tidy"]);
    let now = clock.now();
    const agent = env.RING_AGENT.getByName(assistant.accountId);
    const attempts = await runInDurableObject(agent, async (_object, { storage }) => {
      const tidy = createTidyList(storage.kv, refusing(...everyWrite), assistant.accountId, () => now);
      let count = 0;
      for (let due = tidy.dueAt(); due !== null && count < 100; due = tidy.dueAt()) {
        now = due;
        count += 1;
        await tidy.run();
      }
      return count;
    });
    expect([attempts, now]).toEqual([24, clock.now() + day]); // once an hour
  });

  it("19. is not asked for in Workers KV when an id that does not exist is revoked", async () => {
    const assistant = await connectAssistant();
    const asked: string[] = [];
    const watched = new Proxy(env.OAUTH_KV, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key);
        if (typeof member !== "function") return member;
        asked.push(String(key));
        return member.bind(target);
      },
    });
    await runInDurableObject(env.RING_AGENT.getByName(assistant.accountId), async (_object, state) => {
      const agent = new RingAgent(state, { ...env, OAUTH_KV: watched });
      const headers = { origin, cookie: assistant.browser.cookies() };
      const body = new URLSearchParams({ id: "made-up" });
      const bindings = { OAUTH_KV: watched, RING_AGENT: namespaceOf(() => agent) };
      await fetchWith(bindings, new Request(`${origin}/assistants/revoke`, { method: "POST", headers, body }));
    });
    expect(asked).toEqual([]);
  });
});

async function keysOf(accountId: string): Promise<string[]> {
  return runInDurableObject(env.RING_AGENT.getByName(accountId), (_object, { storage }) =>
    Array.from(storage.kv.list(), ([key]) => key),
  );
}

describe("9. the tag of an account id", () => {
  it("9. stays valid after the keys are rotated, as long as its key is in the list", async () => {
    const { tokens } = await connectAssistant();
    const before = String(Reflect.get(env, "TOKEN_KEYS"));
    const another = `new:${crypto.getRandomValues(new Uint8Array(32)).toBase64()}`;
    const statusWith = async (keys: string) => {
      const response = await fetchWith({ TOKEN_KEYS: keys }, mcpRequest(tokens.access_token));
      await response.text();
      return response.status;
    };
    expect(await statusWith(`${another},${before}`)).toBe(200);
    expect(await statusWith(another)).toBe(401);
  });
});

it("12. a refresh token of 0.1.0 of a deleted account is refused, and ends its grant", async () => {
  const assistant = await connectAssistant();
  const old = await issueOldTokens(assistant);
  await runInDurableObject(env.RING_AGENT.getByName(assistant.accountId), (_object, { storage }) => {
    for (const [key] of [...storage.kv.list()]) storage.kv.delete(key);
  });
  expect(await refreshAs(assistant, old.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
  expect((await kvKeys()).filter((key) => key.startsWith("grant:"))).toEqual([]);
  expect(await statusOfToken(old.access_token)).toBe(401);
});

it("9. a token request with an invented id reads and writes nothing of a person", async () => {
  const { client } = await connectAssistant();
  const before = await everythingKept();
  const invented = `${"0".repeat(26)}.${"0".repeat(16)}:${"g".repeat(16)}:${"s".repeat(32)}`;
  const form = { grant_type: "refresh_token", refresh_token: invented, client_id: client.clientId };
  expect(await requestToken(form)).toMatchObject({ status: 400, error: "invalid_grant" });
  expect(await readToken(await createBrowser().submitForm("/oauth/token", new URLSearchParams({})))).toMatchObject({
    status: 401,
  });
  expect(await everythingKept()).toEqual(before);
});
