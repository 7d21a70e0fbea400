import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import { origin } from "./origin.ts";
import { completeAuthorization, sendByAssistant } from "./send-by-assistant.ts";
import { confirmRegistration, createAccountWithPasskey, decideAtOura, decideOnConsent } from "./steps.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("reports a denial here or at Oura to the assistant, and lets a person who shared nothing choose again", async () => {
  const page = await openPerson(browser);
  const first = await sendByAssistant(page, origin);
  await createAccountWithPasskey(page);
  await confirmRegistration(page);
  await decideOnConsent(page, "Deny");
  const denied = await first.callback.arrival();
  expect(Object.fromEntries(denied.searchParams)).toMatchObject({
    error: "access_denied",
    state: first.assistant.provider.sentState,
    iss: origin,
  });

  const second = await sendByAssistant(page, origin);
  await decideOnConsent(page, "Allow");
  await decideAtOura(page, { person: "lapsed", decision: "Deny" });
  const deniedAtOura = await second.callback.arrival();
  expect(Object.fromEntries(deniedAtOura.searchParams)).toMatchObject({
    error: "access_denied",
    state: second.assistant.provider.sentState,
    iss: origin,
  });

  const third = await sendByAssistant(page, origin);
  for (const box of await page.getByRole("checkbox").all()) await box.uncheck();
  await decideOnConsent(page, "Allow");
  await page.getByRole("alert").getByText("Tick at least one kind of data").waitFor();
  await checkPage(page, "refusals-1-nothing-ticked");
  await page.getByRole("checkbox", { name: "Daily Summaries" }).check(); // the form is shown again without a selection
  await decideOnConsent(page, "Allow");
  await decideAtOura(page, { person: "lapsed", untick: "all" });
  await page.getByRole("heading", { name: "Nothing was shared" }).waitFor();
  await checkPage(page, "refusals-2-nothing-shared");
  await page.getByRole("link", { name: "Choose again at Ōura" }).click();
  await decideAtOura(page, { person: "lapsed" });
  const assistant = await completeAuthorization(third);
  expect(await assistant.call("oura_get_daily_summary")).toMatchObject({
    text: expect.stringMatching(/membership/),
  });
});
