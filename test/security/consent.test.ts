import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import { readPageForm } from "../../sandbox/page-form.ts";
import type { Visitor } from "../../sandbox/visitor.ts";
import { createAccount, discover, register, registerClient } from "../../sandbox/walk.ts";
import { clock } from "../support/clock.ts";
import { expectLocalPage, openConsent, sendToOura } from "../support/consent.ts";
import { type Assistant, connectAssistant, createBrowser, origin } from "../support/product.ts";

/** Numbers are the lines of docs/security.md. */
let connected: Assistant;

beforeAll(async () => {
  connected = await connectAssistant();
});

function expectNotAtOura(response: Response): void {
  expect(response.headers.get("location") ?? "").not.toContain("oura.test");
}

it("1. a person is sent to Oura only after allowing this client, even if they allowed another one", async () => {
  const { address, browser, form } = await openConsent();
  const stranger = await createBrowser().open(address);
  expect(stranger.headers.get("location")).toMatch(/^\/sign-in\?next=/);
  const unregistered = createBrowser();
  await createAccount(unregistered);
  expect((await unregistered.open(address)).headers.get("location")).toMatch(/^\/register\?next=/);
  expect((await browser.open(address)).status).toBe(200);
  const allowedBefore = await openConsent(connected.browser);
  expect(allowedBefore.page.status).toBe(200);
  expect(allowedBefore.html).toContain('value="allow"');

  for (const decision of ["deny", "", "ALLOW"]) expectNotAtOura(await browser.submitForm(address, form({ decision })));
  const signedOut = createBrowser();
  expectNotAtOura(await signedOut.submitForm(address, form()));
});

it("1. each request of the same client needs consent again: an approval is never remembered", async () => {
  const { browser, address, form } = await openConsent(connected.browser);
  const first = await browser.submitForm(address, form());
  expect(first.headers.get("location")).toContain("code=");
  expect((await browser.open(address)).status).toBe(200);
});

it("2. the page names the client, where access goes and what it reads, and escapes text of a hostile client", async () => {
  const { browser } = connected;
  const server = await discover(browser);
  const name = `<script>alert(1)</script>"'><img src=x>`;
  const client = await registerClient(browser, server, { name, redirectUri: "http://localhost:9/cb" });
  const query = new URLSearchParams({
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    code_challenge: "x".repeat(43),
    code_challenge_method: "S256",
    scope: `daily <b>bold</b>`,
    state: `"><i>state</i>`,
  });
  const html = await (await browser.open(`/authorize?${query}`)).text();
  for (const tag of ["<script>alert", "<img src=x>", "<b>bold", "<i>state"]) expect(html).not.toContain(tag);
  expect(html).toContain("&lt;script&gt;");
  expect(html).toContain("not known. The assistant chose its name itself");
  expect(html).toMatch(/Access goes to<\/dt>\s*<dd>\s*<strong>localhost:9<\/strong>/);
  expect(html).toContain("a program on your own computer");
  expect(readPageForm(html).boxes.map(({ value, ticked }) => [value, ticked])).toContainEqual(["daily", true]);
  expect(readPageForm(html).boxes.filter(({ ticked }) => ticked)).toHaveLength(1);
});

