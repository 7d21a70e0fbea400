import { exports } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { createSoftwarePasskey, type Misbehaviour, type SoftwarePasskey } from "../../sandbox/software-passkey.ts";
import type { Visitor } from "../../sandbox/visitor.ts";
import { createAccount, signIn } from "../../sandbox/walk.ts";
import { clock } from "../support/clock.ts";
import { everythingKept } from "../support/kept.ts";
import { createBrowser, origin } from "../support/product.ts";

type CreateOptions = Parameters<SoftwarePasskey["create"]>[0];
type GetOptions = Parameters<SoftwarePasskey["get"]>[0];

async function options<T>(browser: Visitor, path: string): Promise<T> {
  return (await browser.postJson(path, {})).json<T>();
}

/** A request with a given cookie, as a thief of the cookie would send it. */
async function ask(path: string, cookie: string, init: RequestInit = {}): Promise<Response> {
  const headers = { origin, cookie, accept: "application/json", "content-type": "application/json" };
  return exports.default.fetch(`${origin}${path}`, { redirect: "manual", ...init, headers });
}

function cookieOf(response: Response, name: string): string {
  const line = response.headers.getSetCookie().find((cookie) => cookie.startsWith(`__Host-${name}=`)) ?? "";
  return line.split(";")[0] ?? "";
}

async function signInByHand(passkey: SoftwarePasskey, cookie = ""): Promise<Response> {
  const begun = await ask("/sign-in/options", cookie, { method: "POST", body: "{}" });
  const response = await passkey.get(await begun.json<GetOptions>());
  return ask("/sign-in/passkey", `${cookie}; ${cookieOf(begun, "ceremony")}`, {
    method: "POST",
    body: JSON.stringify({ response }),
  });
}

const hostile: [string, Misbehaviour][] = [
  ["for another site", { origin: "https://evil.test" }],
  ["for a site with a similar name", { origin: "http://localhost.evil.test" }],
  ["for another port of this host", { origin: "http://localhost:9" }],
  ["for another relying party's id", { relyingPartyId: "evil.test" }],
  ["for a parent of this host", { relyingPartyId: "" }],
  ["over another challenge", { challenge: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" }],
  ["without user verification", { skipsVerification: true }],
];

describe("creating a passkey", () => {
  it.each(hostile)("is refused %s, and nothing is stored", async (_name, misbehaviour) => {
    const before = await everythingKept();
    const browser = createBrowser();
    const passkey = createSoftwarePasskey({ origin });
    const begun = await options<CreateOptions>(browser, "/create-account/options");
    const response = await passkey.create(begun, misbehaviour);
    const answer = await browser.postJson("/create-account/passkey", { response });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ error: expect.stringContaining("The passkey could not be checked") });
    expect(await everythingKept()).toEqual(before);
  });
});

