import { createExecutionContext, runInDurableObject, waitOnExecutionContext } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { describe, expect, inject, it } from "vitest";
import { createAccountId, createAccountKey } from "../../src/account/account-key.ts";
import { RingAgent } from "../../src/agent/ring-agent.ts";
import type { Bindings } from "../../src/bindings.ts";
import { readSettings } from "../../src/config.ts";
import { Registry, theRegistry } from "../../src/registry/registry.ts";
import { createRouter } from "../../src/router.tsx";
import { createAdmission } from "../../src/web/admission.ts";
import { createWorker } from "../../src/worker.ts";
import { assertionType, createKeyedClient } from "../support/client-assertions.ts";
import { clock } from "../support/clock.ts";
import { openConsent } from "../support/consent.ts";
import { countingKv, withoutLimits } from "../support/costs.ts";
import { type Assistant, connectAssistant, origin } from "../support/product.ts";
import { refreshForm } from "../support/token-requests.ts";
import { fetchWith, mcpRequest } from "../support/wire.ts";

/** Numbers are the lines of docs/security.md. */

/** The same stored registry with the deployed ceiling of registrations, or another one. */
function withCeiling<T>(ceiling: string, work: (registry: Registry) => Promise<T>): Promise<T> {
  const settings: object = { REGISTRATIONS_PER_DAY: ceiling };
  return runInDurableObject(theRegistry(env), (_object, state) => work(new Registry(state, { ...env, ...settings })));
}

/** A namespace with this one registry. */
function namespaceOf(registry: Registry): Bindings["REGISTRY"] {
  return { getByName: () => registry } as unknown as Bindings["REGISTRY"]; // the product uses only `getByName`
}

function send(path: string, address: string, init: RequestInit & { headers?: Record<string, string> } = {}): Request {
  return new Request(`${origin}${path}`, {
    ...init,
    headers: { origin, "cf-connecting-ip": address, ...init.headers },
  });
}

function form(path: string, address: string, fields: Record<string, string>, cookie = ""): Request {
  return send(path, address, {
    method: "POST",
    body: new URLSearchParams(fields),
    ...(cookie && { headers: { cookie } }),
  });
}

function registration(address: string, changes: { name?: string; type?: string } = {}): Request {
  const body = {
    client_name: changes.name ?? "x",
    redirect_uris: ["http://127.0.0.1/cb"],
    token_endpoint_auth_method: "none",
  };
  return send("/oauth/register", address, {
    method: "POST",
    body: JSON.stringify(body),
    headers: { "content-type": changes.type ?? "application/json" },
  });
}

/** Sends requests without any limit by minute, and counts what they write to Workers KV. */
async function countWrites(registry: Registry, number: number, make: (at: number) => Request | Promise<Request>) {
  const { kv, counts } = countingKv(env.OAUTH_KV);
  const bindings = { ...env, ...withoutLimits, OAUTH_KV: kv, REGISTRY: namespaceOf(registry) };
  const worker = createWorker();
  const statuses = new Map<number, number>();
  for (let at = 0; at < number; at += 1) {
    const context = createExecutionContext();
    const response = await worker.fetch(await make(at), bindings, context);
    await response.text();
    await waitOnExecutionContext(context);
    statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1);
  }
  return { counts, statuses };
}

/** The long run sends what the document promises; the short run a smaller number against a smaller ceiling. */
const sent = inject("long")
  ? { requests: 10_000, ceiling: "200", keys: 100 }
  : { requests: 120, ceiling: "40", keys: 20 };

