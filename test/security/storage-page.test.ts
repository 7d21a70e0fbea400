import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import page from "../../docs/storage.md?raw";
import { allowAtOura, authorizeClient, createAccount, discover } from "../../sandbox/walk.ts";
import { sessionLifetimeMilliseconds } from "../../src/account/sessions.ts";
import { idleMilliseconds } from "../../src/agent/retention.ts";
import { keptMilliseconds } from "../../src/grants/activity.ts";
import { createTidyList } from "../../src/grants/tidy-list.ts";
import { theRegistry } from "../../src/registry/registry.ts";
import { ceremonyCookie, connectCookie, sessionCookie } from "../../src/web/cookies.ts";
import { makeAccessToken } from "../support/access-tokens.ts";
import { assertionType, createKeyedClient } from "../support/client-assertions.ts";
import { clock } from "../support/clock.ts";
import { openConsent } from "../support/consent.ts";
import { control } from "../support/control.ts";
import { everythingKept, type Kept } from "../support/kept.ts";
import { issueOldTokens } from "../support/old-grants.ts";
import { type Assistant, connectAssistant, createBrowser, origin } from "../support/product.ts";
import { requestToken } from "../support/token-requests.ts";

/** The rows of the page's tables of stored keys. */
const rows = Array.from(
  page.matchAll(/^\| (agent|registry|kv) \| `([^`]+)` \| (.+) \|$/gm),
  ([, place, key, rest]) => ({
    place: place ?? "",
    key: key ?? "",
    columns: (rest ?? "").split(" | "),
  }),
);

/** `grant:<account>:<id>` as a pattern of real keys. */
function patternOf(key: string): RegExp {
  return new RegExp(`^${key.replace(/<[a-z]+>/g, "[^:]+")}$`);
}

let kept: Kept[] = [];

beforeAll(async () => {
  await useEverything();
  kept = await everythingKept();
});

/** Uses everything: one account, one that starts to take over its connection, one in the queue, and the operator. */
async function useEverything(): Promise<void> {
  const assistant = await connectAssistant();
  await assistant.call("oura_get_daily_summary");
  await makeAccessToken(assistant.browser);
  await runInDurableObject(env.RING_AGENT.getByName(assistant.accountId), (object) => object.flush());
  await openConsent(assistant.browser);
  await redeemWithAssertion(assistant);
  await issueOldTokens(assistant);
  await leaveToTidy(assistant);

  const second = createBrowser();
  await createAccount(second);
  await second.submitForm("/register", new URLSearchParams({ next: "/panel" }));
  const toOura = await second.submitForm("/connect", new URLSearchParams());
  await second.open(await allowAtOura(second, toOura.headers.get("location") ?? "", "everyday"));

  await theRegistry(env).countTroubles({ too_many_attempts: 1 });
  await theRegistry(env).setCapacity(2);
  await theRegistry(env).createInvitation();
  const third = createBrowser();
  await createAccount(third);
  await third.submitForm("/register", new URLSearchParams({ next: "/panel" }));
}

/** A client that proves itself with a signed assertion gets tokens. */
async function redeemWithAssertion({ browser }: Assistant): Promise<void> {
  const keyed = await createKeyedClient(origin, clock.now);
  const client = { clientId: keyed.clientId, redirectUri: "https://assistant.test/callback" };
  const walk = await authorizeClient(browser, await discover(browser), client, { person: "x", scopes: null });
  const { status } = await requestToken({
    grant_type: "authorization_code",
    code: walk.code,
    redirect_uri: client.redirectUri,
    code_verifier: walk.verifier,
    client_assertion: await keyed.assert(),
    client_assertion_type: assertionType,
  });
  expect(status).toBe(200);
}

/** A revoked approval of 0.1.0, with Workers KV that refuses to delete its grant. */
async function leaveToTidy({ accountId }: Assistant): Promise<void> {
  await runInDurableObject(env.RING_AGENT.getByName(accountId), async (_object, { storage }) => {
    const refusing = new Proxy(env.OAUTH_KV, { get: () => () => Promise.reject(new Error("refused")) });
    const tidy = createTidyList(storage.kv, refusing, accountId, clock.now);
    tidy.add(["old-approval"]);
    await tidy.run();
  });
}

it("describes content, lifetime and protection of every row", () => {
  expect(rows.length).toBeGreaterThan(12);
  for (const { key, columns } of rows) {
    expect([key, columns.length]).toEqual([key, 3]);
    for (const column of columns) expect([key, column.length > 3]).toEqual([key, true]);
  }
});

it("names every key that exists after the whole product was used", () => {
  const unnamed = kept.filter(
    ({ place, key }) => !rows.some((row) => row.place === place && patternOf(row.key).test(key)),
  );
  expect(unnamed.map(({ place, key }) => `${place} ${key}`)).toEqual([]);
});

it("names no key that does not exist", () => {
  const idle = rows.filter(
    (row) => !kept.some(({ place, key }) => row.place === place && patternOf(row.key).test(key)),
  );
  expect(idle.map(({ place, key }) => `${place} ${key}`)).toEqual([]);
});

it("is right about plain text: it contains no token of Ōura, and no key under which one could be stored", async () => {
  const { tokens } = await control<{ tokens: string[] }>("GET", "/tokens");
  const text = JSON.stringify(kept);
  expect(tokens.filter((token) => text.includes(token))).toEqual([]);
  const sealed = kept.filter(({ key }) => key === "connection" || key === "take-over");
  expect(sealed).toHaveLength(2);
  for (const { value } of sealed) expect(JSON.stringify(value)).toMatch(/"sealed":"v1\.test\./);
});

it.each([
  ["session:<hash>", `${sessionLifetimeMilliseconds / 86_400_000} days`],
  ["connection", `${idleMilliseconds / 86_400_000} days`],
  ["activity", `${keptMilliseconds / 86_400_000} days`],
  ["__Host-session", `${sessionCookie.maxAgeSeconds / 86_400} days`],
  ["__Host-ceremony", `${ceremonyCookie.maxAgeSeconds / 60} minutes`],
  ["__Host-connect", `${connectCookie.maxAgeSeconds / 60} minutes`],
])("states the same lifetime of %s as the code", (key, lifetime) => {
  const row = page.split("\n").find((line) => line.includes(`| \`${key}\` |`));
  expect(row).toContain(lifetime);
});
