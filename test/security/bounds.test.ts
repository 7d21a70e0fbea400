import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { Parts } from "../../src/agent/parts.ts";
import { createSchedule } from "../../src/agent/schedule.ts";
import { isAcceptableClientId } from "../../src/auth/client-document.ts";
import { createGuardedWarning } from "../../src/auth/guarded-fetch.ts";
import { findRegistrationRefusal } from "../../src/auth/registration-limits.ts";
import type { Bindings } from "../../src/bindings.ts";
import { readSettings } from "../../src/config.ts";
import { createConnection } from "../../src/connection/connection.ts";
import { AppError, describeFailure } from "../../src/errors.ts";
import { writeAccessToken } from "../../src/grants/access-token.ts";
import { createOAuthStore } from "../../src/grants/oauth-store.ts";
import { createCallBudget } from "../../src/oura/budget.ts";
import { createGate } from "../../src/oura/gate.ts";
import { exchangeCode, refreshTokens, revokeAtOura } from "../../src/oura/oauth.ts";
import { readOura, type Transport } from "../../src/oura/transport.ts";
import { createAdmission } from "../../src/web/admission.ts";
import { ceremonyCookie, connectCookie, sessionCookie } from "../../src/web/cookies.ts";
import { safeNext } from "../../src/web/session.ts";
import { createWrongTokenLimit } from "../../src/web/wrong-tokens.ts";
import { createNames } from "../../src/words/code-words.ts";
import { quoteWearer } from "../../src/words/wearer-text.ts";
import { createMemoryStorage } from "../support/memory-storage.ts";

/*
 * Each limit is tried exactly at its number and one step beyond it. The numbers are written out: a constant of the code
 * would follow every change of the limit.
 */

const tokenKeys = [{ id: "k1", key: new Uint8Array(32).fill(1) }];
const config = {
  clientId: "id",
  clientSecret: "secret",
  apiUrl: "https://oura.test",
  authorizeUrl: "https://oura.test/oauth-authorize",
  tokenUrl: "https://oura.test/oauth-token",
  revokeUrl: "https://oura.test/oauth-revoke",
};
const secrets = {
  OURA_CLIENT_ID: "id",
  OURA_CLIENT_SECRET: "secret",
  TOKEN_KEYS: `k:${Uint8Array.from({ length: 32 }, (_, index) => index).toBase64()}`,
};
const loopback = "http://127.0.0.1/";
const text = (length: number) => "x".repeat(length);

function acceptsClient(metadata: Record<string, unknown>): boolean {
  return findRegistrationRefusal({ redirect_uris: [loopback], ...metadata }) === null;
}

function acceptsSetting(name: string, value: string): boolean {
  const settings = readSettings({ ...secrets, [name]: value });
  return settings.kind === "ready" && settings.site.malformed.length === 0;
}

/** Padded, so that the JSON has the given number of characters. */
function clientOf(length: number): Record<string, unknown> {
  const around = JSON.stringify({ redirect_uris: [loopback], contacts: [""] }).length;
  return { contacts: [text(length - around)] };
}

/** Made of known words. */
function codeOf(length: number): string {
  return "late_meal".padEnd(length, "_");
}

function keyOf(differentBytes: number): string {
  return `k:${Uint8Array.from({ length: 32 }, (_, index) => index % differentBytes).toBase64()}`;
}