describe("21. what somebody writes to Workers KV in a day", () => {
  it("21. without an account, from one address and from one /48, is at most 100 keys", async () => {
    const { tokens } = await connectAssistant();
    const [userId = ""] = tokens.access_token.split(":");
    const client = await createKeyedClient(origin, clock.now);
    const { address: authorize } = await openConsent();
    const address = (at: number) =>
      at % 2 === 0 ? "198.51.100.7" : `2001:db8:1:${(at % 65_536).toString(16)}::${(at % 9_999).toString(16)}`;
    const kinds: ((at: number) => Request | Promise<Request>)[] = [
      (at) => registration(address(at), { name: `program ${at}` }),
      (at) => registration(address(at), { name: `another program ${at}` }), // odd: from the /48
      async (at) =>
        form("/oauth/token", address(at), {
          grant_type: "authorization_code",
          code: `${userId}:0123456789abcdef:${"x".repeat(32)}`,
          client_assertion: await client.assert(),
          client_assertion_type: assertionType,
        }),
      (at) =>
        form("/oauth/token", address(at), { grant_type: "refresh_token", refresh_token: "a:b:c", client_id: "x" }),
      () => mcpRequest(`${userId}:0123456789abcdef:${"x".repeat(32)}`),
      (at) => send(authorize, address(at)),
      (at) => form("/sign-in/key", address(at), { key: createAccountKey(createAccountId()).text }),
      (at) => form("/assistants/revoke", address(at), { id: "x" }),
    ];
    await withCeiling(sent.ceiling, async (registry) => {
      const { counts, statuses } = await countWrites(registry, sent.requests, (at) => {
        const make = kinds[at % kinds.length];
        return make ? make(at) : send("/panel", address(at));
      });
      expect(statuses.get(201)).toBe(counts.writes);
      expect(counts.writes).toBeGreaterThan(sent.keys - 5); // the rest was used before the test began
      expect(counts.writes).toBeLessThanOrEqual(sent.keys);
      expect(counts.lists + counts.deletes).toBe(0);
    });
  }, 600_000);

  it("21. with an account, is at most 100 keys more", async () => {
    const assistant = await connectAssistant({ person: "two_rings" });
    const { browser } = assistant;
    const address = "203.0.113.9";
    let refreshToken = assistant.tokens.refresh_token ?? "";
    const refresh = () => form("/oauth/token", address, refreshForm(assistant, refreshToken));
    const consent = await openConsent(browser);
    const allow = async () => {
      const open = send(consent.address, address, { headers: { cookie: browser.cookies() } });
      const page = await fetchWith({ ...withoutLimits }, open);
      const cookies = page.headers.getSetCookie().map((line) => line.split(";")[0]);
      const handle = /name="handle" value="([^"]+)"/.exec(await page.text())?.[1] ?? "";
      const fields = { handle, scope: "daily", decision: "allow" };
      return form(consent.address, address, fields, [browser.cookies(), ...cookies].join("; "));
    };
    const kinds: (() => Request | Promise<Request>)[] = [
      () => registration(address),
      refresh,
      () => send(consent.address, address, { headers: { cookie: browser.cookies() } }),
      allow,
      () => form("/assistants/revoke", address, { id: "made-up" }, browser.cookies()),
      () => mcpRequest(assistant.tokens.access_token),
    ];
    await withCeiling(sent.ceiling, async (registry) => {
      const { kv, counts } = countingKv(env.OAUTH_KV);
      const bindings = { ...env, ...withoutLimits, OAUTH_KV: kv, REGISTRY: namespaceOf(registry) };
      const worker = createWorker();
      let refreshed = 0;
      for (let at = 0; at < sent.requests; at += 1) {
        const make = kinds[at % kinds.length] ?? refresh;
        const context = createExecutionContext();
        const response = await worker.fetch(await make(), bindings, context);
        const text = await response.text();
        await waitOnExecutionContext(context);
        const next = /"refresh_token":"([^"]+)"/.exec(text)?.[1];
        if (next) refreshed += 1;
        refreshToken = next ?? refreshToken;
      }
      expect(refreshed).toBeGreaterThan(10);
      expect(counts.writes).toBeLessThanOrEqual(sent.keys);
      expect(counts.lists + counts.deletes).toBe(0);
    });
  }, 600_000);
});

