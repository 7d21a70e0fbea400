import { reset } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { readPageForm } from "../../sandbox/page-form.ts";
import type { Visitor } from "../../sandbox/visitor.ts";
import { createAccount, discover, register, registerClient } from "../../sandbox/walk.ts";
import {
  type Assistant,
  connectAssistant,
  createBrowser,
  origin,
  resetSimulator,
  sendRpc,
} from "../support/product.ts";

let assistant: Assistant;

beforeAll(async () => {
  await reset();
  await resetSimulator(new Date().toISOString());
  assistant = await connectAssistant();
});

describe("tool arguments", () => {
  it.each<[string, unknown, RegExp]>([
    [
      "oura_get_daily_summary",
      { day: "2026-11-01" },
      /Unknown argument "day"; this tool takes start_date, end_date, timezone, sections, include_baselines\./,
    ],
    ["oura_get_daily_summary", { start_date: "last week" }, /start_date: must be a date written YYYY-MM-DD/],
    [
      "oura_get_daily_summary",
      { start_date: "2026-10-10", end_date: "2026-10-01" },
      /start_date: .* is after end_date .*swap them/,
    ],
    ["oura_get_daily_summary", { start_date: "2099-01-01" }, /start_date: 2099-01-01 is in the future/],
    ["oura_get_daily_summary", { start_date: "2020-01-01", end_date: "2026-01-01" }, /at most 92; start at 2025-10-02/],
    ["oura_get_daily_summary", { sections: ["mood"] }, /sections\.0: /],
    ["oura_get_daily_summary", { sections: [] }, /sections: /],
    ["oura_get_daily_summary", { timezone: "Nowhere/Land" }, /timezone: "Nowhere\/Land" is not an IANA zone/],
    ["oura_get_intraday", { resolution_minutes: 10 }, /resolution_minutes: must be 5, 15, 30 or 60\./],
    ["oura_get_device", { include_profile: "yes" }, /include_profile: /],
    ["oura_get_permissions", { verbose: true }, /Unknown argument "verbose"; this tool takes no arguments\./],
  ])("%s %j names the field and the fix", async (tool, input, words) => {
    const result = await assistant.call(tool, input);
    expect(result.isError).toBe(true);
    expect(result.content[0]?.text).toMatch(words);
  });

  it("of an unknown tool are a protocol error", async () => {
    const { error } = await sendRpc(assistant.tokens.access_token, "tools/call", {
      name: "oura_get_rich",
      arguments: {},
    });
    expect(error).toMatchObject({ code: -32602 });
  });
});

/** A signed-in, registered person in front of the consent page. */
async function openConsent(visitor?: Visitor) {
  const browser = visitor ?? createBrowser();
  if (!visitor) {
    await createAccount(browser);
    await register(browser);
  }
  const server = await discover(browser);
  const client = await registerClient(browser, server, { name: "Test", redirectUri: "http://127.0.0.1:4711/callback" });
  const query = new URLSearchParams({
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    state: "client-state",
    code_challenge: "x".repeat(43),
    code_challenge_method: "S256",
    resource: server.resource,
  });
  const address = `/authorize?${query}`;
  const { fields } = readPageForm(await (await browser.open(address)).text());
  const form = (changes: Record<string, string> = {}) =>
    new URLSearchParams({ ...fields, scope: "daily", decision: "allow", ...changes });
  return { browser, client, query, address, form };
}

/** Words on a page of ours, and no way to another site. */
async function expectLocalPage(response: Response, words: RegExp): Promise<void> {
  expect(response.status).toBe(400);
  expect(response.headers.get("location")).toBeNull();
  expect(await response.text()).toMatch(words);
}

