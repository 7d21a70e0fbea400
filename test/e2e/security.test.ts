import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import { origin } from "./origin.ts";
import { replaceDevice } from "./passkey-device.ts";
import { shownText } from "./shown-text.ts";
import { buttonOf, createAccountWithPasskey, keepAccountKey, signInWithKey, unfold } from "./steps.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("adds, names and removes passkeys, but never removes the last way to sign in", async () => {
  const page = await openPerson(browser);
  await page.goto(`${origin}/create-account`);
  await createAccountWithPasskey(page);
  const remove = page.getByRole("button", { name: "Remove", exact: true });
  await remove.click();
  await page.getByText("This is the last way to sign in to your account, so it cannot be removed.").waitFor();
  await checkPage(page, "security-1-last-way-in");
  await page.goto(`${origin}/panel`);
  await page.getByRole("button", { name: "Add passkey" }).click();
  await page.getByRole("alert").getByText("This device already has a passkey").waitFor();

  await replaceDevice(page);
  await page.getByRole("button", { name: "Add passkey" }).click();
  await page.getByRole("status").getByText("The passkey is added.").waitFor();
  expect(await remove.count()).toBe(2);
  const save = page.getByRole("button", { name: "Save name", includeHidden: true }).last();
  await unfold(save);
  await page.getByRole("textbox", { name: "Name of the passkey" }).last().fill("Telephone <b>& co");
  await save.click();
  await page.getByRole("status").getByText("new name").waitFor();
  await page.getByText("Telephone <b>& co", { exact: true }).waitFor();
  await checkPage(page, "security-2-two-passkeys");

  await buttonOf(page, "Remove", /^(?!.*Telephone)/).click();
  await page.getByRole("status").getByText("The passkey is removed.").waitFor();
  await remove.click();
  await page.getByText("This is the last way to sign in to your account, so it cannot be removed.").waitFor();
  await page.goto(`${origin}/confirm`);
  await checkPage(page, "security-4-confirm");
  await page.goto(`${origin}/confirm?next=/panel?message=confirmed`);
  await page.getByRole("button", { name: "Confirm with a passkey" }).click();
  await page.getByRole("status").getByText("For ten minutes you can change how you sign in").waitFor();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("link", { name: "Sign in" }).first().click();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("heading", { name: "Your MCP server", level: 1 }).waitFor();
});

it("signs another browser out, and signs out everywhere", async () => {
  const here = await openPerson(browser);
  await here.goto(`${origin}/create-account`);
  await createAccountWithPasskey(here);
  await here.getByRole("button", { name: "New account key" }).click();
  const key = await keepAccountKey(here);
  const [second, third] = [await openWithKey(key), await openWithKey(key)];

  await here.goto(`${origin}/panel`);
  await checkPage(here, "security-3-three-browsers");
  const ends = here.getByRole("button", { name: "End", exact: true });
  expect(await ends.count()).toBe(2); // not for this browser: that is Sign out
  await ends.first().click();
  await here.getByRole("status").getByText("The other browser is signed out.").waitFor();
  const signedIn = await Promise.all([second, third].map(isSignedIn));
  expect(signedIn.toSorted()).toEqual([false, true]);

  await here.getByRole("button", { name: "Sign out everywhere" }).click();
  await here.getByRole("link", { name: "Create account" }).first().waitFor();
  expect(await Promise.all([here, second, third].map(isSignedIn))).toEqual([false, false, false]);
  await here.goto(`${origin}/sign-in`);
  await here.getByRole("button", { name: "Sign in with a passkey" }).click();
  await here.getByRole("heading", { name: "Your MCP server", level: 1 }).waitFor(); // the account is unchanged
});

/** Another browser of the same person. */
async function openWithKey(key: string): Promise<Page> {
  const page = await openPerson(browser);
  await page.goto(`${origin}/sign-in`);
  await signInWithKey(page, key);
  await page.getByRole("heading", { name: "Your MCP server", level: 1 }).waitFor();
  return page;
}

async function isSignedIn(page: Page): Promise<boolean> {
  await page.goto(`${origin}/panel`);
  return (await shownText(page.getByRole("heading", { level: 1 }))) === "Your MCP server";
}
