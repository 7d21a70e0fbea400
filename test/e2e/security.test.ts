import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { launchBrowser, openPerson } from "./browser.ts";
import { lookAt } from "./look-at.ts";
import { createAccountWithPasskey } from "./steps.ts";

const origin = inject("origin");
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("signs another browser out, and signs out everywhere", async () => {
  const here = await openPerson(browser);
  await here.goto(`${origin}/create-account`);
  await createAccountWithPasskey(here);
  const key = await takeNewAccountKey(here);
  const [second, third] = [await signInWithKey(key), await signInWithKey(key)];

  await here.goto(`${origin}/panel`);
  await lookAt(here, "security-1-three-browsers");
  const ends = here.getByRole("button", { name: "End", exact: true });
  expect(await ends.count()).toBe(2); // not this one: that is Sign out
  await ends.first().click();
  await here.getByRole("status").getByText("That browser is signed out.").waitFor();
  const signedIn = await Promise.all([second, third].map(isSignedIn));
  expect(signedIn.toSorted()).toEqual([false, true]);

  await here.getByRole("button", { name: "Sign out everywhere" }).click();
  await here.getByRole("link", { name: "Create account" }).first().waitFor();
  expect(await Promise.all([here, second, third].map(isSignedIn))).toEqual([false, false, false]);
  await here.goto(`${origin}/sign-in`);
  await here.getByRole("button", { name: "Sign in with a passkey" }).click();
  await here.getByRole("heading", { name: "Your MCP server", level: 1 }).waitFor(); // the account itself is untouched
});

async function takeNewAccountKey(page: Page): Promise<string> {
  await page.getByRole("button", { name: "New account key" }).click();
  const key = await page.locator("#shown-account-key").innerText();
  await page.getByRole("link", { name: "I have kept it" }).click();
  return key.trim();
}

async function signInWithKey(key: string): Promise<Page> {
  const page = await openPerson(browser);
  await page.goto(`${origin}/sign-in`);
  await page.getByLabel("Account key").fill(key);
  await page.getByRole("button", { name: "Sign in with the account key" }).click();
  await page.getByRole("heading", { name: "Your MCP server", level: 1 }).waitFor();
  return page;
}

async function isSignedIn(page: Page): Promise<boolean> {
  await page.goto(`${origin}/panel`);
  return (await page.getByRole("heading", { level: 1 }).innerText()) === "Your MCP server";
}
