import { listDurableObjectIds, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import {
  allowAtOura,
  authorizeClient,
  createAccount,
  discover,
  exchangeCode,
  register,
  signIn,
} from "../../sandbox/walk.ts";
import type { RingAgent } from "../../src/agent/ring-agent.ts";
import { unwrap } from "../../src/outcome.ts";
import { clock } from "../support/clock.ts";
import { openConsent } from "../support/consent.ts";
import { control } from "../support/control.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import { textKept } from "../support/kept.ts";
import {
  type Assistant,
  callTool,
  connectAssistant,
  createBrowser,
  origin,
  resetSimulator,
} from "../support/product.ts";
import { readToken, refreshAs, refreshForm, statusOfToken, type TokenAnswer } from "../support/token-requests.ts";
import { fetchWith, mcpRequest, namespaceOf } from "../support/wire.ts";

/** Numbers are the lines of docs/security.md. */
beforeEach(async () => {
  await emptyStorage();
  await resetSimulator();
});

const minute = 60_000;
const day = 86_400_000;

function refreshTokenOf({ tokens }: Assistant): string {
  return tokens.refresh_token ?? "";
}

function grantsOf(accountId: string): Promise<string[]> {
  return runInDurableObject(env.RING_AGENT.getByName(accountId), (_object, { storage }) =>
    Array.from(storage.kv.list(), ([key]) => key).filter((key) => /^(grant|token):/.test(key)),
  );
}

describe("12. two windows of one program that refresh at once with the same token", () => {
  it("12. both get pairs that work, for days", async () => {
    const assistant = await connectAssistant();
    let pairs = await Promise.all([0, 1].map(() => refreshAs(assistant, refreshTokenOf(assistant))));
    for (let days = 0; days < 3; days += 1) {
      expect(pairs.map(({ status }) => status)).toEqual([200, 200]);
      expect(new Set(pairs.map(({ refresh_token }) => refresh_token)).size).toBe(2);
      for (const { access_token } of pairs) expect(await statusOfToken(access_token)).toBe(200);
      await clock.advance(day);
      pairs = await Promise.all(pairs.map(({ refresh_token }) => refreshAs(assistant, refresh_token)));
    }
  });

  it("12. both work when the second comes two minutes later, and not after that", async () => {
    const assistant = await connectAssistant();
    const first = await refreshAs(assistant, refreshTokenOf(assistant));
    await clock.advance(2 * minute);
    const second = await refreshAs(assistant, refreshTokenOf(assistant));
    for (const { status, access_token } of [first, second]) {
      expect([status, await statusOfToken(access_token)]).toEqual([200, 200]);
    }
    await clock.advance(1_000);
    expect(await refreshAs(assistant, refreshTokenOf(assistant))).toMatchObject({
      status: 400,
      error: "invalid_grant",
    });
    expect(await statusOfToken(first.access_token)).toBe(401);
    for (const { refresh_token } of [first, second]) {
      expect(await refreshAs(assistant, refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
    }
    expect(await grantsOf(assistant.accountId)).toEqual([]);
  });

  it("12. a token whose successor was used ends the grant at once, within the two minutes too", async () => {
    const assistant = await connectAssistant();
    const first = await refreshAs(assistant, refreshTokenOf(assistant));
    const second = await refreshAs(assistant, first.refresh_token);
    expect(await refreshAs(assistant, refreshTokenOf(assistant))).toMatchObject({
      status: 400,
      error: "invalid_grant",
    });
    expect(await statusOfToken(second.access_token)).toBe(401);
    expect(await grantsOf(assistant.accountId)).toEqual([]);
  });

  it("12. a grant ends when it is not used for 180 days", async () => {
    const used = await connectAssistant();
    const unused = await connectAssistant({ browser: used.browser });
    await clock.advance(100 * day);
    const next = await refreshAs(used, refreshTokenOf(used));
    await clock.advance(80 * day - minute);
    const last = await refreshAs(used, next.refresh_token);
    expect([next.status, last.status]).toEqual([200, 200]);
    await clock.advance(2 * minute);
    expect(await refreshAs(unused, refreshTokenOf(unused))).toMatchObject({ status: 400, error: "invalid_grant" });
    await clock.advance(180 * day);
    expect(await refreshAs(used, last.refresh_token)).toMatchObject({ status: 400, error: "invalid_grant" });
  });

  it("12. an invented token is refused and ends nothing", async () => {
    const assistant = await connectAssistant();
    const invented = refreshTokenOf(assistant).replace(/[^:]+$/, "x".repeat(32));
    expect(await refreshAs(assistant, invented)).toMatchObject({ status: 400, error: "invalid_grant" });
    expect((await refreshAs(assistant, refreshTokenOf(assistant))).status).toBe(200);
  });

  it("12. a client ends its grant with a token that was used before", async () => {
    const assistant = await connectAssistant();
    const next = await refreshAs(assistant, refreshTokenOf(assistant));
    const form = new URLSearchParams({ token: refreshTokenOf(assistant), client_id: assistant.client.clientId });
    expect((await createBrowser().submitForm("/oauth/token", form)).status).toBe(200);
    expect(await statusOfToken(next.access_token)).toBe(401);
    expect(await grantsOf(assistant.accountId)).toEqual([]);
  });
});

/** Agents and Workers KV that are slow to answer the worker, so that other requests come in between. */
function slow(milliseconds: number): { RING_AGENT: typeof env.RING_AGENT; OAUTH_KV: KVNamespace } {
  const later = () => new Promise((resolve) => setTimeout(resolve, milliseconds));
  function slowed<T extends object>(target: T): T {
    return new Proxy(target, {
      get(object, key) {
        const member: unknown = Reflect.get(object, key);
        if (typeof member !== "function" || key === "then") return member;
        return async (...parameters: unknown[]) => {
          await later();
          return Reflect.apply(member, object, parameters);
        };
      },
    });
  }
  const agents = namespaceOf((name) => ({
    async open(first: Parameters<RingAgent["open"]>[0]) {
      const opened = unwrap(await env.RING_AGENT.getByName(name).open(first));
      const { read, write, remove, list, allows, answer } = opened.session;
      return {
        ok: true,
        value: { value: opened.value, session: slowed({ read, write, remove, list, allows, answer }) },
      };
    },
  }));
  return { RING_AGENT: agents, OAUTH_KV: slowed(env.OAUTH_KV) };
}

function slowRefresh(assistant: Assistant, milliseconds: number): Promise<TokenAnswer> {
  const body = new URLSearchParams(refreshForm(assistant, refreshTokenOf(assistant)));
  return fetchWith(slow(milliseconds), new Request(`${origin}/oauth/token`, { method: "POST", body })).then(readToken);
}

describe("19. a refresh that is under way", () => {
  it.each([45, 65, 85, 95, 105, 115])(
    "19. brings nothing back when the account is deleted %i ms later",
    async (delay) => {
      const assistant = await connectAssistant();
      const refresh = slowRefresh(assistant, 40);
      await new Promise((resolve) => setTimeout(resolve, delay));
      await assistant.browser.submitForm("/delete-account", new URLSearchParams());
      const answer = await refresh;
      expect(await textKept()).not.toContain(assistant.accountId);
      for (const token of [answer.access_token ?? "", assistant.tokens.access_token]) {
        expect(await statusOfToken(token)).toBe(401);
      }
      expect((await refreshAs(assistant, answer.refresh_token ?? "")).status).toBe(400);
    },
  );

  it.each([45, 65, 85, 95, 105, 115])(
    "19. brings nothing back when its approval is revoked %i ms later",
    async (delay) => {
      const assistant = await connectAssistant();
      const refresh = slowRefresh(assistant, 40);
      await new Promise((resolve) => setTimeout(resolve, delay));
      await assistant.browser.submitForm("/assistants/revoke-all", new URLSearchParams());
      const answer = await refresh;
      expect(await statusOfToken(answer.access_token ?? "")).toBe(401);
      expect((await refreshAs(assistant, answer.refresh_token ?? "")).status).toBe(400);
      expect(await grantsOf(assistant.accountId)).toEqual([]);
    },
  );
});

it.each([45, 65, 85, 95])(
  "12. a refresh that is under way brings nothing back when its client ends the grant %i ms later",
  async (delay) => {
    const assistant = await connectAssistant();
    const refresh = slowRefresh(assistant, 40);
    await new Promise((resolve) => setTimeout(resolve, delay));
    const form = new URLSearchParams({ token: refreshTokenOf(assistant), client_id: assistant.client.clientId });
    expect((await createBrowser().submitForm("/oauth/token", form)).status).toBe(200);
    const answer = await refresh;
    expect(await statusOfToken(answer.access_token ?? "")).toBe(401);
    expect(await grantsOf(assistant.accountId)).toEqual([]);
  },
);

it("13. a code that two requests redeem at once gives at most one pair, and the grant ends", async () => {
  const assistant = await connectAssistant();
  const server = await discover(assistant.browser);
  const choices = { person: "x", scopes: null };
  const { code, verifier } = await authorizeClient(assistant.browser, server, assistant.client, choices);
  const form = {
    grant_type: "authorization_code",
    code,
    redirect_uri: assistant.client.redirectUri,
    client_id: assistant.client.clientId,
    code_verifier: verifier,
  };
  const redeem = () => {
    const request = new Request(`${origin}/oauth/token`, { method: "POST", body: new URLSearchParams(form) });
    return fetchWith(slow(20), request).then(readToken);
  };
  const answers = await Promise.all([redeem(), redeem()]);
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
  for (const { access_token } of answers) expect(await statusOfToken(access_token ?? "")).toBe(401);
});

describe("19. after a take-over", () => {
  it("19. the older account's assistants are refused, and its grants are gone", async () => {
    const first = await connectAssistant();
    await connectAssistant(); // the same person at Oura takes the connection over
    expect(await statusOfToken(first.tokens.access_token)).toBe(401);
    expect(await refreshAs(first, refreshTokenOf(first))).toMatchObject({ status: 400, error: "invalid_grant" });
    expect(await grantsOf(first.accountId)).toEqual([]);
  });
});

describe("16. a person who allows less than before", () => {
  it("16. takes the scopes from the older approval at once, used or not", async () => {
    const before = await connectAssistant({ scopes: ["daily", "ring_configuration"] });
    expect((await before.call("oura_get_device")).isError).toBeUndefined();
    const server = await discover(before.browser);
    await authorizeClient(before.browser, server, before.client, { person: "x", scopes: ["daily"] }); // never redeemed
    const after = await before.call("oura_get_device");
    expect(after.content[0]?.text).toContain("not allowed to read Ring Configuration");
    expect((await before.call("oura_get_daily_summary", { sections: ["sleep"] })).isError).toBeUndefined();
  });

  it("16. does not narrow another assistant", async () => {
    const other = await connectAssistant({ scopes: ["daily", "ring_configuration"] });
    await connectAssistant({ browser: other.browser, scopes: ["daily"] });
    expect((await other.call("oura_get_device")).isError).toBeUndefined();
  });
});

describe("19. tokens held for a take-over", () => {
  /** A second account is asked whether it takes the connection over, and does not answer. */
  async function askedToTakeOver() {
    const holder = await connectAssistant();
    const browser = createBrowser();
    const passkey = await createAccount(browser);
    await register(browser);
    const before = new Set(await issuedTokens());
    const toOura = await browser.submitForm("/connect", new URLSearchParams());
    await browser.open(await allowAtOura(browser, toOura.headers.get("location") ?? "", "everyday"));
    return { holder, browser, passkey, held: (await issuedTokens()).filter((token) => !before.has(token)) };
  }

  async function issuedTokens(): Promise<string[]> {
    return (await control<{ tokens: string[] }>("GET", "/tokens")).tokens;
  }

  /** Whether Oura accepts one of them. */
  async function workAtOura(tokens: readonly string[]): Promise<boolean> {
    const answers = tokens.map((token) =>
      fetch("https://oura.test/sandbox/oura/v2/usercollection/personal_info", {
        headers: { authorization: `Bearer ${token}` },
      }),
    );
    const responses = await Promise.all(answers);
    await Promise.all(responses.map((response) => response.text()));
    return responses.some(({ ok }) => ok);
  }

  it.each([
    ["by Disconnect with the button that revokes", "/disconnect", { revoke: "yes" }],
    ["by Delete account", "/delete-account", {}],
  ])("19. are revoked at Ōura %s, also when they have lapsed", async (_name, path, form) => {
    const { browser, passkey, held } = await askedToTakeOver();
    expect(await workAtOura(held)).toBe(true);
    await clock.advance(11 * minute);
    expect(await textKept()).toContain("take-over"); // lapsed, and the alarm has not run yet
    await signIn(browser, passkey);
    await browser.submitForm(path, new URLSearchParams(form));
    expect(await workAtOura(held)).toBe(false);
  });

  it("19. are deleted and revoked at Ōura when the person decides against it, and end nothing of the other account", async () => {
    const { browser, held, holder } = await askedToTakeOver();
    expect(await workAtOura(held)).toBe(true);
    const answer = await browser.submitForm("/take-over", new URLSearchParams({ decision: "cancel" }));
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/panel"]);
    expect(await workAtOura(held)).toBe(false);
    expect(await textKept()).not.toContain("take-over");
    const late = await browser.submitForm("/take-over", new URLSearchParams());
    expect(await late.text()).toContain("This attempt to connect your ring took too long");
    expect((await holder.call("oura_get_device")).isError).toBeUndefined();
  });

  it("19. are deleted and revoked at Ōura when nobody decides within ten minutes", async () => {
    const { held } = await askedToTakeOver();
    await clock.advance(10 * minute + 1_000);
    for (const id of await listDurableObjectIds(env.RING_AGENT)) await runDurableObjectAlarm(env.RING_AGENT.get(id));
    expect(await textKept()).not.toContain("take-over");
    expect(await workAtOura(held)).toBe(false);
  });
});

describe("18. a consent page", () => {
  it("18. of one account cannot be used by another that signed in in the same browser", async () => {
    const mine = await openConsent();
    await createAccount(mine.browser); // now signed in as somebody else
    await register(mine.browser);
    const answer = await mine.browser.submitForm(mine.address, mine.form());
    expect([answer.status, answer.headers.get("location")]).toEqual([400, null]);
    expect(await answer.text()).toContain("account");
  });

  it("18. whose button is pressed twice at once gives one code", async () => {
    const { browser } = await connectAssistant();
    const consent = await openConsent(browser);
    const answers = await Promise.all([0, 1].map(() => browser.submitForm(consent.address, consent.form())));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([302, 400]);
  });

  it("18. ends with the session of the account: signing in as somebody else signs the first one out", async () => {
    const { browser } = await connectAssistant();
    const before = browser.cookies();
    await createAccount(browser);
    const copy = await fetchWith({}, new Request(`${origin}/panel`, { headers: { cookie: before } }));
    expect([copy.status, copy.headers.get("location")]).toEqual([302, "/sign-in"]);
  });
});

describe("15. approvals of one account", () => {
  const most = 50;

  it("15. are fifty at most; one whose code was never redeemed makes room", async () => {
    const assistant = await connectAssistant();
    const agent = env.RING_AGENT.getByName(assistant.accountId);
    const details = {
      clientName: "x",
      clientDomain: null,
      redirectHost: "x",
      replacesOlder: false,
      scopes: ["daily" as const],
    };
    const add = (count: number) =>
      runInDurableObject(agent, (_object, { storage }) => {
        for (let n = 0; n < count; n += 1) {
          const times = { createdAt: clock.now(), firstUsedAt: null, lastUsedAt: null, revokedAt: null };
          storage.kv.put(`assistant:more${n}`, { ...details, clientId: `c${n}`, ...times });
        }
      });
    await add(most - 1); // approvals of 0.1.0, whose grants are elsewhere
    const server = await discover(assistant.browser);
    const again = () => authorizeClient(assistant.browser, server, assistant.client, { person: "x", scopes: null });
    await expect(again()).rejects.toThrow(/400/);
    await assistant.browser.submitForm("/assistants/revoke", new URLSearchParams({ id: "more0" }));
    await again(); // never redeemed
    await clock.advance(11 * minute);
    const tokens = await exchangeCode(assistant.browser, server, assistant.client, await again());
    expect((await callTool(tokens.access_token, "oura_get_permissions", {})).isError).toBeUndefined();
  });
});

describe("9. unknown tokens of a real account", () => {
  it("9. are limited for each address and account, without affecting other addresses", async () => {
    const assistant = await connectAssistant();
    let opened = 0;
    const agents = namespaceOf((name) => {
      opened += 1;
      return env.RING_AGENT.getByName(name);
    });
    const wrong = assistant.tokens.access_token.replace(/[^:]+$/, "x".repeat(32));
    const send = async (token: string, address: string) => {
      const request = mcpRequest(token, { headers: { "cf-connecting-ip": address } });
      const response = await fetchWith({ RING_AGENT: agents }, request);
      await response.text();
      return response.status;
    };
    const statuses: number[] = [];
    for (let n = 0; n < 300; n += 1) statuses.push(await send(wrong, "192.0.2.1"));
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(opened).toBeLessThan(100);
    expect(await send(assistant.tokens.access_token, "192.0.2.2")).toBe(200);
  });
});
