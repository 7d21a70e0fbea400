import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import { origin } from "./origin.ts";
import { acceptedTokens } from "./oura-tokens.ts";
import { allowAssistant } from "./send-by-assistant.ts";
import { connectOnPanel, createRegisteredAccount } from "./steps.ts";

const reads = { isError: false, structured: { summary: expect.any(String) } };
const pressConnect = { isError: true, text: expect.stringContaining("press Connect") };
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("disconnects at once, says what remains at Oura, revokes there on request, and reconnects without the assistant", async () => {
  const page = await openPerson(browser);
  await createRegisteredAccount(page, origin);
  const before = await acceptedTokens(origin);
  const issuedSince = async () => (await acceptedTokens(origin)).filter((token) => !before.includes(token));
  await connectOnPanel(page, { person: "everyday" });
  const assistant = await allowAssistant(page, origin);
  expect(await assistant.call("oura_get_device")).toMatchObject(reads);

  await openDisconnect(page);
  await checkPage(page, "disconnect-1-page");
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByText("Connected", { exact: true }).waitFor();
  await openDisconnect(page);
  await page.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("status").getByText("Your Ōura account still lists this app").waitFor();
  await checkPage(page, "disconnect-2-done");
  expect(await assistant.call("oura_get_device")).toMatchObject(pressConnect);
  const [forgotten] = await issuedSince();
  expect(forgotten).toBeDefined(); // deleted only here: Oura still accepts it, as the page says

  await connectOnPanel(page, { person: "everyday" });
  expect(await assistant.call("oura_get_device")).toMatchObject(reads);
  expect(await issuedSince()).toHaveLength(2);

  await openDisconnect(page);
  await page.getByRole("checkbox", { name: "Also revoke at Ōura" }).check();
  await page.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("status").getByText("revoked at Ōura").waitFor();
  expect(await assistant.call("oura_get_device")).toMatchObject(pressConnect);
  expect(await issuedSince()).toEqual([forgotten]);
});

async function openDisconnect(page: Page): Promise<void> {
  await page.goto(`${origin}/panel`);
  await page.getByRole("link", { name: "Disconnect" }).click();
  await page.getByRole("heading", { name: "Disconnect Ōura" }).waitFor();
}
