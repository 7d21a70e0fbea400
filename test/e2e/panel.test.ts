import type { Browser, Locator } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { scopes } from "../../src/oura/scopes.ts";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import { origin } from "./origin.ts";
import { postMcp } from "./plain-client.ts";
import { allowAssistant } from "./send-by-assistant.ts";
import { createAccountWithPasskey, decideAtOura, registerOnPanel } from "./steps.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("leads a person from the start page to a connected ring, and deleting the account ends all access", async () => {
  const page = await openPerson(browser);

  await page.goto(origin);
  await page.getByRole("link", { name: "Create account" }).first().click();
  await createAccountWithPasskey(page);
  const card = page.getByRole("region", { name: "Ōura Ring" });
  await card.getByText("Not registered", { exact: true }).waitFor();
  await checkPage(page, "panel-1-not-registered");

  await page.getByRole("link", { name: "Register" }).click();
  const dialog = page.getByRole("dialog", { name: "Register Ōura Ring" });
  await dialog.waitFor();
  await checkPage(page, "panel-2-dialog");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "hidden" });
  await page.reload();
  await card.getByText("Not registered", { exact: true }).waitFor(); // Cancel submits nothing
  await registerOnPanel(page);

  const connect = card.getByRole("button", { name: "Connect", exact: true });
  await connect.waitFor();
  await checkPage(page, "panel-3-connect");
  await connect.click();
  await decideAtOura(page, { person: "far_east", decision: "Deny" });
  await page.getByRole("status").getByText("You pressed Deny on Ōura's page").waitFor();
  await checkPage(page, "panel-4-denied");
  await connect.click();
  await decideAtOura(page, { person: "far_east", untick: "all" });
  await page.getByRole("status").getByText("No permission was left ticked").waitFor();
  await connect.click();
  await decideAtOura(page, { person: "far_east", untick: ["Heart Rate", "Ring Configuration"] });
  await page.getByRole("status").getByText("Successful connection").waitFor();
  await card.getByText("Connected", { exact: true }).waitFor();
  await checkPage(page, "panel-5-connected");
  const [shared, notShared] = await card.getByRole("list", { includeHidden: true }).all();
  const unticked = ["Heart Rate", "Ring Configuration", "Personal Info"]; // the last one was not requested
  expect(await labelsIn(shared)).toEqual(scopes.map(({ label }) => label).filter((label) => !unticked.includes(label)));
  expect(await labelsIn(notShared)).toEqual(unticked);

  const assistant = await allowAssistant(page, origin);
  const permissions = await assistant.call("oura_get_permissions");
  expect(permissions.structured).toMatchObject({
    connection: "connected",
    summary: expect.stringMatching(
      /Not granted at Ōura: Heart Rate and Ring Configuration;.* Granted neither at Ōura nor to this assistant: Personal Info;/,
    ),
    rows: expect.arrayContaining([
      ["daily", "Daily Summaries", "yes", "yes", expect.any(String)],
      ["heartrate", "Heart Rate", "no", "yes", expect.any(String)],
      ["ring_configuration", "Ring Configuration", "no", "yes", expect.any(String)],
      ["personal", "Personal Info", "no", "no", expect.any(String)],
    ]),
    limited_tools: expect.arrayContaining([
      { tool: "oura_get_device", needs: "Ring Configuration and Personal Info (the profile)" },
    ]),
  });
  expect(await assistant.call("oura_get_device")).toMatchObject({
    isError: true,
    text: expect.stringMatching(/Ring Configuration.*press Reconnect/s),
  });

  await page.goto(`${origin}/panel`);
  await page.getByRole("link", { name: "Delete account" }).click();
  await checkPage(page, "panel-6-delete");
  await page.getByRole("button", { name: "Delete everything" }).click();
  await page.getByRole("heading", { name: "Your account is deleted" }).waitFor();
  await checkPage(page, "panel-7-deleted");
  const refused = await postMcp(origin, assistant.provider.tokens()?.access_token ?? "", "tools/list");
  expect(refused.status).toBe(401);
  expect(refused.headers.get("www-authenticate")).toContain("resource_metadata=");

  await page.goto(`${origin}/panel`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("alert").getByText("This account no longer exists.").waitFor();
  await checkPage(page, "panel-8-gone");
});

/** The labels of the permissions in a list. */
async function labelsIn(list: Locator | undefined): Promise<string[]> {
  const items = (await list?.locator("li").allTextContents()) ?? [];
  return scopes.map(({ label }) => label).filter((label) => items.some((text) => text.trim().startsWith(label)));
}
