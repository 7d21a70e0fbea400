import { env, exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createSoftwarePasskey, type SoftwarePasskey } from "../../sandbox/software-passkey.ts";
import type { Visitor } from "../../sandbox/visitor.ts";
import { createAccount, register, signIn } from "../../sandbox/walk.ts";
import { createAccountId } from "../../src/account/account-key.ts";
import { clock } from "../support/clock.ts";
import { openConsent } from "../support/consent.ts";
import { createBrowser, origin } from "../support/product.ts";

type CreateOptions = Parameters<SoftwarePasskey["create"]>[0];
type GetOptions = Parameters<SoftwarePasskey["get"]>[0];

const minutes = 60_000;
const empty = () => new URLSearchParams();

async function keyOf(response: Response): Promise<string> {
  return /id="shown-account-key">\s*([0-9a-z-]+)/.exec(await response.text())?.[1] ?? "";
}

async function firstPasskeyId(browser: Visitor): Promise<string> {
  const panel = await (await browser.open("/panel")).text();
  return /action="\/passkeys\/remove">\s*<input type="hidden" name="id" value="([^"]+)"/.exec(panel)?.[1] ?? "";
}

/** A browser that signed in eleven minutes ago, with two passkeys and an account key. */
async function signedInElevenMinutesAgo() {
  const browser = createBrowser();
  const passkey = await createAccount(browser);
  const accountKey = await keyOf(await browser.submitForm("/account-key", empty()));
  const id = await firstPasskeyId(browser);
  await clock.advance(11 * minutes);
  return { browser, passkey, accountKey, id };
}

const confirm = (browser: Visitor, key: string, next = "/panel?message=confirmed") =>
  browser.submitForm("/confirm/key", new URLSearchParams({ key, next }));

describe("a person who signed in more than ten minutes ago", () => {
  it("must confirm their identity before the account key is replaced; until then nothing changes", async () => {
    const { browser, accountKey } = await signedInElevenMinutesAgo();
    const answer = await browser.submitForm("/account-key", empty());
    expect(answer.headers.get("location")).toBe("/confirm?next=%2Fpanel%3Fmessage%3Dconfirmed");
    const signIn = new URLSearchParams({ key: accountKey, next: "/panel" });
    expect((await createBrowser().submitForm("/sign-in/key", signIn)).status).toBe(303);
  });

  it("must confirm before a passkey is removed", async () => {
    const { browser, id } = await signedInElevenMinutesAgo();
    const answer = await browser.submitForm("/passkeys/remove", new URLSearchParams({ id }));
    expect(answer.headers.get("location")).toMatch(/^\/confirm/);
    expect(await firstPasskeyId(browser)).toBe(id);
  });

  it("must confirm before starting to add a passkey, and before finishing one started in time", async () => {
    const browser = createBrowser();
    await createAccount(browser);
    await clock.advance(8 * minutes);
    const asked = await (await browser.postJson("/passkeys/options", {})).json<CreateOptions>();
    const response = await createSoftwarePasskey({ origin }).create(asked);
    await clock.advance(3 * minutes);
    const added = await browser.postJson("/passkeys", { response });
    const begun = await browser.postJson("/passkeys/options", {});
    for (const answer of [added, begun]) {
      expect(answer.status).toBe(400);
      expect(await answer.json()).toEqual({
        error: expect.stringContaining("Confirm that it is you"),
        next: "/confirm?next=%2Fpanel%3Fmessage%3Dconfirmed",
      });
    }
  });

  it("must confirm before the account is deleted, on the page and by the form", async () => {
    const { browser } = await signedInElevenMinutesAgo();
    for (const answer of [
      await browser.open("/delete-account"),
      await browser.submitForm("/delete-account", empty()),
    ]) {
      expect(answer.headers.get("location")).toBe("/confirm?next=%2Fdelete-account");
    }
    expect((await browser.open("/panel")).status).toBe(200);
  });

  it("confirms with the account key, without scripts, for the next ten minutes", async () => {
    const { browser, accountKey } = await signedInElevenMinutesAgo();
    const page = await (await browser.open("/confirm?next=/delete-account")).text();
    expect(page).toContain("Confirm that it is you");
    expect((await confirm(browser, accountKey, "/delete-account")).headers.get("location")).toBe("/delete-account");
    expect((await browser.open("/delete-account")).status).toBe(200);
    const replaced = await browser.submitForm("/account-key", empty());
    expect(await keyOf(replaced)).not.toBe("");
    await clock.advance(9 * minutes);
    expect(await (await browser.submitForm("/delete-account", empty())).text()).toContain("Your account is deleted");
  });

  it("confirms with a passkey", async () => {
    const { browser, passkey } = await signedInElevenMinutesAgo();
    const asked = await (await browser.postJson("/confirm/options", {})).json<GetOptions>();
    const response = await passkey.get(asked);
    expect((await browser.postJson("/sign-in/passkey", { response, next: "/panel" })).status).toBe(200);
    expect((await browser.open("/delete-account")).status).toBe(200);
  });

  it("cannot confirm with another account's key or passkey, or without user verification", async () => {
    const { browser, passkey } = await signedInElevenMinutesAgo();
    const stranger = createBrowser();
    const theirs = await createAccount(stranger);
    const theirKey = await keyOf(await stranger.submitForm("/account-key", empty()));
    const answer = await confirm(browser, theirKey);
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining("No account has this key")]);
    for (const attempt of [
      (asked: GetOptions) => theirs.get(asked),
      (asked: GetOptions) => passkey.get(asked, { skipsVerification: true }),
    ]) {
      const asked = await (await browser.postJson("/confirm/options", {})).json<GetOptions>();
      const response = await attempt(asked);
      expect((await browser.postJson("/sign-in/passkey", { response })).status).toBe(400);
    }
    expect((await browser.open("/delete-account")).headers.get("location")).toMatch(/^\/confirm/);
  });
});