describe("the consent form", () => {
  it("works once", async () => {
    const { browser, address, form } = await openConsent();
    const first = await browser.submitForm(address, form());
    expect(first.headers.get("location")).toContain("https://oura.test/");
    await expectLocalPage(await browser.submitForm(address, form()), /Nothing was allowed/);
  });

  it("is refused from another browser, with a made-up handle, and without one", async () => {
    const mine = await openConsent();
    const other = await openConsent();
    await expectLocalPage(await other.browser.submitForm(mine.address, mine.form()), /Nothing was allowed/);
    await expectLocalPage(
      await mine.browser.submitForm(mine.address, mine.form({ handle: "made-up" })),
      /Nothing was allowed/,
    );
    await expectLocalPage(
      await mine.browser.submitForm(mine.address, mine.form({ handle: "" })),
      /Nothing was allowed/,
    );
  });

  it("is shown again with words when nothing is ticked", async () => {
    const { browser, address, form } = await openConsent();
    const empty = form();
    empty.delete("scope");
    const response = await browser.submitForm(address, empty);
    expect(response.status).toBe(200);
    const html = await response.text();
    expect(html).toContain("Tick at least one kind of data");
    expect(readPageForm(html).boxes.filter((box) => box.ticked)).toEqual([]); // a second press allows nothing either
  });

  it("sends a Deny back to the client with its state and our issuer", async () => {
    const { browser, address, form, client } = await openConsent();
    const location = (await browser.submitForm(address, form({ decision: "deny" }))).headers.get("location") ?? "";
    expect(location.startsWith(client.redirectUri)).toBe(true);
    expect(Object.fromEntries(new URL(location).searchParams)).toMatchObject({
      error: "access_denied",
      state: "client-state",
      iss: origin,
    });
  });

  it("is refused when another site posts it", async () => {
    const { address, form } = await openConsent();
    const response = await exports.default.fetch(`${origin}${address}`, {
      method: "POST",
      body: form(),
      headers: { origin: "https://evil.test" },
    });
    expect(response.status).toBe(403);
  });
});

describe("an assistant that waits", () => {
  it("is answered when the person cancels on the way", async () => {
    const { address, client, query } = await openConsent();
    const browser = createBrowser();
    await createAccount(browser);
    const register = (await browser.open(address)).headers.get("location") ?? "";
    expect(register).toContain("/register?next=");
    const { fields } = readPageForm(await (await browser.open(register)).text());
    const cancelled = await browser.submitForm("/register", new URLSearchParams({ ...fields, decision: "cancel" }));
    const location = new URL(cancelled.headers.get("location") ?? "");
    expect(location.href.startsWith(client.redirectUri)).toBe(true);
    expect(location.searchParams.get("error")).toBe("access_denied");
    expect(location.searchParams.get("state")).toBe(query.get("state"));
  });

  it("is not lost by a mistyped account key", async () => {
    const { address } = await openConsent();
    const form = new URLSearchParams({ key: "mistyped", next: address });
    const html = await (await createBrowser().submitForm("/sign-in/key", form)).text();
    expect(html).toContain("No account opens with this key");
    expect(readPageForm(html).fields.next).toBe(address);
  });
});

describe("an authorization request", () => {
  it.each([
    ["an unknown client", { client_id: "nobody" }],
    ["another redirect address", { redirect_uri: "https://evil.test/callback" }],
  ])("of %s stays on a page of ours", async (_name, change) => {
    const { browser, query } = await openConsent();
    const changed = new URLSearchParams({ ...Object.fromEntries(query), ...change });
    await expectLocalPage(await browser.open(`/authorize?${changed}`), /Nothing was allowed/);
  });

  it.each([
    ["without PKCE", { code_challenge: "" }],
    ["with plain PKCE", { code_challenge_method: "plain" }],
    ["for another resource", { resource: "https://elsewhere.test/mcp" }],
  ])("%s goes back to the client as an error", async (_name, change) => {
    const { browser, query, client } = await openConsent();
    const changed = new URLSearchParams({ ...Object.fromEntries(query), ...change });
    if (changed.get("code_challenge") === "") changed.delete("code_challenge");
    const location = (await browser.open(`/authorize?${changed}`)).headers.get("location") ?? "";
    expect(location.startsWith(client.redirectUri)).toBe(true);
    expect(new URL(location).searchParams.get("error")).toMatch(/invalid_request|invalid_target/);
  });
});

