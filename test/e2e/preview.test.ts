import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { fixedInstant } from "../../sandbox/clock/instants.ts";
import { launchBrowser, openPerson } from "./browser.ts";
import { keepPicture } from "./check-page.ts";
import { origin } from "./origin.ts";
import { createAccountWithPasskey, decideAtOura, registerOnPanel } from "./steps.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("draws last night in the panel on request only", async () => {
  const page = await openPerson(browser);
  const noise: string[] = [];
  page.on("console", (message) => message.type() === "error" && noise.push(message.text()));
  await page.goto(`${origin}/create-account`);
  await createAccountWithPasskey(page);
  await registerOnPanel(page);
  await page.getByRole("button", { name: "Connect", exact: true }).first().click();
  await decideAtOura(page, { person: "everyday" });
  await page.getByRole("button", { name: "Show me last night" }).waitFor();
  expect(await page.locator("iframe").count()).toBe(0);

  await page.getByRole("button", { name: "Show me last night" }).click();
  const view = page.frameLocator("iframe[title='Last night']");
  await view.getByText("HRV (ms)").waitFor();
  // At some hours last night is not at Ōura yet. Then the newest night is drawn, and the panel says so.
  const headers = { origin, accept: "application/json" };
  const { note } = await (await page.request.post(`${origin}/preview`, { headers })).json();
  if (inject("clock") === fixedInstant) expect(note).toBeNull();
  expect(await page.locator("#preview-notice").textContent()).toBe(note ?? "");
  expect(await page.locator("iframe").getAttribute("sandbox")).toBe("allow-scripts");
  await keepPicture(page, "panel-preview");
  expect(noise).toEqual([]);
});