describe("a person on the consent page", () => {
  const hours = 3_600_000;

  async function registered() {
    const browser = createBrowser();
    await createAccount(browser);
    const accountKey = await keyOf(await browser.submitForm("/account-key", empty()));
    await register(browser);
    return { browser, accountKey };
  }

  it("who signed in within twelve hours need not confirm", async () => {
    const { browser } = await registered();
    await clock.advance(11.9 * hours);
    expect((await openConsent(browser)).page.status).toBe(200);
  });

  it("who signed in earlier confirms, without scripts, and returns to the same request", async () => {
    const { browser, accountKey } = await registered();
    const before = await openConsent(browser);
    await clock.advance(12 * hours);
    const pressed = await browser.submitForm(before.address, before.form());
    const asked = await browser.open(before.address);
    for (const answer of [pressed, asked])
      expect(answer.headers.get("location")).toBe(`/confirm?next=${encodeURIComponent(before.address)}`);
    const page = await (await browser.open(asked.headers.get("location") ?? "")).text();
    expect(page).toContain("An assistant asks to read your ring");
    expect(page).toContain(`href="http://127.0.0.1:4711/callback?error=access_denied`); // the page also has a way back
    expect((await confirm(browser, "0".repeat(58), before.address)).status).toBe(400);
    expect((await browser.open(before.address)).status).toBe(302);

    const confirmed = await confirm(browser, accountKey, before.address);
    expect(confirmed.headers.get("location")).toBe(before.address);
    const after = await openConsent(browser);
    const allowed = await browser.submitForm(after.address, after.form());
    expect(allowed.headers.get("location")).toContain("https://oura.test/");
  });

  it("must confirm for the agent too, even if the pages do not check", async () => {
    const agent = env.RING_AGENT.getByName(createAccountId());
    const created = await agent.createWithKey("x", "192.0.2.1");
    if (!created.ok) throw new Error("no account was made");
    const details = { clientId: "x", clientName: "x", clientDomain: null, redirectHost: "x" };
    const add = () =>
      agent.addAssistant(created.value.sessionSecret, {
        ...details,
        isOnThisComputer: false,
        replacesOlder: false,
        scopes: ["daily"],
      });
    await clock.advance(12.9 * hours);
    expect(await add()).toMatchObject({ ok: true });
    await clock.advance(0.2 * hours);
    expect(await add()).toMatchObject({ ok: false, failure: { kind: "proof_needed" } });
  });
});

it("signing in again ends the previous session: a stolen copy of its cookie does not work", async () => {
  const owner = createBrowser();
  const passkey = await createAccount(owner);
  const begun = await exports.default.fetch(`${origin}/sign-in/options`, { method: "POST", headers: { origin } });
  const ceremony = begun.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const signIn = (cookie: string, response: unknown) =>
    exports.default.fetch(`${origin}/sign-in/passkey`, {
      method: "POST",
      headers: { origin, cookie, "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ response }),
    });
  const first = await signIn(ceremony, await passkey.get(await begun.json<GetOptions>()));
  const sessionOf = (answer: Response) =>
    answer.headers
      .getSetCookie()
      .find((line) => line.startsWith("__Host-session="))
      ?.split(";")[0] ?? "";
  const stolen = sessionOf(first);
  const open = (cookie: string) =>
    exports.default.fetch(`${origin}/panel`, { redirect: "manual", headers: { cookie } }).then(({ status }) => status);
  expect(await open(stolen)).toBe(200);

  const again = await exports.default.fetch(`${origin}/confirm/options`, {
    method: "POST",
    headers: { origin, cookie: stolen },
  });
  const next = again.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const second = await signIn(`${stolen}; ${next}`, await passkey.get(await again.json<GetOptions>()));
  expect([await open(stolen), await open(sessionOf(second))]).toEqual([302, 200]);
});

it("the confirmation page needs a session and does not redirect to other sites", async () => {
  expect((await createBrowser().open("/confirm")).status).toBe(400);
  const browser = createBrowser();
  await signIn(browser, await createAccount(createBrowser()));
  const page = await (await browser.open("/confirm?next=https://evil.test/")).text();
  expect(page).not.toContain("evil.test");
});