describe("21. programs that register themselves", () => {
  it.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/jsonp",
    "",
  ])("21. have to send JSON, which other sites' pages cannot send without asking: %j is refused", async (type) => {
    const before = (await env.OAUTH_KV.list({ prefix: "client:" })).keys.length;
    const answer = await exports.default.fetch(registration("192.0.2.20", { type }));
    expect(answer.status).toBe(415);
    expect((await env.OAUTH_KV.list({ prefix: "client:" })).keys).toHaveLength(before);
  });

  it("21. are refused over the day's ceiling with words for programs, and the operator sees it", async () => {
    await clock.advance(5 * 86_400_000);
    await withCeiling("8", async (registry) => {
      const answers: Response[] = [];
      for (let at = 0; at < 4; at += 1) {
        answers.push(await fetchWith({ REGISTRY: namespaceOf(registry) }, registration("192.0.2.21")));
      }
      const last = answers.at(-1);
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 429, 429]);
      expect(await last?.json()).toMatchObject({ error: "temporarily_unavailable" });
      expect(Number(last?.headers.get("retry-after"))).toBeGreaterThan(60);
      expect(registry.overview().registrations_today.programs).toMatchObject({ ceiling: 8, reached: true });
    });
  });

  it("21. of networks that registered nothing today have half of the ceiling for themselves", async () => {
    await withCeiling("20", async (registry) => {
      await clock.advance(86_400_000);
      const admitted = async (networks: string[]) => {
        let count = 0;
        for (const network of networks) if (await registry.admit("programs", network)) count += 1;
        return count;
      };
      const flood = Array.from({ length: 50 }, (_, at) => `network-${at % 3}`);
      expect(await admitted(flood)).toBe(10);
      expect(await admitted(["network-0", "network-1"])).toBe(0);
      expect(await admitted(Array.from({ length: 20 }, (_, at) => `new-${at}`))).toBe(10);
      expect(registry.overview().registrations_today.programs).toEqual({ used: 20, ceiling: 20, reached: true });
      await clock.advance(86_400_000);
      expect(registry.overview().registrations_today.programs).toEqual({ used: 0, ceiling: 20, reached: false });
      expect(await admitted(flood)).toBe(10);
    });
  });

  it("21. of one network may take a quarter of the ceiling for programs and for accounts, and a tenth for places", async () => {
    await withCeiling("200", async (registry) => {
      await clock.advance(86_400_000);
      for (const kind of ["programs", "accounts"] as const) {
        const admitted = [];
        for (let at = 0; at < 52; at += 1) admitted.push(await registry.admit(kind, "one network"));
        expect([kind, admitted.lastIndexOf(true), admitted.indexOf(false)]).toEqual([kind, 49, 50]);
      }
      const registered = [];
      for (let at = 0; at < 22; at += 1)
        registered.push((await registry.register(`tenth-${at}`, null, "one network")).kind);
      expect([registered.lastIndexOf("approved"), registered.indexOf("refused")]).toEqual([19, 20]);
    });
  });

  it("21. are asked about only once a day after a refusal, so that repeating costs nothing", async () => {
    let now = 0;
    let asked = 0;
    const admit = createAdmission(() => now);
    const registry = { getByName: () => ({ admit: async () => ++asked > 1_000 }) };
    const bindings = { REGISTRY: registry as unknown as Bindings["REGISTRY"] }; // the function uses only `admit`
    for (let at = 0; at < 10; at += 1) expect(await admit(bindings, registration("192.0.2.22"))).toBe(false);
    expect(asked).toBe(1);
    now = 86_400_000;
    await admit(bindings, registration("192.0.2.22"));
    expect(asked).toBe(2);
  });
});

describe("21. accounts and places", () => {
  it("21. have a ceiling for each network and day, and an invitation is not refused", async () => {
    await withCeiling("20", async (registry) => {
      await clock.advance(2 * 86_400_000);
      const results: string[] = [];
      for (let at = 0; at < 4; at += 1) {
        const registered = await registry.register(`account-${at}`, null, "one network");
        results.push(registered.kind === "refused" ? registered.why : registered.kind);
      }
      expect(results).toEqual(["approved", "approved", "too_many_today", "too_many_today"]);
      expect(await registry.register("account-0", null, "one network")).toEqual({ kind: "approved" });
      const invitation = await registry.createInvitation();
      expect(await registry.register("guest", invitation, "one network")).toEqual({ kind: "approved" });
      expect(await registry.admit("accounts", "one network")).toBe(true);
    });
  });

  it("21. that are refused get a page that says so, and nothing is stored", async () => {
    const refusing = { admit: async () => false, register: async () => ({ kind: "refused", why: "too_many_today" }) };
    const namespace = { getByName: () => refusing };
    const accountId = createAccountId();
    const replaced: object = { REGISTRY: namespace };
    const outcome = await runInDurableObject(env.RING_AGENT.getByName(accountId), async (_agent, state) => {
      const agent = new RingAgent(state, { ...env, ...replaced });
      const created = await agent.createWithKey("x", "one network");
      return { created, kept: [...state.storage.kv.list()].length };
    });
    expect(outcome).toMatchObject({ created: { ok: false, failure: { kind: "too_many_today" } }, kept: 0 });
  });
});

/** A limit that refuses everything. */
const refuseAll: RateLimit = { limit: async () => ({ success: false }) };

function existingRoutes(): { method: string; path: string }[] {
  const settings = readSettings(env);
  if (settings.kind !== "ready") throw new Error("the test pool has all settings");
  return createRouter(settings, origin).routes.filter(({ method, path }) => method !== "ALL" && !path.includes(":"));
}

