import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { create2025Assistant, create2026Assistant } from "./assistants.ts";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import { measureLoad } from "./measure-load.ts";
import { origin } from "./origin.ts";
import { allowAssistant, sendByAssistant } from "./send-by-assistant.ts";
import { shownText } from "./shown-text.ts";
import { connectOnPanel, createRegisteredAccount } from "./steps.ts";
import { recordSecrets } from "./witness.ts";

const mostBytes = 40_000;
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Checks size, layout shift, accessibility and keyboard use of a page. */
async function inspect(page: Page, name: string, address: string): Promise<void> {
  const { bytes, layoutShift } = await measureLoad(page, address);
  expect.soft(bytes, `${name}: bytes`).toBeLessThan(mostBytes);
  expect.soft(layoutShift, `${name}: layout shift`).toBe(0);
  await checkPage(page, `page-${name}`);
}

it("serves public pages that are small, accessible, usable by keyboard and do not shift while loading", async () => {
  const page = await openPerson(browser);
  await inspect(page, "start", `${origin}/`);
  await inspect(page, "help", `${origin}/help`);
  await inspect(page, "privacy", `${origin}/privacy`);
  await inspect(page, "terms", `${origin}/terms`);
  await inspect(page, "create-account", `${origin}/create-account`);
  await inspect(page, "sign-in", `${origin}/sign-in`);
  await inspect(page, "endpoint", `${origin}/mcp`);
  await inspect(page, "not-found", `${origin}/no-such-page`);
  await inspect(page, "signed-out", `${origin}/disconnect`);
});

it("serves signed-in pages that are small, accessible, usable by keyboard and do not shift while loading", async () => {
  const page = await openPerson(browser);
  await createRegisteredAccount(page, origin);
  await connectOnPanel(page, { person: "everyday", untick: ["Tags"] });
  for (const createAssistant of [create2025Assistant, create2026Assistant]) {
    const assistant = await allowAssistant(page, origin, createAssistant);
    for (const tool of await assistant.listPlainTools()) await assistant.call(tool);
  }
  const { address } = await sendByAssistant(page, origin);
  await inspect(page, "consent", address);
  await inspect(page, "access-token", `${origin}/access-token`);
  await page.getByLabel("Name").fill("Morning question");
  await page.getByRole("button", { name: "Make the token" }).click();
  recordSecrets([await shownText(page.locator("#shown-access-token"))]);
  await checkPage(page, "page-access-token-shown");
  await inspect(page, "panel", `${origin}/panel`);
  await inspect(page, "register", `${origin}/register`);
  await inspect(page, "disconnect", `${origin}/disconnect`);
  await inspect(page, "delete-account", `${origin}/delete-account`);
  await inspect(page, "expired", `${origin}/oura/callback?state=panel-long-ago`);
});
