import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import { authorizeClient, discover } from "../../sandbox/walk.ts";
import { assertionType, createKeyedClient, type KeyedClient } from "../support/client-assertions.ts";
import { clock } from "../support/clock.ts";
import { everythingKept } from "../support/kept.ts";
import { type Assistant, connectAssistant, origin } from "../support/product.ts";
import { requestToken, statusOfToken } from "../support/token-requests.ts";

/** Numbers are the lines of docs/security.md. */
let assistant: Assistant;
let client: KeyedClient;

beforeAll(async () => {
  assistant = await connectAssistant();
  client = await createKeyedClient(origin, clock.now);
});

const redirectUri = "https://assistant.test/callback";

async function formWith(assertion: string): Promise<Record<string, string>> {
  const server = await discover(assistant.browser);
  const asked = { clientId: client.clientId, redirectUri };
  const { code, verifier } = await authorizeClient(assistant.browser, server, asked, { person: "x", scopes: null });
  return {
    grant_type: "authorization_code",
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
    client_assertion: assertion,
    client_assertion_type: assertionType,
  };
}

function markers(): Promise<string[]> {
  return runInDurableObject(env.RING_AGENT.getByName(assistant.accountId), (_object, { storage }) =>
    Array.from(storage.kv.list({ prefix: "replay:" }), ([key]) => key),
  );
}

it("13. a client's assertion gives tokens once: a second request with it is refused", async () => {
  const assertion = await client.assert();
  const first = await requestToken(await formWith(assertion));
  expect([first.status, await statusOfToken(first.access_token)]).toEqual([200, 200]);
  expect(await markers()).toHaveLength(1);
  expect((await requestToken(await formWith(assertion))).status).toBe(401);
  expect((await requestToken(await formWith(await client.assert()))).status).toBe(200);
});

it("13. an assertion in a request that gives no tokens leaves no marker, here or in Workers KV", async () => {
  const before = await everythingKept();
  const form = {
    grant_type: "authorization_code",
    redirect_uri: redirectUri,
    code_verifier: "x".repeat(64),
    client_assertion_type: assertionType,
  };
  const [userId = ""] = assistant.tokens.access_token.split(":");
  const codes = ["invented", `${"0".repeat(26)}:g:s`, `${"0".repeat(26)}.${"0".repeat(16)}:g:s`, `${userId}:g:s`];
  for (const code of codes) {
    const answer = await requestToken({ ...form, code, client_assertion: await client.assert() });
    expect([code, answer.status]).toEqual([code, 400]);
  }
  expect(await everythingKept()).toEqual(before);
});
