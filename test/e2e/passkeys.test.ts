import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buttonWords } from "../../src/web/button-words.ts";
import { launchBrowser, openPerson } from "./browser.ts";
import { origin } from "./origin.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/**
 * Wraps credentials as password managers do: an object of their own with the browser's prototype, on which the browser's
 * methods throw "Illegal invocation".
 */
const wrapped = `{
  const { credentials } = navigator;
  const wrap = (real) => real && Object.setPrototypeOf({
    id: real.id, rawId: real.rawId, type: real.type, response: real.response,
    authenticatorAttachment: real.authenticatorAttachment, getClientExtensionResults: () => ({}),
  }, PublicKeyCredential.prototype);
  for (const name of ["create", "get"]) {
    const real = credentials[name].bind(credentials);
    credentials[name] = async (options) => wrap(await real(options));
  }
}`;

/** A wrapped response whose methods throw too, with its values as typed arrays and without \`rawId\`. */
const wrappedTwice = `{
  const { credentials } = navigator;
  const bytes = (buffer) => buffer && new Uint8Array(buffer);
  const wrap = (real) => real && Object.setPrototypeOf({
    id: real.id,
    response: Object.setPrototypeOf(Object.fromEntries(
      ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
        .filter((name) => name in real.response)
        .map((name) => [name, bytes(real.response[name])]),
    ), null),
  }, null);
  for (const name of ["create", "get"]) {
    const real = credentials[name].bind(credentials);
    credentials[name] = async (options) => wrap(await real(options));
  }
}`;

/** Safari before 18.4 and Chrome before 129: passkeys, but no JSON functions. */
const withoutJson = `
  delete PublicKeyCredential.parseCreationOptionsFromJSON;
  delete PublicKeyCredential.parseRequestOptionsFromJSON;
  delete PublicKeyCredential.prototype.toJSON;`;

async function createAccount(page: Page): Promise<void> {
  await page.goto(`${origin}/create-account`);
  await page.getByRole("button", { name: buttonWords.createPasskey }).click();
  await page.waitForURL(/\/(panel|register)/);
}

async function signOut(page: Page): Promise<void> {
  await page.goto(`${origin}/panel`);
  await page.getByRole("button", { name: buttonWords.signOut, exact: true }).click();
  await page.waitForURL(`${origin}/`);
}

const notice = (page: Page) => page.locator("#passkey-notice").textContent();

describe("a person creates an account and signs in again", () => {
  it.each([
    ["with a password manager that wraps credentials", wrapped],
    ["with a password manager that wraps credentials and responses", wrappedTwice],
    ["in a browser without JSON functions for passkeys", withoutJson],
  ])("%s", async (_, script) => {
    const page = await openPerson(browser);
    await page.addInitScript(script);
    await createAccount(page);
    await signOut(page);
    await page.goto(`${origin}/sign-in`);
    await page.getByRole("button", { name: buttonWords.signInWithPasskey }).click();
    await page.waitForURL(`${origin}/panel`);
  });

  it("with the passkey that the browser offers in the field", async () => {
    const page = await openPerson(browser, { offersPasskeys: true });
    await createAccount(page);
    await signOut(page);
    await page.goto(`${origin}/sign-in`);
    await page.waitForURL(`${origin}/panel`);
  });
});

describe("a passkey that the site did not accept", () => {
  const refusal = { status: 400, contentType: "application/json", body: JSON.stringify({ error: "Start again." }) };

  it("is removed from the device, where the browser can", async () => {
    const page = await openPerson(browser);
    await page.addInitScript(`
      PublicKeyCredential.signalUnknownCredential = async (told) => { globalThis.told = told; };`);
    await page.route("**/create-account/passkey", (route) => route.fulfill(refusal));
    await page.goto(`${origin}/create-account`);
    await page.getByRole("button", { name: buttonWords.createPasskey }).click();
    await expect.poll(() => notice(page)).toBe("Start again.");
    expect(await page.evaluate("globalThis.told")).toEqual({ rpId: "localhost", credentialId: expect.any(String) });
  });

  it("is named with what to do, where the browser cannot", async () => {
    const page = await openPerson(browser);
    await page.addInitScript("delete PublicKeyCredential.signalUnknownCredential;");
    await page.route("**/create-account/passkey", (route) => route.fulfill(refusal));
    await page.goto(`${origin}/create-account`);
    await page.getByRole("button", { name: buttonWords.createPasskey }).click();
    await expect
      .poll(() => notice(page))
      .toMatch(/^Start again\. Your device may have kept the passkey “Ringbridge [\d-]{10}”, .* Remove this passkey/);
  });

  it("is kept while the site's answer is unknown", async () => {
    const page = await openPerson(browser);
    await page.addInitScript(`
      PublicKeyCredential.signalUnknownCredential = async (told) => { globalThis.told = told; };`);
    await page.route("**/create-account/passkey", (route) => route.abort());
    await page.goto(`${origin}/create-account`);
    await page.getByRole("button", { name: buttonWords.createPasskey }).click();
    await expect.poll(() => notice(page)).toContain("Try to sign in with the new passkey.");
    expect(await page.evaluate("globalThis.told")).toBeUndefined();
  });
});
