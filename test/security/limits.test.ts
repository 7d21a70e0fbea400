import { runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { machineNow } from "../../sandbox/clock/machine-now.ts";
import { createAccount } from "../../sandbox/walk.ts";
import { RingAgent } from "../../src/agent/ring-agent.ts";
import { readNewAccountTicket, writeNewAccountTicket } from "../../src/auth/new-account-ticket.ts";
import type { AppContext } from "../../src/web/app.ts";
import { clock } from "../support/clock.ts";
import { control } from "../support/control.ts";
import { connectAssistant, createBrowser, origin } from "../support/product.ts";
import { fetchWith, mcpRequest, namespaceOf } from "../support/wire.ts";

let addresses = 0;

/** Number of attempts from one new address before the first 429. */
async function countAttempts(limit: number, attempt: (address: string) => Request): Promise<number> {
  addresses += 1;
  const address = `10.66.0.${addresses}`;
  for (let passed = 0; passed <= limit; passed += 1) {
    const response = await exports.default.fetch(attempt(address));
    const text = await response.text();
    if (response.status !== 429) continue;
    expect(text).toMatch(/too many attempts|temporarily_unavailable/);
    // Another address is not affected.
    expect((await exports.default.fetch(attempt(`10.67.0.${addresses}`))).status).not.toBe(429);
    return passed;
  }
  return limit + 1;
}

/** Waits for a new minute if needed: the limiter counts by minutes of the clock, and attempts must not span two. */
async function awaitRoomInMinute(): Promise<void> {
  const left = 60_000 - (machineNow() % 60_000);
  if (left < 5_000) await new Promise((resolve) => setTimeout(resolve, left));
}

const post =
  (path: string, body: string, type = "application/x-www-form-urlencoded") =>
  (address: string) =>
    new Request(`${origin}${path}`, {
      method: "POST",
      body,
      headers: { origin, "content-type": type, accept: "application/json", "cf-connecting-ip": address },
    });

const wrongKey = `key=${"0".repeat(58)}&next=/panel`;
const client = JSON.stringify({
  client_name: "x",
  redirect_uris: ["http://127.0.0.1/cb"],
  token_endpoint_auth_method: "none",
});

describe("attempts of one address in a minute", () => {
  beforeEach(awaitRoomInMinute, 20_000);

  it.each<[string, number, (address: string) => Request]>([
    ["to start creating an account with a passkey", 5, post("/create-account/options", "{}", "application/json")],
    ["to create an account with a key", 5, post("/create-account/key", "next=/panel")],
    ["to start signing in with a passkey", 10, post("/sign-in/options", "{}", "application/json")],
    ["to sign in with a passkey", 10, post("/sign-in/passkey", "{}", "application/json")],
    ["to sign in with an account key", 10, post("/sign-in/key", wrongKey)],
    ["to start confirming with a passkey", 10, post("/confirm/options", "{}", "application/json")],
    ["to confirm with an account key", 10, post("/confirm/key", wrongKey)],
    ["to send operator commands", 10, post("/operator", "{}", "application/json")],
    ["to register a client", 20, post("/oauth/register", client, "application/json")],
    [
      "to open the consent page",
      30,
      (address) => new Request(`${origin}/authorize?x`, { headers: { "cf-connecting-ip": address } }),
    ],
    ["to answer it", 30, post("/authorize", "decision=deny")],
  ])("%s: %i", async (_name, limit, attempt) => {
    expect(await countAttempts(limit, attempt)).toBe(limit);
  });

  it("are counted together for both ways of creating an account", async () => {
    addresses += 1;
    const address = `10.66.1.${addresses}`;
    const begin = post("/create-account/options", "{}", "application/json");
    for (let made = 0; made < 5; made += 1) await (await exports.default.fetch(begin(address))).text();
    expect((await exports.default.fetch(post("/create-account/key", "next=/panel")(address))).status).toBe(429);
  });
});

describe("registering for a place", () => {
  beforeEach(awaitRoomInMinute, 20_000);

  it("has its own five attempts a minute, whatever accounts were created from the same address", async () => {
    addresses += 1;
    const address = `10.66.2.${addresses}`;
    const send = async (request: Request) => {
      const answer = await exports.default.fetch(new Request(request, { redirect: "manual" }));
      await answer.text();
      return answer.status;
    };
    const browser = createBrowser();
    await createAccount(browser);
    const register = () => {
      const request = post("/register", "next=/panel")(address);
      request.headers.set("cookie", browser.cookies());
      return send(request);
    };
    const create = () => send(post("/create-account/options", "{}", "application/json")(address));
    for (let n = 0; n < 5; n += 1) expect(await create()).toBe(200);
    expect(await create()).toBe(429);
    for (let n = 0; n < 5; n += 1) expect(await register()).toBe(303);
    expect(await register()).toBe(429);
  });
});

describe("calls of one account", () => {
  it("are limited to 60 a minute over all its assistants, and refusals send no request to Ōura", async () => {
    const first = await connectAssistant();
    const second = await connectAssistant({ browser: first.browser });
    let answered = 0;
    for (let call = 0; call < 124 && answered === call; call += 1) {
      const result = await (call % 2 === 0 ? first : second).call("oura_get_permissions");
      if (result.isError) expect(result.content[0]?.text).toContain("too many requests in a short time");
      else answered += 1;
    }
    expect(answered).toBeGreaterThanOrEqual(60);
    expect(answered).toBeLessThan(121); // a new minute during the test allows another sixty
    await control("DELETE", "/requests");
    expect((await first.call("oura_get_daily_summary")).isError).toBe(true);
    expect(await control("GET", "/requests")).toMatchObject({ total: 0 });
  });

  it.each([
    ["listings", { method: "tools/list" }, 1],
    ["calls of tools that do not exist", { method: "tools/call", params: { name: "x", arguments: {} } }, 1],
    [
      "calls with invalid arguments",
      { method: "tools/call", params: { name: "oura_get_trends", arguments: { start_date: "x" } } },
      1,
    ],
    ["prompts", { method: "prompts/list" }, 1],
    ["requests that are no JSON-RPC", { method: "" }, 1],
  ])("include %s", async (_name, message, each) => {
    const { tokens, accountId } = await connectAssistant();
    const counted: string[] = [];
    const limit: RateLimit = { limit: async ({ key }) => ({ success: counted.push(key) > 0 }) };
    await countedRequest(accountId, limit, () => mcpRequest(tokens.access_token, message));
    expect(counted).toEqual(Array(each).fill(accountId));
  });

  it("include each message of a batch", async () => {
    const { tokens, accountId } = await connectAssistant();
    const counted: string[] = [];
    const limit: RateLimit = { limit: async ({ key }) => ({ success: counted.push(key) > 0 }) };
    const one = { jsonrpc: "2.0", method: "tools/list", params: {} };
    const body = JSON.stringify(Array.from({ length: 7 }, (_, id) => ({ ...one, id })));
    const make = () => new Request(mcpRequest(tokens.access_token), { body });
    const response = await countedRequest(accountId, limit, make);
    expect([response.status, counted.length]).toEqual([200, 7]);
  });

  it("that only list are refused over the limit with a protocol error and a time to wait", async () => {
    const { tokens, accountId } = await connectAssistant();
    const none: RateLimit = { limit: async () => ({ success: false }) };
    const response = await countedRequest(accountId, none, () => mcpRequest(tokens.access_token));
    expect([response.status, response.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining("too many requests in a short time") },
    });
  });

  /** Sends a request to the account's agent with another limit of requests. */
  function countedRequest(accountId: string, limiter: RateLimit, make: () => Request): Promise<Response> {
    const limits: object = { LIMIT_TOOLS: limiter };
    return runInDurableObject(env.RING_AGENT.getByName(accountId), (_object, state) => {
      const agent = new RingAgent(state, { ...env, ...limits });
      return fetchWith({ RING_AGENT: namespaceOf(() => agent) }, make());
    });
  }

  it("never use more of Ōura's quota than the account's share, regardless of their number", async () => {
    const { accountId, tokens } = await connectAssistant({ person: "far_east" });
    await control("DELETE", "/requests");
    const stub = env.RING_AGENT.getByName(accountId);
    // Without the limit of calls and without a cache, only the account's share remains.
    const unlimited: object = {
      LIMIT_TOOLS: { limit: async () => ({ success: true }) },
      CACHE_SECONDS: "0",
      ACCOUNT_REQUESTS: "100",
    };
    const texts = await runInDurableObject(stub, async (_object, state) => {
      const agent = new RingAgent(state, { ...env, ...unlimited });
      const said: string[] = [];
      for (let call = 0; call < 40; call += 1) {
        const params = { name: "oura_get_daily_summary", arguments: { start_date: clock.daysAgo(1 + (call % 20)) } };
        const request = mcpRequest(tokens.access_token, { method: "tools/call", params });
        const response = await fetchWith({ RING_AGENT: namespaceOf(() => agent) }, request);
        said.push(await response.text());
        if (said.at(-1)?.includes("as one account may")) break;
      }
      return said;
    });
    expect(texts.at(-1)).toMatch(/This account has made as many requests to Ōura as it may make in five minutes/);
    const { total } = await control<{ total: number }>("GET", "/requests");
    expect(total).toBeLessThanOrEqual(100);
  }, 60_000);
});

