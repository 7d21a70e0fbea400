import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import { origin } from "./origin.ts";
import { allowAssistant } from "./send-by-assistant.ts";
import { becomeConnected, decideAtOura } from "./steps.ts";

const reads = { isError: false, structured: { summary: expect.any(String) } };
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("shows Reconnect needed after the app was removed at Oura, and Reconnect restores all assistants", async () => {
  const page = await openPerson(browser);
  await becomeConnected(page, origin, "far_east");
  const assistant = await allowAssistant(page, origin);
  expect(await assistant.call("oura_get_device")).toMatchObject(reads);

  await control("PUT", "faults", { faults: [{ kind: "revoked_grant", person: "far_east", times: 1 }] });
  expect(await assistant.call("oura_get_daily_summary")).toMatchObject({
    isError: true,
    text: expect.stringMatching(/no longer accepts this service's connection.*press Reconnect/),
  });
  await page.goto(`${origin}/panel`);
  await page.locator("#toolkits").getByText("Reconnect needed", { exact: true }).waitFor();
  await checkPage(page, "reconnect-1-needed");
  await page.getByRole("button", { name: "Reconnect", exact: true }).click();
  await decideAtOura(page, { person: "far_east" });
  await page.getByRole("status").getByText("Successful connection").waitFor();
  expect(await assistant.call("oura_get_daily_summary")).toMatchObject(reads);
});

async function control(method: string, path: string, body: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(`${origin}/sandbox/control/${path}`, { method, headers, body: JSON.stringify(body) });
  expect(reply.status).toBe(200);
}
