import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { create2026Assistant } from "./assistants.ts";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import { origin } from "./origin.ts";
import { postMcp } from "./plain-client.ts";
import { allowAssistant, completeAuthorization, sendByAssistant } from "./send-by-assistant.ts";
import {
  becomeConnected,
  confirmRegistration,
  createAccountWithPasskey,
  createRegisteredAccount,
  decideAtOura,
  decideOnConsent,
} from "./steps.ts";

const reads = { isError: false, structured: { summary: expect.any(String) } };
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("asks before a second account takes over the same Oura account, and disconnects the first", async () => {
  const first = await openPerson(browser);
  await becomeConnected(first, origin, "two_rings");
  const firstAssistant = await allowAssistant(first, origin);
  expect(await firstAssistant.call("oura_get_device")).toMatchObject(reads);

  const second = await openPerson(browser);
  await createRegisteredAccount(second, origin);
  await second.getByRole("button", { name: "Connect", exact: true }).click();
  await decideAtOura(second, { person: "two_rings" });
  await second.getByRole("heading", { name: /connected to another account/ }).waitFor();
  await checkPage(second, "take-over-1-asked");
  await second.getByRole("button", { name: "Cancel" }).click();
  await second.getByText("Not connected", { exact: true }).waitFor();
  expect(await firstAssistant.call("oura_get_device")).toMatchObject(reads); // nothing has changed

  await second.getByRole("button", { name: "Connect", exact: true }).click();
  await decideAtOura(second, { person: "two_rings" });
  await second.getByRole("button", { name: "Take over the connection" }).click();
  await second.getByRole("status").getByText("Successful connection").waitFor();
  await checkPage(second, "take-over-2-done");
  const token = firstAssistant.provider.tokens()?.access_token ?? "";
  expect((await postMcp(origin, token, "tools/list")).status).toBe(401); // its access has ended

  // The same question during an assistant's authorization, which continues after the answer.
  const third = await openPerson(browser);
  const sent = await sendByAssistant(third, origin, create2026Assistant);
  await createAccountWithPasskey(third);
  await confirmRegistration(third);
  await decideOnConsent(third, "Allow");
  await decideAtOura(third, { person: "two_rings" });
  await third.getByRole("button", { name: "Take over the connection" }).click();
  const assistant = await completeAuthorization(sent);
  expect(await assistant.call("oura_get_device")).toMatchObject(reads);
});
