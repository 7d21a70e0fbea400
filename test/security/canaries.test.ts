import { runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { CANARY } from "../../sandbox/control/canaries.ts";
import { createSoftwarePasskey, type SoftwarePasskey } from "../../sandbox/software-passkey.ts";
import { createVisitor, type Visitor } from "../../sandbox/visitor.ts";
import { allowAtOura, createAccount, signIn } from "../../sandbox/walk.ts";
import { fetchOura } from "../../src/oura/fetch-oura.ts";
import { tools } from "../../src/tools/index.ts";
import { makeAccessToken, readShownToken } from "../support/access-tokens.ts";
import { clock } from "../support/clock.ts";
import { control } from "../support/control.ts";
import { everythingKept } from "../support/kept.ts";
import { callTool, connectAssistant, origin, type ToolResult } from "../support/product.ts";

/** Everything the product sent or logged during one day of use, and the secrets to search for. */
const logged: string[] = [];
/** Pages and answers of the authorization server, without tool answers. */
const shown: string[] = [];
const answers: ToolResult[] = [];
let asked: string[] = [];
let canary: typeof CANARY;
let ouraTokens: string[] = [];
const accountKeys: string[] = [];
const accessTokens: string[] = [];
const assistantTokens: string[] = [];
const cookies: string[] = [];

const secrets = ["OURA_CLIENT_SECRET", "TOKEN_KEYS", "OPERATOR_KEY"].map((name) => String(Reflect.get(env, name)));

/** A browser that records every response. */
function watchedBrowser(address: string): Visitor {
  return createVisitor({
    origin,
    address,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      if (new URL(request.url).origin !== origin) return fetchOura(request);
      const response = await exports.default.fetch(request);
      const text = await response.text();
      for (const [name, value] of response.headers) {
        // Two allowed places: a cookie in the browser, and a code in the redirect to the client.
        if (name === "set-cookie") cookies.push(value.split(";")[0]?.split("=")[1] ?? "");
        else shown.push(`${new URL(request.url).pathname} ${name}: ${value}`);
      }
      const key = /id="shown-account-key">\s*([0-9a-z-]+)/.exec(text)?.[1];
      if (key) accountKeys.push(key);
      const token = readShownToken(text);
      if (token) accessTokens.push(token);
      if (new URL(request.url).pathname === "/oauth/token") assistantTokens.push(...secretsOf(text));
      else shown.push([key ?? "", token].reduce((page, secret) => (secret ? page.replaceAll(secret, "") : page), text));
      return Object.defineProperty(new Response(text, response), "url", { value: request.url });
    },
  });
}

function secretsOf(tokenAnswer: string): string[] {
  const { access_token = "", refresh_token = "" } = JSON.parse(tokenAnswer) as Record<string, string>; // RFC 6749 §5.1
  return [access_token, refresh_token].flatMap((token) => token.split(":").slice(2)); // the other parts of a token are not secret
}

beforeAll(async () => {
  canary = await control<typeof CANARY>("PUT", "/canaries");
  await fetch("https://strangers.test/asked");
  for (const method of ["log", "warn", "error", "info", "debug"] as const)
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      logged.push(parts.map((part) => (part instanceof Error ? `${part.stack}` : String(part))).join(" "));
    });
  await liveALongDay();
  ouraTokens = (await control<{ tokens: string[] }>("GET", "/tokens")).tokens;
  asked = await (await fetch("https://strangers.test/asked")).json();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await control("DELETE", "/canaries");
});

async function liveALongDay(): Promise<void> {
  const browser = watchedBrowser("10.55.0.1");
  const passkey = await createAccount(browser);
  await browser.submitForm("/register", new URLSearchParams({ next: "/panel" }));
  const assistant = await connectAssistant({
    browser,
    scopes: [
      "daily",
      "heartrate",
      "spo2",
      "workout",
      "tag",
      "ring_configuration",
      "stress",
      "heart_health",
      "personal",
    ],
  });

  const ask = async (call: typeof assistant.call) => {
    for (const { name } of tools) for (const input of inputs[name] ?? [{}]) answers.push(await call(name, input));
  };
  await ask(assistant.call);
  for (const kind of ["malformed", "server_error", "rate_limited", "lapsed_membership"]) {
    await control("PUT", "/faults", { faults: [{ kind }] });
    const start_date = clock.daysAgo(250 + answers.length); // older than anything in the cache
    answers.push(await assistant.call("oura_get_sleep_sessions", { start_date, end_date: start_date }));
  }
  await control("PUT", "/faults", { faults: [] });
  await control("POST", "/tokens/expire");
  answers.push(
    await assistant.call("oura_get_sleep_sessions", { start_date: clock.daysAgo(340), end_date: clock.daysAgo(338) }),
  );
  answers.push(await assistant.call("oura_get_daily_summary", { start_date: "nonsense" }));

  answers.push(await callTool(await makeAccessToken(browser), "oura_get_sleep_sessions", {}));

  await browser.submitForm("/account-key", new URLSearchParams());
  await signIn(watchedBrowser("10.55.0.2"), passkey);
  await addPasskey(browser);
  await browser.submitForm("/sign-in/key", new URLSearchParams({ key: "0".repeat(58), next: "/panel" }));
  await browser.open(`/oura/callback?code=stray&state=panel-stray`);
  await browser.open("/panel");
  await runInDurableObject(env.RING_AGENT.getByName(assistant.accountId), (object) => object.flush());

  // A second account of the same person gets the take-over question and never answers it.
  const second = watchedBrowser("10.55.0.3");
  await createAccount(second);
  await second.submitForm("/register", new URLSearchParams({ next: "/panel" }));
  const toOura = await second.submitForm("/connect", new URLSearchParams());
  const told = await second.open(await allowAtOura(second, toOura.headers.get("location") ?? "", "everyday"));
  expect(await told.text()).toContain("connected to another account of this service");
}

