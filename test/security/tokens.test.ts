import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type AssistantClient,
  type AuthorizationServer,
  authorizeClient,
  discover,
  registerClient,
} from "../../sandbox/walk.ts";
import type { RingAgent } from "../../src/agent/ring-agent.ts";
import { type Outcome, unwrap } from "../../src/outcome.ts";
import { clock } from "../support/clock.ts";
import { control } from "../support/control.ts";
import { type Assistant, connectAssistant, createBrowser, origin } from "../support/product.ts";
import { fetchWith, mcpRequest, namespaceOf } from "../support/wire.ts";

/** Numbers are the lines of docs/security.md. */
let assistant: Assistant;
let server: AuthorizationServer;
let client: AssistantClient;

beforeAll(async () => {
  assistant = await connectAssistant();
  server = await discover(assistant.browser);
  client = await newClient();
});

function newClient(): Promise<AssistantClient> {
  return registerClient(createBrowser(), server, { name: "Test", redirectUri: "http://127.0.0.1:4711/callback" });
}

/** The same person allows `client` again; returns the token request for the new code. */
async function freshCode(): Promise<Record<string, string>> {
  const { code, verifier } = await authorizeClient(assistant.browser, server, client, { person: "x", scopes: null });
  return {
    grant_type: "authorization_code",
    code,
    redirect_uri: client.redirectUri,
    client_id: client.clientId,
    code_verifier: verifier,
    resource: server.resource,
  };
}

interface TokenAnswer {
  status: number;
  error?: string;
  access_token: string;
  refresh_token: string;
}

async function requestToken(form: Record<string, string>): Promise<TokenAnswer> {
  const response = await createBrowser().submitForm("/oauth/token", new URLSearchParams(form));
  return { ...(await response.json<TokenAnswer>()), status: response.status };
}

function refresh(refreshToken: string, clientId = client.clientId): Promise<TokenAnswer> {
  return requestToken({ grant_type: "refresh_token", refresh_token: refreshToken, client_id: clientId });
}

async function statusOf(accessToken: string): Promise<number> {
  const response = await exports.default.fetch(mcpRequest(accessToken));
  await response.text();
  return response.status;
}