describe("21. every route", () => {
  const unlimited = [
    "/",
    "/help",
    "/privacy",
    "/terms",
    "/health",
    "/robots.txt",
    "/favicon.ico",
    "/llms.txt",
    "/.well-known/mcp/server-card.json",
    "/mcp",
  ]; // use no storage

  it("21. that uses an agent or the registry has a limit for each address", async () => {
    const passed: string[] = [];
    for (const { method, path } of existingRoutes()) {
      const request = method === "GET" ? send(path, "192.0.2.30") : form(path, "192.0.2.30", {});
      const { status } = await fetchWith({ LIMIT_PAGES: refuseAll }, request);
      if (status !== 429) passed.push(path);
    }
    expect(passed.toSorted()).toEqual(unlimited.toSorted());
    expect((await fetchWith({ LIMIT_TOKEN: refuseAll }, form("/oauth/token", "192.0.2.30", {}))).status).toBe(429);
    const registered = await fetchWith({ LIMIT_CLIENT_REGISTRATION: refuseAll }, registration("192.0.2.30"));
    expect(registered.status).toBe(429);
  });

  it("21. that changes something has a limit for each account", async () => {
    const { browser } = await connectAssistant({ person: "far_east" });
    for (const { method, path } of existingRoutes()) {
      if (method === "GET") continue;
      const { status } = await fetchWith({ LIMIT_ACCOUNT: refuseAll }, form(path, "192.0.2.31", {}, browser.cookies()));
      expect([path, status]).toEqual([path, 429]);
    }
    expect(await (await browser.open("/panel")).text()).toContain("Connected");
  });

  it.each(["/panel", "/oauth/token", "/oauth/register"])("21. counts a /48 network as well: %s", async (path) => {
    const status = async (address: string) => {
      const request = path === "/panel" ? send(path, address) : form(path, address, {});
      return (await fetchWith({ LIMIT_NETWORK: refuseAll }, request)).status;
    };
    expect(await status("2001:db8:1:2::3")).toBe(429);
    expect(await status("192.0.2.32")).not.toBe(429);
  });
});

describe("21. renewing tokens", () => {
  async function statusOf(request: Request): Promise<number> {
    const response = await exports.default.fetch(request);
    await response.text();
    return response.status;
  }

  /** Refreshes with each new token, and returns the number of successes before the first refusal. */
  async function refreshUntilRefused(assistant: Assistant): Promise<{ passed: number; refused: Response }> {
    let refreshToken = assistant.tokens.refresh_token ?? "";
    for (let passed = 0; ; passed += 1) {
      const response = await exports.default.fetch(
        form("/oauth/token", `192.0.3.${passed}`, refreshForm(assistant, refreshToken)),
      );
      if (response.status !== 200 || passed > 100) return { passed, refused: response };
      refreshToken = (await response.json<{ refresh_token: string }>()).refresh_token;
    }
  }

  it("21. has a limit for each grant, from any number of addresses, with words for programs", async () => {
    const { passed, refused } = await refreshUntilRefused(await connectAssistant({ person: "far_east" }));
    expect(passed).toBeGreaterThanOrEqual(9); // the code's exchange may count in the same minute
    expect(passed).toBeLessThanOrEqual(20); // a new minute during the test allows ten more
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
    expect(await refused.json()).toMatchObject({ error: "temporarily_unavailable" });
  });

  it("21. is not limited for its owner by somebody who invents tokens of the same grant", async () => {
    const assistant = await connectAssistant({ person: "far_east" });
    const [userId, grantId] = assistant.tokens.access_token.split(":");
    const invented = `${userId}:${grantId}:${"x".repeat(32)}`;
    for (let at = 0; at < 15; at += 1) {
      expect(await statusOf(form("/oauth/token", "192.0.2.40", refreshForm(assistant, invented)))).toBe(400);
    }
    const own = refreshForm(assistant, assistant.tokens.refresh_token ?? "");
    expect(await statusOf(form("/oauth/token", "192.0.2.41", own))).toBe(200);
  });

  it("21. has a limit for each account as well, over all its grants", async () => {
    const assistant = await connectAssistant({ person: "far_east" });
    const counted: string[] = [];
    const limit: RateLimit = { limit: async ({ key }) => ({ success: counted.push(key) === 0 }) };
    const request = form("/oauth/token", "192.0.2.42", refreshForm(assistant, assistant.tokens.refresh_token ?? ""));
    expect((await fetchWith({ LIMIT_ACCOUNT: limit }, request)).status).toBe(429);
    expect(counted).toEqual([`tokens:${assistant.tokens.access_token.split(":")[0]}`]);
    const again = form("/oauth/token", "192.0.2.42", refreshForm(assistant, assistant.tokens.refresh_token ?? ""));
    expect(await statusOf(again)).toBe(200); // the refusal used nothing up
  });
});