describe("signing in", () => {
  it.each(hostile)("is refused %s", async (_name, misbehaviour) => {
    const passkey = await createAccount(createBrowser());
    await signIn(createBrowser(), passkey);
    const browser = createBrowser();
    const response = await passkey.get(await options<GetOptions>(browser, "/sign-in/options"), misbehaviour);
    expect((await browser.postJson("/sign-in/passkey", { response })).status).toBe(400);
    expect((await browser.open("/panel")).headers.get("location")).toBe("/sign-in");
  });

  it.each([
    ["counts backwards", { countsBackwards: true }],
    ["does not count on", { repeatsCount: true }],
  ])("is refused by a clone that %s, in words that say so", async (_name, misbehaviour) => {
    const passkey = await createAccount(createBrowser());
    await signIn(createBrowser(), passkey);
    const browser = createBrowser();
    const response = await passkey.get(await options<GetOptions>(browser, "/sign-in/options"), misbehaviour);
    const answer = await browser.postJson("/sign-in/passkey", { response });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      error: expect.stringContaining("The count of this passkey is lower than at its last sign-in"),
    });
    expect((await browser.open("/panel")).headers.get("location")).toBe("/sign-in");
  });

  it("is open to a passkey that moved to a service without counter, and later counts again", async () => {
    const passkey = await createAccount(createBrowser());
    await signIn(createBrowser(), passkey);
    for (const misbehaviour of [{ countsNothing: true }, { countsNothing: true }, {}, {}]) {
      const browser = createBrowser();
      const response = await passkey.get(await options<GetOptions>(browser, "/sign-in/options"), misbehaviour);
      expect((await browser.postJson("/sign-in/passkey", { response })).status).toBe(200);
      expect((await browser.open("/panel")).status).toBe(200);
    }
  });

  it("does not open another's account by its user handle", async () => {
    const [mine, theirs] = [await createAccount(createBrowser()), await createAccount(createBrowser())];
    const probe = createBrowser();
    const { response: genuine } = await theirs.get(await options<GetOptions>(probe, "/sign-in/options"));
    const browser = createBrowser();
    const response = await mine.get(await options<GetOptions>(browser, "/sign-in/options"), {
      userHandle: genuine.userHandle ?? "",
    });
    expect((await browser.postJson("/sign-in/passkey", { response })).status).toBe(400);
  });

  it("is refused with a signature of another key, and if the signed data is changed", async () => {
    const [mine, theirs] = [await createAccount(createBrowser()), await createAccount(createBrowser())];
    const browser = createBrowser();
    const begun = await options<GetOptions>(browser, "/sign-in/options");
    const [good, other] = [await mine.get(begun), await theirs.get(begun)];
    const forged = { ...good, response: { ...good.response, signature: other.response.signature } };
    expect((await browser.postJson("/sign-in/passkey", { response: forged })).status).toBe(400);
  });

  it("accepts a challenge once, even after a failure with its cookie replayed", async () => {
    const passkey = await createAccount(createBrowser());
    const begun = await ask("/sign-in/options", "", { method: "POST", body: "{}" });
    const asked = await begun.json<GetOptions>();
    const wrong = await passkey.get(asked, { skipsVerification: true });
    const right = await passkey.get(asked);
    const finish = (response: unknown) =>
      ask("/sign-in/passkey", cookieOf(begun, "ceremony"), { method: "POST", body: JSON.stringify({ response }) });
    expect((await finish(wrong)).status).toBe(400);
    expect((await finish(right)).status).toBe(400);
  });

  it("accepts a challenge for five minutes", async () => {
    const passkey = await createAccount(createBrowser());
    const browser = createBrowser();
    const response = await passkey.get(await options<GetOptions>(browser, "/sign-in/options"));
    await clock.advance(5 * 60_000 + 1);
    expect((await browser.postJson("/sign-in/passkey", { response })).status).toBe(400);
  });

  it.each([
    ["text/plain", "10.77.0.1"],
    ["application/x-www-form-urlencoded", "10.77.0.2"],
    ["application/jsonx", "10.77.0.3"],
  ])("accepts only the JSON content type, not %s", async (type, address) => {
    const passkey = await createAccount(createBrowser());
    const finish = async (contentType: string) => {
      const from = { origin, "cf-connecting-ip": address };
      const begun = await exports.default.fetch(`${origin}/sign-in/options`, { method: "POST", headers: from });
      const response = await passkey.get(await begun.json<GetOptions>());
      const headers = { ...from, cookie: cookieOf(begun, "ceremony"), "content-type": contentType };
      const body = JSON.stringify({ response });
      return (await exports.default.fetch(`${origin}/sign-in/passkey`, { method: "POST", headers, body })).status;
    };
    expect([await finish(type), await finish("application/json; charset=utf-8")]).toEqual([400, 200]);
  });

  it("accepts no challenge that was created for another purpose", async () => {
    const passkey = await createAccount(createBrowser());
    const browser = createBrowser();
    const creation = await options<CreateOptions>(browser, "/create-account/options");
    const response = await passkey.get({ challenge: creation.challenge, rpId: "localhost" });
    expect((await browser.postJson("/sign-in/passkey", { response })).status).toBe(400);
  });

  it("accepts no challenge that was created to add a passkey to the same account", async () => {
    const browser = createBrowser();
    const passkey = await createAccount(browser);
    const addition = await options<CreateOptions>(browser, "/passkeys/options");
    const response = await passkey.get({ challenge: addition.challenge, rpId: "localhost" });
    expect((await browser.postJson("/sign-in/passkey", { response })).status).toBe(400);
  });
});

