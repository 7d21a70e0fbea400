import type { Page } from "playwright-core";

/** What a person does on the pages, by the words they read there. */

export async function createAccountWithPasskey(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Create a passkey" }).click();
}

/** The page an assistant's walk shows to somebody who has not registered: the confirmation itself. */
export async function confirmRegistration(page: Page): Promise<void> {
  await page.getByRole("heading", { name: "Register Ōura Ring" }).waitFor();
  await page.getByRole("button", { name: "Register" }).click();
}

/** From the panel: the button opens a dialog, and only the second press submits. */
export async function registerOnPanel(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Register" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Register" }).click();
}

export async function decideOnConsent(page: Page, decision: "Allow" | "Deny"): Promise<void> {
  await page.getByRole("heading", { name: /^Allow .* to read your Ōura Ring\?$/ }).waitFor();
  await page.getByRole("button", { name: decision, exact: true }).click();
}

interface OuraChoices {
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