describe("9. a token", () => {
  it("9. that is missing, invalid, truncated, changed, swapped or in the address is answered by no agent", async () => {
    const { access_token } = assistant.tokens;
    const [account = "", grant = "", secret = ""] = access_token.split(":");
    const other = await connectAssistant({ person: "two_rings" });
    const [otherAccount = "", otherGrant = ""] = other.tokens.access_token.split(":");
    const { agents, opened, answered } = watchAgents();
    const [id = "", tag = ""] = account.split(".");
    const [otherId = ""] = otherAccount.split(".");
    const invented = [
      null,
      "",
      "garbage",
      "a:b:c",
      "x".repeat(5_000),
      `${"0".repeat(26)}.${"0".repeat(16)}:${grant}:${secret}`,
      `${id}.${[...tag].toReversed().join("")}:${grant}:${secret}`,
      `${otherId}.${tag}:${grant}:${secret}`,
      `${id}:${grant}:${secret}`,
      `${account}x:${grant}:${secret}`,
      `${account.toUpperCase()}:${grant}:${secret}`,
    ];
    const wrong = [
      access_token.slice(0, -1),
      `${access_token}x`,
      `${account}:${grant}:${[...secret].toReversed().join("")}`,
      `${otherAccount}:${otherGrant}:${secret}`,
      `${account}:${otherGrant}:${secret}`,
      `${otherAccount}:${grant}:${secret}`,
      assistant.tokens.refresh_token ?? "",
    ];
    for (const token of [...invented, ...wrong]) {
      const response = await fetchWith({ RING_AGENT: agents }, mcpRequest(token));
      expect([token, response.status]).toEqual([token, 401]);
      // A wrong tag is refused before any object is asked; a real id wakes that one agent.
      expect([token, opened.splice(0).length]).toEqual([token, wrong.includes(token ?? "") ? 1 : 0]);
      expect(response.headers.get("www-authenticate")).toContain(
        'resource_metadata="http://localhost/.well-known/oauth-protected-resource/mcp"',
      );
    }
    const inAddress = mcpRequest(null, { url: `${origin}/mcp?access_token=${access_token}&token=${access_token}` });
    expect((await fetchWith({ RING_AGENT: agents }, inAddress)).status).toBe(401);
    expect([opened, answered]).toEqual([[], []]);
  });

  it("9. for another audience is answered by no agent, even if it is in the store", async () => {
    const { agents, answered } = watchAgents();
    const elsewhere = { PUBLIC_URL: "https://bridge.test", RING_AGENT: agents };
    const response = await fetchWith(
      elsewhere,
      mcpRequest(assistant.tokens.access_token, { url: "https://bridge.test/mcp" }),
    );
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toContain("invalid_token");
    expect(answered).toEqual([]);
  });

  it("9. is for the resource at the server's own address, also with PUBLIC_URL", async () => {
    const path = "/.well-known/oauth-protected-resource/mcp";
    for (const [name, settings] of [
      [origin, {}],
      ["https://bridge.test", { PUBLIC_URL: "https://bridge.test" }],
    ] as const) {
      const response = await fetchWith(settings, new Request(`${name}${path}`));
      expect(await response.json()).toMatchObject({ resource: `${name}/mcp`, authorization_servers: [name] });
    }
  });

  it("9. cannot be requested for another resource than its code", async () => {
    const form = await freshCode();
    expect(await requestToken({ ...form, resource: "https://elsewhere.test/mcp" })).toMatchObject({
      status: 400,
      error: expect.stringMatching(/invalid_target|invalid_grant/),
    });
  });

  it("9. expires after a day, even if the store still contains it", async () => {
    const { accountId, tokens: mine } = await connectAssistant({ person: "new" });
    const agent = env.RING_AGENT.getByName(accountId);
    const tokens = () =>
      runInDurableObject(agent, (_object, { storage }) => [...storage.kv.list({ prefix: "token:" })]);
    const before = await tokens();
    expect(before.length).toBeGreaterThan(0);
    await clock.advance(86_400_000 + 2_000);
    await runInDurableObject(agent, (_object, { storage }) => {
      for (const [key, value] of before) storage.kv.put(key, value);
    });
    expect(await statusOf(mine.access_token)).toBe(401);
    await runDurableObjectAlarm(agent);
    expect(await tokens()).toEqual([]);
  });
});

/** The real agents, with a record of which were opened and of which were asked for an answer. */
function watchAgents(answer: (request: Request) => Response = () => Response.json({})) {
  const opened: string[] = [];
  const answered: Request[] = [];
  const agents = namespaceOf((name) => ({
    async open(first: Parameters<RingAgent["open"]>[0]) {
      opened.push(name);
      const { value } = unwrap(await env.RING_AGENT.getByName(name).open(first));
      const session = {
        async answer(request: Request): Promise<Outcome<Response>> {
          answered.push(request);
          return { ok: true, value: answer(request) };
        },
      };
      return { ok: true, value: { value, session } };
    },
  }));
  return { agents, opened, answered };
}

describe("11. tokens of Ōura and of assistants", () => {
  it("11. cannot be used in place of each other", async () => {
    const { tokens: ouraTokens } = await control<{ tokens: string[] }>("GET", "/tokens");
    expect(ouraTokens.length).toBeGreaterThan(0);
    for (const token of ouraTokens) expect(await statusOf(token)).toBe(401);
    const atOura = await fetch("https://oura.test/sandbox/oura/v2/usercollection/personal_info", {
      headers: { authorization: `Bearer ${assistant.tokens.access_token}` },
    });
    expect(atOura.status).toBe(401);
  });

  it("11. are not passed on after the check: the agent receives neither the token nor a cookie", async () => {
    const { agents, answered } = watchAgents();
    const request = mcpRequest(assistant.tokens.access_token, { headers: { cookie: "__Host-session=x" } });
    expect((await fetchWith({ RING_AGENT: agents }, request)).status).toBe(200);
    expect(answered).toHaveLength(1);
    expect([...(answered[0]?.headers.keys() ?? [])]).not.toContain("authorization");
    expect([...(answered[0]?.headers.keys() ?? [])]).not.toContain("cookie");
  });
});

