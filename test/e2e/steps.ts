import type { Locator, Page } from "playwright-core";
import { shownText } from "./shown-text.ts";
import { recordSecrets } from "./witness.ts";

/** The steps of a person on the pages, by the visible labels. */

export async function createAccountWithPasskey(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Create a passkey" }).click();
}

/** Creates the account key and returns it. */
export async function keepAccountKey(page: Page): Promise<string> {
  const key = await shownText(page.locator("#shown-account-key"));
  await page.getByRole("link", { name: "I have kept it" }).click();
  recordSecrets([key, key.replaceAll("-", "")]);
  return key;
}

export async function signInWithKey(page: Page, key: string): Promise<void> {
  await page.getByLabel("Account key").fill(key);
  await page.getByRole("button", { name: "Sign in with the account key" }).click();
}

/** Confirms the registration page that an authorization shows to an unregistered person. */
export async function confirmRegistration(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Register Ōura Ring" }).waitFor();
  await page.getByRole("button", { name: "Register" }).click();
}

/** Registers on the panel: the button opens a dialog, whose button submits. */
export async function registerOnPanel(page: Page): Promise<void> {
  const link = page.getByRole("link", { name: "Register" });
  await link.waitFor();
  await page.waitForLoadState(); // before the script is loaded, the link leads to a page
  await link.click();
  await page.getByRole("dialog").getByRole("button", { name: "Register" }).click();
}

export async function decideOnConsent(page: Page, decision: "Allow" | "Deny"): Promise<void> {
  await page.getByRole("heading", { name: /^Allow .* to read your Ōura Ring\?$/ }).waitFor();
  await page.getByRole("button", { name: decision, exact: true }).click();
}

export interface OuraChoices {
  person?: string;
  /** Labels of the permissions to untick, or "all". */
  untick?: readonly string[] | "all";
  decision?: "Allow" | "Deny";
}

export async function decideAtOura(page: Page, choices: OuraChoices = {}): Promise<void> {
  const { person = "everyday", untick = [], decision = "Allow" } = choices;
  await page.getByRole("heading", { name: "Ōura (simulator)" }).waitFor();
  await page.getByLabel("Sign in as").selectOption(person);
  const boxes =
    untick === "all" ? await page.getByRole("checkbox").all() : untick.map((label) => page.getByLabel(label));
  for (const box of boxes) await box.uncheck();
  await page.getByRole("button", { name: decision, exact: true }).click();
}

/** Opens the collapsed sections that contain a control. */
export async function unfold(control: Locator): Promise<Locator> {
  await control.waitFor({ state: "attached" });
  const folded = control.locator("xpath=ancestor::details[not(@open)]/summary");
  for (const summary of await folded.all()) await summary.click();
  return control;
}

/** Creates and registers an account from the start page. */
export async function createRegisteredAccount(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/create-account`);
  await createAccountWithPasskey(page);
  await registerOnPanel(page);
}

/** Connects Oura from the panel. */
export async function connectOnPanel(page: Page, choices: OuraChoices): Promise<void> {
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await decideAtOura(page, choices);
  await page.getByRole("status").getByText("Successful connection").waitFor();
}

/** Creates an account with a place and connects Oura as `person`. */
export async function becomeConnected(page: Page, origin: string, person: string): Promise<void> {
  await createRegisteredAccount(page, origin);
  await connectOnPanel(page, { person });
}

/**
 * A button that exists once per assistant, passkey or browser, selected by its description. It may be in a closed
 * section.
 */
export function buttonOf(page: Page, name: string, whose: string | RegExp): Locator {
  return page.getByRole("button", { name, exact: true, description: whose, includeHidden: true });
}