describe("a length or a number", () => {
  it.each<[string, number, (n: number) => boolean]>([
    ["the name of an OAuth client", 200, (n) => acceptsClient({ client_name: text(n) })],
    ["redirect addresses", 20, (n) => acceptsClient({ redirect_uris: Array(n).fill(loopback) })],
    ["a redirect address", 1_000, (n) => acceptsClient({ redirect_uris: [loopback.padEnd(n, "x")] })],
    ["a registration", 8_000, (n) => acceptsClient(clientOf(n))],
    ["a client id", 500, (n) => isAcceptableClientId(text(n))],
    ["a path to which a sign-in leads", 8_000, (n) => safeNext("/".padEnd(n, "x")) !== "/panel"],
    ["the text of a wearer", 120, (n) => quoteWearer(text(n)) === text(n)],
    ["a code that is split into words", 60, (n) => createNames(["late", "meal"]).compose(codeOf(n)) !== null],
    ["CACHE_SECONDS", 60, (n) => acceptsSetting("CACHE_SECONDS", `${n}`)],
    ["BETA_CAPACITY", 1_000_000, (n) => acceptsSetting("BETA_CAPACITY", `${n}`)],
    ["ACCOUNT_REQUESTS", 1_000_000, (n) => acceptsSetting("ACCOUNT_REQUESTS", `${n}`)],
    ["REGISTRATIONS_PER_DAY", 1_000_000, (n) => acceptsSetting("REGISTRATIONS_PER_DAY", `${n}`)],
    ["OPERATOR_NAME", 200, (n) => acceptsSetting("OPERATOR_NAME", text(n))],
    ["the id of a key", 32, (n) => acceptsSetting("TOKEN_KEYS", secrets.TOKEN_KEYS.replace("k", text(n)))],
  ])("of %s is accepted up to %i", (_name, most, isAccepted) => {
    expect([isAccepted(most), isAccepted(most + 1)]).toEqual([true, false]);
  });

  it.each<[string, number, (n: number) => boolean]>([
    ["OPERATOR_KEY", 20, (n) => acceptsSetting("OPERATOR_KEY", text(n))],
    ["ACCOUNT_REQUESTS", 50, (n) => acceptsSetting("ACCOUNT_REQUESTS", `${n}`)],
    ["REGISTRATIONS_PER_DAY", 4, (n) => acceptsSetting("REGISTRATIONS_PER_DAY", `${n}`)],
    ["the different bytes of a key", 10, (n) => acceptsSetting("TOKEN_KEYS", keyOf(n))],
  ])("of %s is accepted from %i", (_name, least, isAccepted) => {
    expect([isAccepted(least), isAccepted(least - 1)]).toEqual([true, false]);
  });

  it("of texts in errors and logs is cut at its number", () => {
    const words = (problems: string[]) =>
      describeFailure({ kind: "bad_input", problems }, { home: "https://x.test/", panel: "https://x.test/panel" });
    const shown = (problems: string[]) =>
      words(problems)
        .match(/x+/g)
        ?.map((part) => part.length);
    expect(shown([text(1_200)])).toEqual([1_200]);
    expect(shown([text(1_201)])).toEqual([1_200]);
    expect(words([text(1_201)])).toContain("x…");
    expect(shown([text(301), text(300), text(3), text(4), text(5), text(6)])).toEqual([300, 300, 3, 4, 5]);
    const warned: string[] = [];
    const error = new Error("not shown");
    error.stack = `Error: not shown\n    at ${text(5_000)}`;
    createGuardedWarning((line) => warned.push(line))("a warning of the library", error);
    expect(JSON.parse(String(warned[0])).where).toHaveLength(300);
  });

  it("of an access token's secret is 160 bits", async () => {
    const { text: token } = await writeAccessToken(tokenKeys, text(26), text(26));
    expect(token).toHaveLength("ringbridge_".length + 100);
  });

  it("of the days of a cookie is thirty, and of its minutes five and ten", () => {
    const seconds = [sessionCookie, ceremonyCookie, connectCookie].map(({ maxAgeSeconds }) => maxAgeSeconds);
    expect(seconds).toEqual([2_592_000, 300, 600]);
  });
});

describe("what an isolate remembers of strangers", () => {
  const from = (number: number) =>
    new Request("https://ringbridge.test/", {
      headers: { "cf-connecting-ip": `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}` },
    });

  /** Refuses everybody, and counts what it is asked. */
  function refusing() {
    const seen = { asked: 0 };
    const registry = { admit: async () => ++seen.asked < 0, countTroubles: async () => {} };
    const bindings = { REGISTRY: { getByName: () => registry } };
    return { seen, bindings: bindings as unknown as Bindings }; // the functions call nothing else
  }

  it("is a thousand networks that may register no more clients", async () => {
    const { seen, bindings } = refusing();
    const admit = createAdmission(() => 0);
    for (let n = 0; n < 1_000; n += 1) await admit(bindings, from(n));
    await admit(bindings, from(1_000));
    expect(seen.asked).toBe(1_001);
    await admit(bindings, from(1_000));
    expect(seen.asked).toBe(1_001);
    await admit(bindings, from(0)); // the list was emptied
    expect(seen.asked).toBe(1_002);
  });

  it("is ten thousand addresses with too many wrong tokens, each for a minute", async () => {
    let now = 0;
    const open = createWrongTokenLimit(() => now);
    const refusals = { ...refusing().bindings, LIMIT_WRONG_TOKENS: { limit: async () => ({ success: false }) } };
    const context = createExecutionContext();
    const callerAt = (n: number) => open(from(n), refusals, context);
    const isBlocked = (n: number) => {
      try {
        callerAt(n).expectNotBlocked("account");
        return false;
      } catch (error) {
        return error instanceof AppError && error.failure.kind === "too_many_attempts";
      }
    };
    for (let n = 0; n < 10_000; n += 1) callerAt(n).onUnknown("account");
    await waitOnExecutionContext(context);
    expect([isBlocked(0), isBlocked(9_999)]).toEqual([true, true]);
    now = 59_999;
    expect(isBlocked(0)).toBe(true);
    now = 60_000;
    expect(isBlocked(0)).toBe(false);
    now = 0;
    callerAt(10_000).onUnknown("account");
    await vi.waitFor(() => expect(isBlocked(10_000)).toBe(true));
    expect([isBlocked(1), isBlocked(9_999)]).toEqual([true, true]); // one entry had expired, so there was room
    callerAt(10_001).onUnknown("account");
    await vi.waitFor(() => expect(isBlocked(10_001)).toBe(true));
    expect([isBlocked(1), isBlocked(9_999)]).toEqual([false, false]);
  });
});