async function addPasskey(browser: Visitor): Promise<void> {
  const begun = await browser.postJson("/passkeys/options", {});
  const options = await begun.json<Parameters<SoftwarePasskey["create"]>[0]>();
  await browser.postJson("/passkeys", { response: await createSoftwarePasskey({ origin }).create(options) });
}

const inputs: Partial<Record<string, object[]>> = {
  oura_get_device: [{ include_profile: true }],
  oura_get_daily_summary: [{ include_baselines: true }, { start_date: clock.daysAgo(30), end_date: clock.daysAgo(1) }],
  oura_get_sleep_sessions: [{ include_time_series: true, start_date: clock.daysAgo(5), end_date: clock.daysAgo(1) }],
  oura_get_trends: [{ metrics: ["sleep_score", "steps", "hrv"] }, { metrics: ["sleep_score"] }],
};

/** Where any of the texts occurs, shortened so that a failure does not print the secret. */
function findAny(places: readonly string[], texts: readonly string[]): string[] {
  return places.flatMap((place) =>
    texts
      .filter((text) => text.length > 5 && place.includes(text))
      .map((text) => `${text.slice(0, 6)}… in ${place.slice(0, 60)}`),
  );
}

it("used everything, and canaries reached the tool answers", () => {
  const text = JSON.stringify(answers);
  expect(text).toContain(canary.word);
  expect(answers.filter(({ isError }) => !isError).length).toBeGreaterThan(tools.length);
  const troubles = [
    /cannot read/,
    /problem on its side/,
    /accepts no more requests/,
    /membership/i,
    /was not understood/,
  ];
  expect(troubles.filter((trouble) => trouble.test(text)).length).toBeGreaterThan(1);
  expect([ouraTokens.length > 5, assistantTokens.length > 1, accountKeys.length, cookies.length > 5]).toEqual([
    true,
    true,
    1,
    true,
  ]);
  expect(accessTokens).toHaveLength(1);
  expect([logged.length > 10, shown.length > 50, asked.length > 30]).toEqual([true, true, true]);
});

const everySecret = () => {
  const secretParts = accessTokens.map((token) => token.slice(-32)); // the other parts of a token are not secret
  return [...ouraTokens, ...secrets, ...assistantTokens, ...accountKeys, ...secretParts];
};
const health = () => [canary.digits, canary.word];

it("no canary is in a log", () => {
  expect(findAny(logged, [...everySecret(), ...cookies, ...health()])).toEqual([]);
});

it("no canary is in storage, as text or as the time of a record", async () => {
  const kept = await everythingKept();
  expect(kept.length).toBeGreaterThan(12);
  const texts = kept.map(({ place, key, value }) => `${place} ${key} ${JSON.stringify(value)}`);
  expect(findAny(texts, [...everySecret(), ...cookies, ...health()])).toEqual([]);
  const instants = new Set(await recordedInstants());
  expect(instants.size).toBeGreaterThan(1_000);
  expect(
    kept.flatMap(({ key, value }) =>
      numbersIn(value)
        .filter((n) => instants.has(n))
        .map((n) => `${key} ${n}`),
    ),
  ).toEqual([]);
});

it("no canary is in a page, a header or an answer of the authorization server", () => {
  expect(findAny(shown, [...everySecret(), ...health()])).toEqual([]);
});

it("no secret is in a tool answer, and no health value in a refused or failed one", () => {
  const texts = answers.map((answer) => JSON.stringify(answer));
  expect(findAny(texts, [...everySecret(), ...cookies])).toEqual([]);
  expect(
    findAny(
      texts.filter((_text, index) => answers[index]?.isError),
      health(),
    ),
  ).toEqual([]);
});

it("no canary is in the address of a request to Ōura", () => {
  expect(findAny(asked, [...everySecret(), ...cookies, ...health()])).toEqual([]);
});

/** The instants of all the person's records as Oura sent them, with the canary's milliseconds. */
async function recordedInstants(): Promise<number[]> {
  const instants: number[] = [];
  for (const route of ["sleep", "daily_activity", "workout", "session"]) {
    const { data } = await control<{ data: object[] }>("GET", `/people/everyday/documents/${route}`);
    for (const text of JSON.stringify(data).match(/"\d{4}-\d\d-\d\dT[^"]+"/g) ?? []) {
      const instant = Math.floor(Date.parse(JSON.parse(text)) / 1_000) * 1_000;
      // Midnights only identify the day.
      if (instant % 86_400_000 !== 0) instants.push(instant, instant + Number(canary.milliseconds));
    }
  }
  return instants;
}

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}