describe("the way back from Oura", () => {
  async function sendToOura() {
    const { browser, address, form } = await openConsent();
    const location = (await browser.submitForm(address, form())).headers.get("location") ?? "";
    const state = new URL(location).searchParams.get("state") ?? "";
    return { browser, location, state };
  }

  it("is refused with a made-up state, and in another browser", async () => {
    const { browser, state } = await sendToOura();
    await expectLocalPage(await browser.open("/oura/callback?code=x&state=made-up"), /Nothing was allowed/);
    const other = await openConsent();
    await expectLocalPage(await other.browser.open(`/oura/callback?code=x&state=${state}`), /Nothing was allowed/);
  });

  it("says so when Oura does not take the code", async () => {
    const { browser, state } = await sendToOura();
    const response = await browser.open(`/oura/callback?code=wrong&state=${state}`);
    expect(response.headers.get("location")).toBeNull();
    const html = await response.text();
    expect(html).toContain("Ōura did not accept this sign-in");
    expect(html).toContain("Choose again at Ōura"); // the assistant still waits, and is not lost
    expect(html).toContain("Back to the assistant");
  });

  it("of a walk from the panel works once and in its own browser only", async () => {
    const { browser } = await openConsent();
    const location = (await browser.submitForm("/connect", new URLSearchParams())).headers.get("location") ?? "";
    const state = new URL(location).searchParams.get("state") ?? "";
    const other = await openConsent();
    await expectLocalPage(await other.browser.open(`/oura/callback?code=x&state=${state}`), /open for too long/);
    await expectLocalPage(await browser.open(`/oura/callback?code=wrong&state=${state}`), /Ōura did not accept/);
    await expectLocalPage(await browser.open(`/oura/callback?code=wrong&state=${state}`), /open for too long/);
  });

  it("tells the client when the person pressed Deny at Oura", async () => {
    const { browser, state } = await sendToOura();
    const location =
      (await browser.open(`/oura/callback?error=access_denied&state=${state}`)).headers.get("location") ?? "";
    expect(new URL(location).searchParams.get("error")).toBe("access_denied");
  });
});

describe("cookies", () => {
  it.each(["", "v1.test.AAAA.AAAA", "x".repeat(4_000)])("made up as %j are no session", async (value) => {
    const response = await exports.default.fetch(`${origin}/panel`, {
      redirect: "manual",
      headers: { cookie: `__Host-session=${value}` },
    });
    expect(response.headers.get("location")).toBe("/sign-in");
  });

  it("are host-only, secure, and hidden from scripts", async () => {
    const response = await exports.default.fetch(`${origin}/create-account/key`, {
      method: "POST",
      body: new URLSearchParams({ next: "/panel" }),
      headers: { origin, "cf-connecting-ip": "10.9.9.9" },
    });
    for (const cookie of response.headers.getSetCookie()) {
      expect(cookie).toMatch(/^__Host-[a-z-]+=/);
      for (const part of ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"]) expect(cookie).toContain(part);
      expect(cookie).not.toContain("Domain");
    }
  });
});

describe("addresses to go on to", () => {
  it.each([
    "https://evil.test/",
    "//evil.test/",
    "/\\evil.test",
    "/.//evil.test",
    "/x/..//evil.test",
    "/%2e//evil.test",
    "javascript:alert(1)",
    "evil",
  ])("never lead away: %j", async (next) => {
    const { browser } = await openConsent();
    const response = await browser.submitForm("/register", new URLSearchParams({ next }));
    expect(response.headers.get("location")).toBe("/panel");
  });
});

it.each(["multipart/form-data; boundary=a", "multipart/form-data"])(
  "a body of type %j that is no form is a bad request, in words",
  async (type) => {
    const response = await exports.default.fetch(`${origin}/sign-in/key`, {
      method: "POST",
      body: "garbage",
      headers: { "content-type": type, origin, "cf-connecting-ip": "10.7.7.7" },
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain("could not be read");
  },
);

describe("attempts", () => {
  it("to create accounts are limited for each address, before any object appears", async () => {
    const browser = createBrowser();
    const attempt = () => browser.postJson("/create-account/options", {});
    for (let made = 0; made < 5; made += 1) expect((await attempt()).status).toBe(200);
    await expect(attempt()).rejects.toThrow("429");
    expect(env.LIMIT_REGISTRATION).toBeDefined();
  });
});