describe("a request to Ōura", () => {
  afterEach(() => vi.restoreAllMocks());

  function oauth(answer: () => Response) {
    const seen = { appRefused: 0 };
    const dependencies = {
      config,
      fetch: async () => answer(),
      now: () => 0,
      onAppRefused: () => {
        seen.appRefused += 1;
      },
    };
    return { seen, dependencies };
  }

  function transport(
    answer: () => Response,
    { now = () => 0, ...changed }: Partial<Transport> & { now?(): number } = {},
  ) {
    const seen = { sent: 0 };
    const fetch = async () => {
      seen.sent += 1;
      return answer();
    };
    const tokens = { current: async () => "a", replace: async () => "b" };
    return {
      seen,
      read: () =>
        readOura(
          {
            fetch,
            sleep: async () => {},
            random: () => 0,
            gate: createGate(6),
            tokens,
            apiUrl: "https://oura.test",
            ...changed,
          },
          createCallBudget(now),
          "/v2/x",
        ),
    };
  }

  it("waits ten seconds for data, fifteen for a code or a revocation, and a hundred for a refresh", async () => {
    const { dependencies } = oauth(() => Response.json({}));
    const timeout = vi.spyOn(AbortSignal, "timeout");
    await transport(() => Response.json({})).read();
    await exchangeCode(dependencies, { code: "c", redirectUri: "https://x.test", verifier: "v" });
    await revokeAtOura(dependencies, "access");
    await refreshTokens(dependencies, "refresh");
    expect(timeout.mock.calls.flat()).toEqual([10_000, 15_000, 15_000, 100_000]);
  });

  it("reads 64,000 bytes of a refusal, and no more", async () => {
    const long = transport(() => new Response(text(64_001), { status: 401 }));
    await expect(long.read()).rejects.toMatchObject({ failure: { kind: "oura_malformed" } });
    const short = transport(() => new Response(text(64_000), { status: 401 }));
    await expect(short.read()).rejects.toMatchObject({ failure: { kind: "oura_refused" } });
    const code = '{"error":"invalid_client"}';
    for (const [length, appRefused] of [
      [64_000, 1],
      [64_001, 0],
    ] as const) {
      const { seen, dependencies } = oauth(() => new Response(code.padEnd(length), { status: 401 }));
      await revokeAtOura(dependencies, "access");
      expect(seen.appRefused).toBe(appRefused);
    }
  });

  it.each([
    [315_360_000, 315_360_000],
    [315_360_001, 86_400],
    [0, 86_400],
  ])("believes that a token is valid for %i seconds up to ten years", async (expires_in, believed) => {
    const { dependencies } = oauth(() => Response.json({ access_token: "a", refresh_token: "r", expires_in }));
    expect(await refreshTokens(dependencies, "refresh")).toMatchObject({ tokens: { expiresAt: believed * 1_000 } });
  });

  it.each([
    [19_000, 2],
    [19_001, 1],
  ])(
    "is sent again after five seconds if a second remains then: after %i ms it is sent %i times",
    async (spent, times) => {
      let now = 0;
      let sent = 0;
      const busy = async () => {
        now = spent;
        sent += 1;
        return sent === 1 ? Response.json({}, { status: 429, headers: { "retry-after": "5" } }) : Response.json({});
      };
      const { read } = transport(() => Response.json({}), { fetch: busy, now: () => now });
      await read().catch(() => null);
      expect(sent).toBe(times);
    },
  );

  it("is sent again after pauses that a random number up to doubles", async () => {
    const waits: number[] = [];
    const sleep = async (milliseconds: number) => void waits.push(milliseconds);
    const { read } = transport(() => new Response("", { status: 500 }), { sleep, random: () => 1 });
    await expect(read()).rejects.toMatchObject({ failure: { kind: "oura_unavailable" } });
    expect(waits).toEqual([500, 1_000]);
  });

  it("is one of fifty of a tool call, within 25 seconds", () => {
    let now = 0;
    const budget = createCallBudget(() => now);
    expect(budget.remaining()).toBe(25_000);
    now = 25_000;
    expect(budget.remaining()).toBe(0);
    for (let sent = 0; sent < 50; sent += 1) budget.spendRequest();
    expect(() => budget.spendRequest()).toThrow("call_budget_spent");
  });

  /** A connection whose access token expires in a day, and Ōura's answers to its refreshes. */
  async function connected(answer: () => Response | Promise<Response>) {
    const clock = { now: 1_000_000, sent: 0 };
    const connection = createConnection({
      accountId: "account",
      storage: createMemoryStorage().storage,
      tokenKeys,
      config,
      now: () => clock.now,
      fetch: async () => {
        clock.sent += 1;
        return answer();
      },
    });
    const tokens = { accessToken: "a", refreshToken: "r", expiresAt: clock.now + 86_400_000, scopes: null };
    await connection.connect(tokens, { names: ["daily"], areProven: false });
    return { clock, connection };
  }

  it("renews the tokens five minutes before they expire, not earlier", async () => {
    const { clock, connection } = await connected(() =>
      Response.json({ access_token: "new", refresh_token: "r2", expires_in: 86_400 }),
    );
    clock.now += 86_400_000 - 300_001;
    expect([await connection.current(), clock.sent]).toEqual(["a", 0]);
    clock.now += 1;
    expect([await connection.current(), clock.sent]).toEqual(["new", 1]);
  });

  it("is tried again after 30 seconds at first, and after fifteen minutes at most", async () => {
    const { clock, connection } = await connected(() => new Response("", { status: 503 }));
    clock.now += 86_400_000;
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      const error: unknown = await connection.current().catch((caught: unknown) => caught);
      const failure = error instanceof AppError ? error.failure : null;
      waits.push(failure?.kind === "refresh_uncertain" ? failure.retryAfterSeconds : Number.NaN);
      clock.now += 1_000 * (waits.at(-1) ?? 0);
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
  });

  it("is waited for twelve seconds when it renews the tokens", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const { clock, connection } = await connected(() => new Promise(() => {}));
    clock.now += 86_400_000;
    const seen: string[] = [];
    const waiting = connection.current().catch((error: unknown) => seen.push(String(error)));
    while (vi.getTimerCount() === 0) await Promise.resolve();
    await vi.advanceTimersByTimeAsync(11_999);
    expect(seen).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(seen).toEqual(["AppError: refresh_uncertain"]);
  });
});

