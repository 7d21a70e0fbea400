import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createAccount, signIn } from "../../sandbox/walk.ts";
import { makeAccessToken, openTokenForm, readShownToken } from "../support/access-tokens.ts";
import { clock } from "../support/clock.ts";
import { measure } from "../support/costs.ts";
import { textKept } from "../support/kept.ts";
import { callTool, connectAssistant, createBrowser, origin } from "../support/product.ts";
import { statusOfToken } from "../support/token-requests.ts";
import { fetchWith, mcpRequest, namespaceOf } from "../support/wire.ts";

/** Numbers are the lines of docs/security.md. */
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The status and the sentence of a request to the MCP endpoint. */
async function refusalOf(token: string): Promise<{ status: number; sentence: string; challenge: string }> {
  const response = await exports.default.fetch(mcpRequest(token));
  const { error_description } = await response.json<{ error_description: string }>();
  return {
    status: response.status,
    sentence: error_description,
    challenge: response.headers.get("www-authenticate") ?? "",
  };
}

/** The ids of the assistants and access tokens that the panel lists, by name. */
async function listedIn(browser: ReturnType<typeof createBrowser>): Promise<Map<string, string>> {
  const panel = await (await browser.open("/panel")).text();
  const cards = panel.matchAll(/<h3 id="assistant-([^"]+)">“?([^”<]+)/g);
  return new Map(Array.from(cards, ([, id = "", name = ""]) => [name, id]));
}

const unknown = `This server does not know this access token. Check that you copied the whole token, or make a new one at ${origin}/panel.`;

/** Somebody with an account and nothing else. */
async function newPerson(): Promise<ReturnType<typeof createBrowser>> {
  const browser = createBrowser();
  await createAccount(browser);
  return browser;
}

