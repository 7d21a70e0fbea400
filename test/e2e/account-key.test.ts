import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from "vitest";
import { create2026Assistant } from "./assistants.ts";
import { launchBrowser, openPerson } from "./browser.ts";
import { listenForCallback } from "./callback-listener.ts";
import { keepPicture } from "./look-at.ts";
import { confirmRegistration, decideAtOura, decideOnConsent } from "./steps.ts";
import { recordSecrets } from "./witness.ts";

const origin = inject("origin");
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("needs no passkey and no JavaScript: an account key opens the account, however it is typed", async () => {
  const callback = await listenForCallback();
  onTestFinished(callback.close);
  const page = await openPerson(browser, { javaScriptEnabled: false });

  await page.goto(origin);
  await page.getByRole("link", { name: "Create account" }).click();
  expect(await page.locator("noscript .warning").innerText()).toContain("Passkeys need JavaScript.");
  await keepPicture(page, "account-key-1-without-script");
  await page.getByRole("button", { name: "Use an account key instead" }).click();
  const key = (await page.locator("#shown-account-key").innerText()).trim();
  recordSecrets([key, key.replaceAll("-", "")]);
  await keepPicture(page, "account-key-2-shown");
  await page.getByRole("link", { name: "I have kept it" }).click();

  await page.getByRole("link", { name: "Register" }).click(); // a page instead of the dialog
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByText("Not registered", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Register" }).click();
  await confirmRegistration(page);
  await page.getByRole("button", { name: "Connect" }).waitFor();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();

  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("Account key").fill(`${key.slice(0, -1)}${key.endsWith("0") ? "1" : "0"}`);
  await page.getByRole("button", { name: "Sign in with the account key" }).click();
  await page.getByText("No account opens with this key.").waitFor();
  await keepPicture(page, "account-key-3-wrong");

  const assistant = create2026Assistant({ origin, redirectUri: callback.redirectUri });
  onTestFinished(assistant.close);
  await page.goto((await assistant.begin()).href);
  await page.getByLabel("Account key").fill(key.toUpperCase().replaceAll("-", "  "));
  await page.getByRole("button", { name: "Sign in with the account key" }).click();
  await decideOnConsent(page, "Allow");
  await decideAtOura(page, { person: "no_ring" });
  await assistant.finish(await callback.arrival());
  expect(await assistant.call("oura_get_device")).toMatchObject({
    structured: { summary: "No ring is set up in this Ōura account." },
  });
});