it("a tool call is listed in storage after two seconds, together with those that follow it", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  let written = 0;
  const [parts, context] = [{}, {}] as [Parts, DurableObjectState]; // `flushLater` uses neither
  const schedule = createSchedule(parts, context, () => {
    written += 1;
  });
  schedule.flushLater();
  await vi.advanceTimersByTimeAsync(1_999);
  schedule.flushLater();
  expect(written).toBe(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(written).toBe(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(written).toBe(1);
});

describe("Workers KV", () => {
  function openKv() {
    const seen: { keys: string[]; lifetimes: unknown[] } = { keys: [], lifetimes: [] };
    const kv = new Proxy(env.OAUTH_KV, {
      get: (_target, name) => async (key: string, _value: string, options: KVNamespacePutOptions) => {
        seen.keys.push(key);
        if (name === "put") seen.lifetimes.push(options.expirationTtl);
        return null;
      },
    });
    const store = createOAuthStore({
      kv,
      tokenKeys,
      open: () => Promise.reject(new Error("no account is asked")),
      presented: null,
      browserAccount: async () => null,
      expectNotBlocked: () => {},
      onUnknown: () => {},
    });
    return { seen, kv: store.kv };
  }

  it("is asked for keys of 512 bytes, and of no more", async () => {
    const { seen, kv } = openKv();
    const longest = `client:${text(505)}`;
    for (const key of [longest, `${longest}x`, `client:${"é".repeat(253)}`]) expect(await kv.get(key)).toBeNull();
    expect(seen.keys).toEqual([longest]);
  });

  it("keeps an entry for at least a minute", async () => {
    const { seen, kv } = openKv();
    await kv.put("client:a", "{}", { expiration: 1 });
    expect(seen.lifetimes).toEqual([60]);
  });
});
