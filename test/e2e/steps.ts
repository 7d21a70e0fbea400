import type { Locator, Page } from "playwright-core";
import { recordSecrets } from "./witness.ts";

/** What a person does on the pages, by the words they read there. */

export async function createAccountWithPasskey(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Create a passkey" }).click();
}

/** Writes the account key down, as its page asks. */
export async function keepAccountKey(page: Page): Promise<string> {
  const key = await page.locator("#shown-account-key").innerText();
  await page.getByRole("link", { name: "I have kept it" }).click();
  recordSecrets([key.trim(), key.trim().replaceAll("-", "")]);
  return key.trim();
}

export async function signInWithKey(page: Page, key: string): Promise<void> {
  await page.getByLabel("Account key").fill(key);
  await page.getByRole("button", { name: "Sign in with the account key" }).click();
}

/** The page an assistant's walk shows to somebody who has not registered: the confirmation itself. */
export async function confirmRegistration(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Register Ōura Ring" }).waitFor();
  await page.getByRole("button", { name: "Register" }).click();
}

/** From the panel: the button opens a dialog, and only the second press submits. */
export async function registerOnPanel(page: Page): Promise<void> {
  const link = page.getByRole("link", { name: "Register" });
  await link.waitFor();
  await page.waitForLoadState(); // until its script is there, the link leads to a page instead
  await link.click();
  await page.getByRole("dialog").getByRole("button", { name: "Register" }).click();
}

export async function decideOnConsent(page: Page, decision: "Allow" | "Deny"): Promise<void> {
  await page.getByRole("heading", { name: /^Allow .* to read your Ōura Ring\?$/ }).waitFor();
  await page.getByRole("button", { name: decision, exact: true }).click();
}

export interface OuraChoices {
  person?: string;
  /** Labels of the permissions to untick; "all" for every one. */
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

/** Opens the lines a control is folded under, as far as it is folded. */
export async function unfold(control: Locator): Promise<Locator> {
  await control.waitFor({ state: "attached" });
  const folded = control.locator("xpath=ancestor::details[not(@open)]/summary");
  for (const summary of await folded.all()) await summary.click();
  return control;
}

/** From the start page to a registered account. */
export async function createRegisteredAccount(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/create-account`);
  await createAccountWithPasskey(page);
  await registerOnPanel(page);
}

/** From the panel to Oura and back, connected. */
export async function connectOnPanel(page: Page, choices: OuraChoices): Promise<void> {
  await page.getByRole("button", { name: "Connect", exact: true }).click();
  await decideAtOura(page, choices);
  await page.getByRole("status").getByText("Successful connection").waitFor();
}

/** Somebody new with an account, a place and Oura connected as `person`. */
export async function becomeConnected(page: Page, origin: string, person: string): Promise<void> {
  await createRegisteredAccount(page, origin);
  await connectOnPanel(page, { person });
}

/** A button that stands once for each assistant, passkey or browser, which its description names; it may be folded away. */
export function buttonOf(page: Page, name: string, whose: string | RegExp): Locator {
  return page.getByRole("button", { name, exact: true, description: whose, includeHidden: true });
}
