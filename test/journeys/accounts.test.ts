import { listDurableObjectIds, runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { readPageForm } from "../../sandbox/page-form.ts";
import { createSoftwarePasskey, type SoftwarePasskey } from "../../sandbox/software-passkey.ts";
import type { Visitor } from "../../sandbox/visitor.ts";
import { createAccount, signIn } from "../../sandbox/walk.ts";
import { createAccountId, createAccountKey } from "../../src/account/account-key.ts";
import { theRegistry } from "../../src/registry/registry.ts";
import { clock } from "../support/clock.ts";
import { emptyStorage } from "../support/empty-storage.ts";
import { textKept } from "../support/kept.ts";
import { createBrowser, origin } from "../support/product.ts";

beforeEach(() => emptyStorage());

type CreateOptions = Parameters<SoftwarePasskey["create"]>[0];
type GetOptions = Parameters<SoftwarePasskey["get"]>[0];

async function options<T>(browser: Visitor, path: string): Promise<T> {
  return (await browser.postJson(path, {})).json<T>();
}

/** Number of agents with stored data. */
async function keptAccounts(): Promise<number> {
  let kept = 0;
  for (const id of await listDurableObjectIds(env.RING_AGENT)) {
    const size = await runInDurableObject(
      env.RING_AGENT.get(id),
      (_object, { storage }) => [...storage.kv.list()].length,
    );
    if (size > 0) kept += 1;
  }
  return kept;
}

describe("creating an account with a passkey", () => {
  it("accepts a ceremony once, within five minutes, in the browser that started it", async () => {
    const browser = createBrowser();
    const passkey = createSoftwarePasskey({ origin });
    const response = await passkey.create(await options<CreateOptions>(browser, "/create-account/options"));
    expect((await createBrowser().postJson("/create-account/passkey", { response })).status).toBe(400);
    expect((await browser.postJson("/create-account/passkey", { response })).status).toBe(200);
    expect((await browser.postJson("/create-account/passkey", { response })).status).toBe(400);
    const late = createBrowser();
    const lateResponse = await createSoftwarePasskey({ origin }).create(
      await options<CreateOptions>(late, "/create-account/options"),
    );
    await clock.advance(5 * 60_000 + 1);
    expect((await late.postJson("/create-account/passkey", { response: lateResponse })).status).toBe(400);
  });
});

describe("signing in with a passkey", () => {
  it("works in another browser", async () => {
    const passkey = await createAccount(createBrowser());
    const other = createBrowser();
    await signIn(other, passkey);
    expect((await other.open("/panel")).status).toBe(200);
  });

  it("accepts a signed challenge once, even if its cookie is replayed", async () => {
    const passkey = await createAccount(createBrowser());
    const begun = await exports.default.fetch(`${origin}/sign-in/options`, { method: "POST", headers: { origin } });
    const cookie = begun.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const response = await passkey.get(await begun.json<GetOptions>());
    const finish = () =>
      exports.default.fetch(`${origin}/sign-in/passkey`, {
        method: "POST",
        headers: { origin, cookie, "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify({ response }),
      });
    expect((await finish()).status).toBe(200);
    expect((await finish()).status).toBe(400);
  });

  it("of an account that does not exist leaves no stored object", async () => {
    const browser = createBrowser();
    const passkey = createSoftwarePasskey({ origin });
    await passkey.create(await options<CreateOptions>(browser, "/create-account/options"));
    const response = await passkey.get(await options<GetOptions>(browser, "/sign-in/options"));
    expect((await browser.postJson("/sign-in/passkey", { response })).status).toBe(400);
    expect(await keptAccounts()).toBe(0);
  });
});

async function createWithKey(browser: Visitor): Promise<string> {
  return readKey(await pressForKey(browser, await openKeyForm(browser)));
}

/** The form of the button "Use an account key instead". */
async function openKeyForm(browser: Visitor): Promise<URLSearchParams> {
  return new URLSearchParams(readPageForm(await (await browser.open("/create-account")).text()).fields);
}

const pressForKey = (browser: Visitor, form: URLSearchParams) => browser.submitForm("/create-account/key", form);

async function readKey(response: Response): Promise<string> {
  return /id="shown-account-key">\s*([0-9a-z-]+)/.exec(await response.text())?.[1] ?? "";
}

const signInWithKey = (browser: Visitor, key: string) =>
  browser.submitForm("/sign-in/key", new URLSearchParams({ key, next: "/panel" }));

describe("the account key", () => {
  it("signs in, and no longer works after it is replaced", async () => {
    const browser = createBrowser();
    const key = await createWithKey(browser);
    const other = createBrowser();
    expect((await signInWithKey(other, key.toUpperCase().replaceAll("-", " "))).headers.get("location")).toBe("/panel");
    const page = await (await other.submitForm("/account-key", new URLSearchParams())).text();
    const replaced = /id="shown-account-key">\s*([0-9a-z-]+)/.exec(page)?.[1] ?? "";
    expect(replaced).not.toBe(key);
    expect((await signInWithKey(createBrowser(), key)).status).toBe(400);
    expect((await signInWithKey(createBrowser(), replaced)).status).toBe(303);
  });

  it("is created for one account even if the button is pressed repeatedly, and the last one shown works", async () => {
    const browser = createBrowser();
    const form = await openKeyForm(browser);
    const [first, second] = await Promise.all([pressForKey(browser, form), pressForKey(browser, form)]);
    expect(await keptAccounts()).toBe(1);
    expect((await theRegistry(env).overview()).registrations_today.accounts.used).toBe(1);
    await first.text();
    expect((await signInWithKey(createBrowser(), await readKey(second))).status).toBe(303);

    await clock.advance(61_000);
    const late = await pressForKey(browser, form);
    expect([late.status, await late.text()]).toEqual([400, expect.stringContaining("This form was already submitted")]);
    expect(await keptAccounts()).toBe(1);
  });

  it("is not created from a page open for more than an hour, or from a forged form", async () => {
    const browser = createBrowser();
    const form = await openKeyForm(browser);
    const forged = new URLSearchParams({ next: "/panel", ticket: `${form.get("ticket")}A` });
    expect((await pressForKey(browser, forged)).status).toBe(400);
    expect((await pressForKey(browser, new URLSearchParams({ next: "/panel" }))).status).toBe(400);
    await clock.advance(3_600_001);
    const answer = await pressForKey(browser, form);
    expect(answer.status).toBe(400);
    // The error page contains a working form.
    const again = new URLSearchParams(readPageForm(await answer.text()).fields);
    expect((await pressForKey(browser, again)).status).toBe(200);
    expect(await keptAccounts()).toBe(1);
  });

  it("gives the same answer for a wrong key and for an account that does not exist", async () => {
    await createWithKey(createBrowser());
    const words = await Promise.all(
      [createAccountKey(createAccountId()).text, "nonsense"].map(async (key) =>
        (await signInWithKey(createBrowser(), key)).text(),
      ),
    );
    for (const text of words) expect(text).toContain("No account has this key");
    expect(await keptAccounts()).toBe(1);
  });

  it("23. is accepted after any number of wrong ones, because the account id in it is no secret", async () => {
    const key = await createWithKey(createBrowser());
    const wrong = `${key.slice(0, -6)}${key.slice(-6) === "000000" ? "111111" : "000000"}`;
    const before = await textKept();
    for (let guess = 0; guess < 30; guess += 1) expect((await signInWithKey(createBrowser(), wrong)).status).toBe(400);
    expect(await textKept()).toBe(before);
    expect((await signInWithKey(createBrowser(), key)).status).toBe(303);
  });
});

describe("the ways to sign in", () => {
  it("always keep at least one", async () => {
    const browser = createBrowser();
    await createAccount(browser);
    const panel = await (await browser.open("/panel")).text();
    const id = /action="\/passkeys\/remove">\s*<input type="hidden" name="id" value="([^"]+)"/.exec(panel)?.[1] ?? "";
    const remove = () => browser.submitForm("/passkeys/remove", new URLSearchParams({ id }));
    expect(await (await remove()).text()).toContain("This is the last way to sign in to your account");
    await browser.submitForm("/account-key", new URLSearchParams());
    expect((await remove()).headers.get("location")).toBe("/panel?message=passkey-removed");
  });

  it("can be several passkeys, each of which works", async () => {
    const browser = createBrowser();
    const first = await createAccount(browser);
    const second = createSoftwarePasskey({ origin });
    const response = await second.create(await options<CreateOptions>(browser, "/passkeys/options"));
    expect((await browser.postJson("/passkeys", { response })).status).toBe(200);
    for (const passkey of [first, second]) await signIn(createBrowser(), passkey);
  });
});

describe("web sessions", () => {
  it("end one by one or all at once", async () => {
    const first = createBrowser();
    const passkey = await createAccount(first);
    const [second, third] = [createBrowser(), createBrowser()];
    await signIn(second, passkey);
    await signIn(third, passkey);
    await second.submitForm("/sign-out", new URLSearchParams());
    expect((await second.open("/panel")).status).toBe(302);
    expect((await first.open("/panel")).status).toBe(200);
    await first.submitForm("/sign-out-everywhere", new URLSearchParams());
    for (const browser of [first, third]) expect((await browser.open("/panel")).status).toBe(302);
  });

  it("expire after 30 days", async () => {
    const browser = createBrowser();
    await createAccount(browser);
    await clock.advance(30 * 86_400_000 + 1);
    expect((await browser.open("/panel")).status).toBe(302);
  });

  it("end 30 days after the sign-in, even if used recently", async () => {
    const browser = createBrowser();
    await createAccount(browser);
    await clock.advance(20 * 86_400_000);
    expect((await browser.open("/panel")).status).toBe(200);
    await clock.advance(10 * 86_400_000 + 1_000);
    expect((await browser.open("/panel")).status).toBe(302);
  });
});