it("3. the page cannot be framed, cached, sniffed or scripted, and its form leads to Oura or the client only", async () => {
  const { page, html } = await openConsent();
  const policy = page.headers.get("content-security-policy") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("base-uri 'none'");
  expect(policy).not.toMatch(/unsafe|\*/);
  expect(/form-action ([^;]*)/.exec(policy)?.[1]?.split(" ")).toEqual([
    "'self'",
    "http://127.0.0.1:4711",
    "https://oura.test",
  ]);
  expect(page.headers.get("x-frame-options")).toBe("DENY");
  expect(page.headers.get("cache-control")).toBe("no-store");
  expect(page.headers.get("x-content-type-options")).toBe("nosniff");
  expect(page.headers.get("referrer-policy")).toBe("no-referrer");
  expect(html).not.toMatch(/<script>|style="|onclick/);
});

it("4. the form works once", async () => {
  const consent = await openConsent();
  expect((await sendToOura(consent)).location).toContain("https://oura.test/");
  await expectLocalPage(
    await consent.browser.submitForm(consent.address, consent.form()),
    /The assistant got no access/,
  );
});

it("4. the form is refused from another browser or site, with a forged handle, and without one", async () => {
  const mine = await openConsent();
  const other = await openConsent();
  await expectLocalPage(await other.browser.submitForm(mine.address, mine.form()), /The assistant got no access/);
  for (const handle of ["made-up", ""]) {
    await expectLocalPage(
      await mine.browser.submitForm(mine.address, mine.form({ handle })),
      /The assistant got no access/,
    );
  }
  const elsewhere = await exports.default.fetch(`${origin}${mine.address}`, {
    method: "POST",
    body: mine.form(),
    headers: { origin: "https://evil.test" },
  });
  expect(elsewhere.status).toBe(403);
});

it("4. an open page expires after ten minutes", async () => {
  const { browser, address, form } = await openConsent();
  expect(form().get("handle")).toMatch(/^[\w-]{43}$/);
  await clock.advance(600_000 + 1_000);
  await expectLocalPage(await browser.submitForm(address, form()), /only once, only for ten minutes/);
});

it("4. the form is shown again with an error if nothing is ticked, and a second press allows nothing either", async () => {
  const { browser, address, form } = await openConsent();
  const empty = form();
  empty.delete("scope");
  const response = await browser.submitForm(address, empty);
  expect(response.status).toBe(200);
  const html = await response.text();
  expect(html).toContain("Tick at least one kind of data");
  expect(readPageForm(html).boxes.filter((box) => box.ticked)).toEqual([]);
});

it("5. cookies are host-only, secure and hidden from scripts, and those of a walk expire within ten minutes", async () => {
  const { page, browser, address, form } = await openConsent();
  const newcomer = createBrowser();
  const { fields } = readPageForm(await (await newcomer.open("/create-account")).text());
  const created = await newcomer.submitForm("/create-account/key", new URLSearchParams(fields));
  expect(created.headers.getSetCookie()).toHaveLength(1);
  const toOura = await browser.submitForm(address, form());
  const walk = [...page.headers.getSetCookie(), ...toOura.headers.getSetCookie()];
  expect(walk.length).toBeGreaterThan(1);
  for (const cookie of [...walk, ...created.headers.getSetCookie()]) {
    expect(cookie).toMatch(/^__Host-[\w-]+=/);
    for (const part of ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"]) expect(cookie).toContain(part);
    expect(cookie).not.toContain("Domain");
  }
  for (const cookie of walk) expect(Number(/Max-Age=(\d+)/.exec(cookie)?.[1])).toBeLessThanOrEqual(600);
});

it.each(["", "v1.test.AAAA.AAAA", "x".repeat(4_000)])("5. a cookie forged as %j is no session", async (value) => {
  const response = await exports.default.fetch(`${origin}/panel`, {
    redirect: "manual",
    headers: { cookie: `__Host-session=${value}` },
  });
  expect(response.headers.get("location")).toBe("/sign-in");
});

it("6. Oura's state is new for each walk; another walk's, a forged or a missing state is refused", async () => {
  const first = await openConsent();
  const { state } = await sendToOura(first);
  const second = await openConsent();
  const { state: other } = await sendToOura(second);
  expect(state).toMatch(/^[\w-]{43}$/);
  expect(other).not.toBe(state);
  for (const query of ["code=x&state=made-up", "code=x", `code=x&state=${other}`]) {
    await expectLocalPage(await first.browser.open(`/oura/callback?${query}`), /The assistant got no access/);
  }
});

it("6. a state works once", async () => {
  const consent = await openConsent();
  const { state } = await sendToOura(consent);
  const response = await consent.browser.open(`/oura/callback?code=wrong&state=${state}`);
  expect(response.headers.get("location")).toBeNull();
  const html = await response.text();
  expect(html).toContain("Ōura did not accept this attempt to connect");
  expect(html).toContain("Choose again at Ōura"); // the assistant's request can still be completed
  expect(html).toContain("Back to the assistant");
  await expectLocalPage(
    await consent.browser.open(`/oura/callback?code=x&state=${state}`),
    /The assistant got no access/,
  );
});

it("6. a walk from the panel works once and in its own browser only", async () => {
  const { browser } = await openConsent();
  const state = await connectFromPanel(browser);
  const other = await openConsent();
  await expectLocalPage(await other.browser.open(`/oura/callback?code=x&state=${state}`), /took too long/);
  await expectLocalPage(await browser.open(`/oura/callback?code=wrong&state=${state}`), /Ōura did not accept/);
  await expectLocalPage(await browser.open(`/oura/callback?code=wrong&state=${state}`), /took too long/);
});

it("6. a walk from the panel works once, even if its cookie is replayed", async () => {
  const { browser } = await openConsent();
  const state = await connectFromPanel(browser);
  const cookie = browser.cookies();
  const back = () =>
    exports.default.fetch(`${origin}/oura/callback?code=wrong&state=${state}`, {
      redirect: "manual",
      headers: { cookie },
    });
  await expectLocalPage(await back(), /Ōura did not accept/);
  await expectLocalPage(await back(), /took too long/);
});

it("6. a walk from the panel expires after ten minutes", async () => {
  const browser = createBrowser();
  await createAccount(browser);
  const state = await connectFromPanel(browser);
  await clock.advance(600_000);
  await expectLocalPage(await browser.open(`/oura/callback?code=x&state=${state}`), /took too long/);
});

it("6. a walk's cookie with another walk's state is refused", async () => {
  const { browser } = await openConsent();
  const first = await connectFromPanel(browser);
  const second = await connectFromPanel(browser);
  expect(second).not.toBe(first);
  await expectLocalPage(await browser.open(`/oura/callback?code=x&state=${first}`), /took too long/);
});

it("18. a walk that one account started cannot be finished by another in the same browser", async () => {
  const consent = await openConsent();
  const { state } = await sendToOura(consent);
  await createAccount(consent.browser); // now signed in to another account
  await register(consent.browser);
  const callback = `/oura/callback?code=x&state=${state}`;
  await expectLocalPage(await consent.browser.open(callback), /only once, only for ten minutes/);

  const fromPanel = await connectFromPanel(consent.browser);
  await createAccount(consent.browser);
  await expectLocalPage(await consent.browser.open(`/oura/callback?code=x&state=${fromPanel}`), /took too long/);
});

it("18. a walk of one account is refused in another even if it is in the other's storage", async () => {
  const consent = await openConsent();
  const { state } = await sendToOura(consent);
  await createAccount(consent.browser);
  await register(consent.browser);
  const agents = (await listDurableObjectIds(env.RING_AGENT)).map((id) => env.RING_AGENT.get(id));
  const listed = agents.map((agent) =>
    runInDurableObject(agent, (_agent, { storage }) => [...storage.kv.list({ prefix: "transaction:" })]),
  );
  const kept = (await Promise.all(listed)).flat();
  expect(kept.length).toBeGreaterThan(0);
  for (const agent of agents)
    await runInDurableObject(agent, (_agent, { storage }) => {
      for (const [key, value] of kept) storage.kv.put(key, value);
    });
  const callback = `/oura/callback?code=x&state=${state}`;
  await expectLocalPage(await consent.browser.open(callback), /started in another browser or account/);
});

it("18. ids of one person's assistants, browsers and passkeys have no effect in another account", async () => {
  const mine = await (await connected.browser.open("/panel")).text();
  const ids = Array.from(mine.matchAll(/name="id" value="([^"]+)"/g), (match) => match[1] ?? "");
  expect(new Set(ids).size).toBeGreaterThan(2);
  const stranger = createBrowser();
  await createAccount(stranger);
  for (const id of ids) {
    for (const path of ["/assistants/revoke", "/assistants/narrow", "/sessions/end", "/passkeys/remove"])
      await stranger.submitForm(path, new URLSearchParams({ id, scope: "daily" }));
  }
  expect(await (await connected.browser.open("/panel")).text()).toBe(mine);
  expect((await connected.call("oura_get_device")).isError).toBeUndefined();
});

async function connectFromPanel(browser: Visitor): Promise<string> {
  const location = (await browser.submitForm("/connect", new URLSearchParams())).headers.get("location") ?? "";
  return new URL(location).searchParams.get("state") ?? "";
}
