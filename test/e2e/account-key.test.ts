import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import { origin } from "./origin.ts";
import { keepAccountKey, registerOnPanel, signInWithKey } from "./steps.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("signs in without a passkey, with the key typed in any form, until a new key replaces it", async () => {
  const page = await openPerson(browser);
  await page.goto(`${origin}/create-account`);
  await page.getByRole("button", { name: "Use an account key instead" }).click();
  await page.getByRole("heading", { name: "Your account key" }).waitFor();
  await checkPage(page, "account-key-1-shown");
  const key = await keepAccountKey(page);
  await registerOnPanel(page);
  await page.getByRole("button", { name: "Connect", exact: true }).waitFor();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();

  await page.getByRole("link", { name: "Sign in" }).first().click();
  await signInWithKey(page, `${key.slice(0, -2)}${key.at(-2) === "0" ? "1" : "0"}${key.at(-1)}`);
  await page.getByText("No account has this key.").waitFor();
  await checkPage(page, "account-key-2-wrong");
  await signInWithKey(page, key.toUpperCase().replaceAll("-", "  "));
  await page.getByText("Not connected", { exact: true }).waitFor();

  await page.getByRole("button", { name: "New account key" }).click();
  const replacement = await keepAccountKey(page);
  expect(replacement).not.toBe(key);
  await signOut(page);
  await signInWithKey(page, key);
  await page.getByText("No account has this key.").waitFor();
  await signInWithKey(page, replacement);
  await page.getByText("Not connected", { exact: true }).waitFor();
});

async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("link", { name: "Create account" }).first().waitFor();
  await page.goto(`${origin}/sign-in`);
}