describe("24. an access token of a program", () => {
  it("24. answers without a sign-in of its own, and is listed and counted as an assistant", async () => {
    const { browser, accountId } = await connectAssistant();
    const token = await makeAccessToken(browser, { name: "Morning question" });
    expect(token).toMatch(/^ringbridge_[0-9a-z]{100}$/);
    expect(await callTool(token, "oura_get_daily_summary", {})).toMatchObject({
      structuredContent: { summary: expect.any(String) },
    });
    await runInDurableObject(env.RING_AGENT.getByName(accountId), (object) => object.flush());
    const panel = await (await browser.open("/panel")).text();
    expect(panel).toMatch(/“Morning question”[\s\S]*An access token that you made[\s\S]*Expires/);
    expect(panel).toMatch(/<ol class="log">[\s\S]*“Morning question”[\s\S]*oura_get_daily_summary/);
  });

  it("24. is answered whatever Accept header the program sends, and gets no pictures", async () => {
    const { browser } = await connectAssistant();
    const token = await makeAccessToken(browser);
    const call = { method: "tools/call", params: { name: "oura_get_sleep_sessions", arguments: {} } };
    const answer = await exports.default.fetch(mcpRequest(token, { ...call, headers: { accept: "*/*" } }));
    const text = await answer.text();
    expect([answer.status, text.includes("summary"), text.includes("_meta")]).toEqual([200, true, false]);
  });

  it("24. costs one request to the account's object, and nothing of Workers KV", async () => {
    const { browser } = await connectAssistant();
    const call = { method: "tools/call", params: { name: "oura_get_device", arguments: {} } };
    const { response, cost } = await measure(mcpRequest(await makeAccessToken(browser), call));
    expect(response.status).toBe(200);
    expect(cost).toEqual({ reads: 0, writes: 0, lists: 0, deletes: 0, objects: 1, made: 0 });
  });

  it("24. is shown once, and stored only as a hash from which it cannot be used", async () => {
    const { browser } = await connectAssistant();
    const token = await makeAccessToken(browser);
    expect(await (await browser.open("/panel")).text()).not.toContain(token.slice(-32));
    const kept = await textKept();
    expect(kept).not.toContain(token.slice(-32));
    const [, hash = ""] = /"accessToken":\{"hash":"([0-9a-f]{64})"/.exec(kept) ?? [];
    expect(await refusalOf(`${token.slice(0, -32)}${hash.slice(0, 32)}`)).toMatchObject({
      status: 401,
      sentence: unknown,
    });
    expect(await statusOfToken(hash)).toBe(401);
  });

  it("24. reads what was ticked, loses what is unticked later, and gains nothing", async () => {
    const { browser } = await connectAssistant();
    const token = await makeAccessToken(browser, { name: "Narrow", scopes: ["daily", "ring_configuration"] });
    const ask = () => callTool(token, "oura_get_device", {});
    expect((await ask()).isError).toBeUndefined();
    expect(await callTool(token, "oura_get_events", { kinds: ["workout"] })).toMatchObject({
      isError: true,
      content: [
        {
          text: expect.stringContaining(
            `To allow that, make a new access token at ${origin}/panel and tick this kind of data there.`,
          ),
        },
      ],
    });
    const id = (await listedIn(browser)).get("Narrow") ?? "";
    const narrow = (...scopes: string[]) =>
      browser.submitForm("/assistants/narrow", new URLSearchParams([["id", id], ...scopes.map((s) => ["scope", s])]));
    await narrow("daily");
    expect((await ask()).isError).toBe(true);
    await narrow("daily", "ring_configuration");
    expect((await ask()).isError).toBe(true);
    expect((await callTool(token, "oura_get_daily_summary", {})).isError).toBeUndefined();
  });

  it("24. ends at once when it is revoked, alone or with all others, and says so to its bearer alone", async () => {
    const { browser, tokens } = await connectAssistant();
    const one = await makeAccessToken(browser, { name: "One" });
    const other = await makeAccessToken(browser, { name: "Other" });
    await browser.submitForm(
      "/assistants/revoke",
      new URLSearchParams({ id: (await listedIn(browser)).get("One") ?? "" }),
    );
    expect(await refusalOf(one)).toEqual({
      status: 401,
      sentence: `This access token was revoked. Make a new one at ${origin}/panel.`,
      challenge: expect.stringMatching(/^Bearer .*error="invalid_token"/),
    });
    expect(await refusalOf(`${one.slice(0, -1)}${one.endsWith("0") ? "1" : "0"}`)).toMatchObject({ sentence: unknown });
    expect([await statusOfToken(other), await statusOfToken(tokens.access_token)]).toEqual([200, 200]);
    await browser.submitForm("/assistants/revoke-all", new URLSearchParams());
    expect([await statusOfToken(other), await statusOfToken(tokens.access_token)]).toEqual([401, 401]);
  });

  it.each([30, 90, 365])("24. expires after %i days to the second, and is forgotten a month later", async (days) => {
    const browser = await newPerson();
    const token = await makeAccessToken(browser, { days: `${days}`, name: "Dated" });
    await clock.advance(days * day - 1_000);
    expect(await statusOfToken(token)).toBe(200);
    await clock.advance(1_000);
    expect(await refusalOf(token)).toMatchObject({
      status: 401,
      sentence: `This access token has expired. Make a new one at ${origin}/panel.`,
    });
    await clock.advance(30 * day);
    await runDurableObjectAlarm(env.RING_AGENT.getByName(token.slice("ringbridge_".length).slice(0, 26)));
    expect(await textKept()).not.toContain("Dated");
    expect(await refusalOf(token)).toMatchObject({ status: 401, sentence: unknown });
  });

  it("24. ends with the account, and with a take-over of the ring", async () => {
    const first = await connectAssistant();
    const token = await makeAccessToken(first.browser);
    await env.RING_AGENT.getByName(first.accountId).loseConnection();
    expect(await statusOfToken(token)).toBe(401);
    const second = await connectAssistant({ person: "far_east" });
    const other = await makeAccessToken(second.browser);
    await second.browser.submitForm("/delete-account", new URLSearchParams());
    expect(await refusalOf(other)).toMatchObject({ status: 401, sentence: unknown });
  });

  it("24. is one of ten at most; one that expired or was revoked makes room", async () => {
    const browser = createBrowser();
    const passkey = await createAccount(browser);
    for (let n = 0; n < 10; n += 1) {
      expect(await makeAccessToken(browser, { name: `Program ${n}`, days: n === 0 ? "30" : "90" })).not.toBe("");
    }
    const refused = await browser.submitForm("/access-token", await openTokenForm(browser));
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining("This account already has 10 access tokens"),
    ]);
    const id = (await listedIn(browser)).get("Program 1") ?? "";
    await browser.submitForm("/assistants/revoke", new URLSearchParams({ id }));
    expect(await makeAccessToken(browser)).not.toBe("");
    expect(await makeAccessToken(browser)).toBe("");
    await clock.advance(30 * day);
    await signIn(browser, passkey);
    expect(await makeAccessToken(browser)).not.toBe("");
  });

  it("24. is made once by a form that is sent twice: at once the second replaces the first, later it makes none", async () => {
    const browser = await newPerson();
    const form = await openTokenForm(browser);
    const send = async () => browser.submitForm("/access-token", form);
    const [first = "", second = ""] = (
      await Promise.all([send(), send()].map(async (sent) => (await sent).text()))
    ).map(readShownToken);
    expect([await statusOfToken(first), await statusOfToken(second)].toSorted()).toEqual([200, 401]);
    await clock.advance(10_000);
    expect((await send()).headers.get("location")).toBe("/panel?message=token-made-before");
    expect([await statusOfToken(first), await statusOfToken(second)].toSorted()).toEqual([200, 401]);
  });

  it.each([
    ["no name", { name: "  " }, "Give the token a name"],
    ["a long name", { name: "x".repeat(61) }, "Give the token a name"],
    ["nothing ticked", { scopes: [] }, "Tick at least one kind of data"],
    ["an unknown kind of data", { scopes: ["everything"] }, "Tick at least one kind of data"],
    ["another end", { days: "100000" }, "Choose when the token expires"],
  ])("24. is not made with %s, and the page keeps what was entered", async (_what, choices, problem) => {
    const browser = createBrowser();
    await createAccount(browser);
    const answer = await browser.submitForm(
      "/access-token",
      await openTokenForm(browser, { name: "Kept", ...choices }),
    );
    const html = await answer.text();
    expect(html).toContain(problem);
    expect(readShownToken(html)).toBe("");
    if (!("name" in choices)) expect(html).toContain('value="Kept"');
  });

  it("24. is made only by somebody who signed in within thirteen hours, also if the page does not check", async () => {
    const browser = createBrowser();
    const passkey = await createAccount(browser);
    const form = await openTokenForm(browser);
    await clock.advance(13.1 * hour);
    expect((await browser.open("/access-token")).headers.get("location")).toBe("/confirm?next=%2Faccess-token");
    expect((await browser.submitForm("/access-token", form)).headers.get("location")).toBe(
      "/confirm?next=%2Faccess-token",
    );
    await signIn(browser, passkey);
    expect(readShownToken(await (await browser.submitForm("/access-token", form)).text())).not.toBe("");
  });

  it("24. of somebody else, or invented, reaches no object that its tag does not name", async () => {
    const browser = await newPerson();
    const token = await makeAccessToken(browser);
    const reached: string[] = [];
    const agents = namespaceOf((name) => {
      reached.push(name);
      return env.RING_AGENT.getByName(name);
    });
    const forged = [
      `ringbridge_${"0".repeat(100)}`,
      token.replace(/^ringbridge_.{26}/, `ringbridge_${"7".repeat(26)}`),
      token.slice(0, -1),
      `${token}0`,
      token.replace("ringbridge_", ""),
      token.toUpperCase(),
    ];
    for (const text of forged) {
      const answer = await fetchWith({ RING_AGENT: agents }, mcpRequest(text));
      expect([text.length, answer.status]).toEqual([text.length, 401]);
      await answer.text();
    }
    expect(reached).toEqual([]);
  });

  it("24. with wrong secrets is refused after sixty tries or so in a minute, from that address alone", async () => {
    const token = await makeAccessToken(await newPerson());
    let opened = 0;
    const agents = namespaceOf((name) => {
      opened += 1;
      return env.RING_AGENT.getByName(name);
    });
    const send = async (text: string, address: string) => {
      const request = mcpRequest(text, { headers: { "cf-connecting-ip": address } });
      const answer = await fetchWith({ RING_AGENT: agents }, request);
      await answer.text();
      return answer.status;
    };
    const wrong = `${token.slice(0, -32)}${"0".repeat(32)}`;
    let tries = 1;
    while (tries < 150 && (await send(wrong, "192.0.2.1")) === 401) tries += 1;
    expect(tries).toBeGreaterThan(60);
    expect(tries).toBeLessThan(150); // a minute may begin in between
    opened = 0;
    for (let n = 0; n < 10; n += 1) expect(await send(wrong, "192.0.2.1")).toBe(429);
    expect(opened).toBe(0);
    expect(await send(token, "192.0.2.2")).toBe(200);
  });

  it("24. in an address is no sign-in", async () => {
    const browser = await newPerson();
    const token = await makeAccessToken(browser);
    const answer = await exports.default.fetch(mcpRequest(null, { url: `${origin}/mcp?access_token=${token}` }));
    expect([answer.status, (await answer.text()).includes(token)]).toEqual([401, false]);
  });

  it("24. cannot be redeemed, refreshed or revoked at the token endpoint", async () => {
    const { browser, client } = await connectAssistant();
    const token = await makeAccessToken(browser);
    const forms: Record<string, string>[] = [
      { grant_type: "refresh_token", refresh_token: token, client_id: client.clientId },
      { grant_type: "authorization_code", code: token, client_id: client.clientId },
    ];
    for (const form of forms) {
      expect((await browser.submitForm("/oauth/token", new URLSearchParams(form))).status).toBe(400);
    }
    await browser.submitForm("/oauth/token", new URLSearchParams({ token, client_id: client.clientId }));
    expect(await statusOfToken(token)).toBe(200);
  });
});