describe("requests to Ōura", () => {
  const tenDays = () => ({ start_date: clock.daysAgo(10), end_date: clock.daysAgo(1) });
  const sent = async () => (await control<{ total: number }>("GET", "/requests")).total;
  const mostAtOnce = async () => (await fetch("https://strangers.test/most-at-once")).json();

  afterEach(() => control("PUT", "/faults", { faults: [] }));

  it("are fifty in a tool call that needs more", async () => {
    const { call } = await connectAssistant();
    await control("PUT", "/faults", { faults: [{ kind: "endless_pages", token: "new", route: "heartrate" }] });
    await control("DELETE", "/requests");
    await call("oura_get_intraday", tenDays());
    expect(await sent()).toBe(50);
  });

  it("are at most six at a time, for all calls of an account together", async () => {
    const { call } = await connectAssistant();
    await control("PUT", "/faults", { faults: [{ kind: "latency", ms: 30 }] });
    await control("DELETE", "/requests");
    await mostAtOnce();
    await Promise.all([
      call("oura_get_intraday", tenDays()),
      call("oura_get_daily_summary"),
      call("oura_get_device", { include_profile: true }),
    ]);
    expect(await sent()).toBeGreaterThan(20);
    expect(await mostAtOnce()).toBe(6);
  });
});

it("the ticket of a new account is valid for an hour", async () => {
  const context = {
    get: () => ({ tokenKeys: [{ id: "k1", key: new Uint8Array(32).fill(1) }] }),
  } as unknown as AppContext; // the functions use nothing else
  const ticket = await writeNewAccountTicket(context);
  await clock.advance(3_599_999);
  expect(await readNewAccountTicket(context, ticket)).toEqual(expect.any(String));
  await clock.advance(1);
  expect(await readNewAccountTicket(context, ticket)).toBeNull();
});