describe("12. a refresh token", () => {
  it("12. is replaced at each use; the previous one works until its successor is used, an older one never", async () => {
    const first = await requestToken(await freshCode());
    const second = await refresh(first.refresh_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
    const again = await refresh(first.refresh_token); // the answer to the first attempt was lost
    expect(again.status).toBe(200);
    const third = await refresh(again.refresh_token);
    expect(third.status).toBe(200);
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  it("12. works for its own client only, and not if truncated", async () => {
    const { refresh_token } = await requestToken(await freshCode());
    const stranger = await newClient();
    expect(await refresh(refresh_token, stranger.clientId)).toMatchObject({ status: 400, error: "invalid_grant" });
    for (const wrong of ["", "a:b:c", refresh_token.slice(0, -1), `${refresh_token}x`]) {
      expect((await refresh(wrong)).status).toBe(400);
    }
    expect((await refresh(refresh_token)).status).toBe(200);
  });

  it("12. gives no scope that was not allowed", async () => {
    const { browser } = assistant;
    const { code, verifier } = await authorizeClient(browser, server, client, { person: "x", scopes: ["daily"] });
    const form = { ...(await freshCode()), code, code_verifier: verifier };
    const { refresh_token } = await requestToken(form);
    const wider = await requestToken({
      grant_type: "refresh_token",
      refresh_token,
      client_id: client.clientId,
      scope: "daily heartrate personal",
    });
    expect(wider).toMatchObject({ scope: "daily" });
    const { access_token } = await requestToken({
      grant_type: "refresh_token",
      refresh_token: wider.refresh_token,
      client_id: client.clientId,
      scope: "personal",
    });
    expect(access_token).toBeUndefined();
  });

  it("12. is invalid after its assistant is revoked in the panel", async () => {
    const mine = await connectAssistant({ person: "far_east" });
    await mine.browser.submitForm("/assistants/revoke-all", new URLSearchParams());
    const answer = await refresh(mine.tokens.refresh_token ?? "", mine.client.clientId);
    expect(answer).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await statusOf(mine.tokens.access_token)).toBe(401);
  });
});

describe("13. a code", () => {
  it("13. works once, and a second use revokes the tokens of the first", async () => {
    const form = await freshCode();
    const first = await requestToken(form);
    expect(await statusOf(first.access_token)).toBe(200);
    expect(await requestToken(form)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await statusOf(first.access_token)).toBe(401);
    expect(await refresh(first.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  it.each<[string, Record<string, string>]>([
    ["without its verifier", { code_verifier: "" }],
    ["with another verifier", { code_verifier: "y".repeat(64) }],
    ["for another redirect address", { redirect_uri: "http://127.0.0.1:4711/elsewhere" }],
    ["cut short", { code: "a:b:c" }],
  ])("13. %s gives no tokens", async (_name, change) => {
    const answer = await requestToken({ ...(await freshCode()), ...change });
    expect([answer.status, answer.access_token]).toEqual([400, undefined]);
    expect(answer.error).toMatch(/^invalid_(grant|request)$/);
  });

  it("13. of one client gives no tokens to another", async () => {
    const stranger = await newClient();
    const answer = await requestToken({ ...(await freshCode()), client_id: stranger.clientId });
    expect(answer).toMatchObject({ status: 400, error: "invalid_grant" });
  });
});

it("12. an assistant's refresh sends no request to Ōura", async () => {
  await control("DELETE", "/requests");
  const { refresh_token } = await requestToken(await freshCode());
  await refresh(refresh_token);
  expect(await control("GET", "/requests")).toMatchObject({ total: 0 });
});