describe("adding a passkey", () => {
  it("needs the session in which it was started, so no one can add a passkey to another's account", async () => {
    const victim = createBrowser();
    await createAccount(victim);
    const attacker = createBrowser();
    await createAccount(attacker);
    const passkey = createSoftwarePasskey({ origin });
    const response = await passkey.create(await options<CreateOptions>(attacker, "/passkeys/options"));
    expect((await victim.postJson("/passkeys", { response })).status).toBe(400);
    expect((await createBrowser().postJson("/passkeys/options", {})).status).toBe(400);
  });

  it("that was created for one account is refused for another, even in the same browser", async () => {
    const browsers = [createBrowser(), createBrowser()];
    for (const browser of browsers) await createAccount(browser);
    const [mine = "", other = ""] = browsers.map((browser) => browser.cookies());
    const begun = await ask("/passkeys/options", mine, { method: "POST", body: "{}" });
    const response = await createSoftwarePasskey({ origin }).create(await begun.json<CreateOptions>());
    const finish = (session: string) =>
      ask("/passkeys", `${session}; ${cookieOf(begun, "ceremony")}`, {
        method: "POST",
        body: JSON.stringify({ response }),
      });
    expect((await finish(other)).status).toBe(400);
    expect((await finish(mine)).status).toBe(200);
  });
});

describe("web sessions", () => {
  it("are new at each sign-in: a cookie planted before does not become valid", async () => {
    const attacker = await createAccount(createBrowser());
    const victim = await createAccount(createBrowser());
    const planted = cookieOf(await signInByHand(attacker), "session");
    const signedIn = await signInByHand(victim, planted);
    const fresh = cookieOf(signedIn, "session");
    expect([signedIn.status, fresh === planted, fresh.length > 60]).toEqual([200, false, true]);
    const [theirs, mine] = [await ask("/panel", planted), await ask("/panel", fresh)];
    expect(idsOn(await theirs.text())).not.toEqual(idsOn(await mine.text()));
  });

  it("that were stolen end with sign-out, are listed in the panel, do not show the account key, and expire in 30 days", async () => {
    const passkey = await createAccount(createBrowser());
    const stolen = cookieOf(await signInByHand(passkey), "session");
    const owner = createBrowser();
    await signIn(owner, passkey);
    const panel = await (await owner.open("/panel")).text();
    expect(panel.match(/action="\/sessions\/end"/g)?.length).toBeGreaterThanOrEqual(2);
    expect((await ask("/panel", stolen)).status).toBe(200);
    await owner.submitForm("/sign-out-everywhere", new URLSearchParams());
    expect((await ask("/panel", stolen)).headers.get("location")).toBe("/sign-in");

    const late = cookieOf(await signInByHand(passkey), "session");
    await clock.advance(30 * 86_400_000 + 1);
    expect((await ask("/panel", late)).headers.get("location")).toBe("/sign-in");
  });

  it("cannot be moved to another account, truncated, or used as another of our cookies", async () => {
    const passkey = await createAccount(createBrowser());
    const session = cookieOf(await signInByHand(passkey), "session");
    const begun = await ask("/sign-in/options", "", { method: "POST", body: "{}" });
    const ceremony = cookieOf(begun, "ceremony");
    for (const forged of [
      `__Host-session=${ceremony.slice("__Host-ceremony=".length)}`,
      session.slice(0, -1),
      `${session}A`,
      session.replace("__Host-session", "session"),
    ]) {
      expect((await ask("/panel", forged)).headers.get("location")).toBe("/sign-in");
    }
  });

  it("are stored as hashes: storage contains no cookie", async () => {
    const browser = createBrowser();
    await createAccount(browser);
    const sessions = (await everythingKept()).filter(({ key }) => key.startsWith("session:"));
    expect(sessions.length).toBeGreaterThan(0);
    for (const { key } of sessions) expect(key).toMatch(/^session:[0-9a-f]{64}$/);
  });
});

it("an account that was deleted between two requests is not created again by its old cookie", async () => {
  // The day's count of new accounts stays, without a word about which they were.
  const kept = async () => (await everythingKept()).filter(({ key }) => key !== "allowances");
  await createAccount(createBrowser());
  const before = await kept();
  const browser = createBrowser();
  const passkey = await createAccount(browser);
  const cookie = cookieOf(await signInByHand(passkey), "session");
  await browser.submitForm("/delete-account", new URLSearchParams());
  expect((await ask("/panel", cookie)).headers.get("location")).toBe("/sign-in");
  for (const path of ["/account-key", "/register", "/connect", "/disconnect"]) {
    const response = await exports.default.fetch(`${origin}${path}`, {
      method: "POST",
      redirect: "manual",
      headers: { origin, cookie, "content-type": "application/x-www-form-urlencoded" },
      body: "next=/panel",
    });
    expect([path, response.headers.get("location") ?? ""]).not.toEqual([path, "/panel"]);
  }
  expect(await kept()).toEqual(before);
});

/** The ids on a panel page, which identify the account. */
function idsOn(html: string): string[] {
  return Array.from(html.matchAll(/name="id" value="([^"]+)"/g), (match) => match[1] ?? "");
}
