import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import { origin } from "./origin.ts";
import { completeAuthorization, sendByAssistant } from "./send-by-assistant.ts";
import { connectOnPanel, createRegisteredAccount, decideAtOura, decideOnConsent } from "./steps.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("undoes nothing when a person goes back, and shows nothing to the next user of the browser", async () => {
  const page = await openPerson(browser);
  await createRegisteredAccount(page, origin);
  await connectOnPanel(page, { person: "everyday" });
  await page.goBack(); // to Oura's page, which redirects here again
  await decideAtOura(page, { person: "everyday" });
  await page
    .getByText(
      "This attempt to connect your ring took too long, or it was started in another browser or account. Start again and connect your ring.",
    )
    .waitFor();
  await checkPage(page, "going-back-1-second-answer");
  await page.getByRole("link", { name: "Go to your MCP server" }).click();
  await page.getByText("Connected", { exact: true }).waitFor();

  const sent = await sendByAssistant(page, origin);
  await decideOnConsent(page, "Allow");
  const assistant = await completeAuthorization(sent);
  await page.goBack();
  await decideOnConsent(page, "Deny"); // a new request with its own decision
  await page.getByRole("heading", { name: "Back at the assistant" }).waitFor();
  expect(await assistant.call("oura_get_device")).toMatchObject({ isError: false });

  await page.goto(`${origin}/panel`);
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("link", { name: "Create account" }).first().waitFor();
  await page.goBack();
  await page.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
  expect(await page.getByText("Assistant of 2025").count()).toBe(0);

  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("link", { name: "Delete account" }).click();
  await page.getByRole("button", { name: "Delete everything" }).click();
  await page.getByRole("heading", { name: "Your account is deleted" }).waitFor();
  await page.goBack();
  await page.getByText("You are signed out.").waitFor();
});

it("explains a consent form that was already used or belongs to another browser, and grants nothing", async () => {
  const [mine, other] = [await openPerson(browser), await openPerson(browser)];
  for (const page of [mine, other]) await createRegisteredAccount(page, origin);
  await sendByAssistant(mine, origin);
  const handle = await mine.locator("input[name=handle]").inputValue();
  await decideOnConsent(mine, "Deny");
  await mine.getByRole("heading", { name: "Back at the assistant" }).waitFor();
  for (const page of [mine, other]) {
    await sendByAssistant(page, origin);
    await useHandle(page, handle);
    await decideOnConsent(page, "Allow");
    await page.getByText(/The assistant got no access/).waitFor();
  }
  await checkPage(other, "going-back-2-foreign-handle");
  await other.getByRole("link", { name: "Go to your MCP server" }).click();
  await other.getByText("No assistant has access yet.").waitFor();
});

/** Submits the open form with the handle of another one, like a page kept from earlier. */
async function useHandle(page: Page, handle: string): Promise<void> {
  await page.locator("input[name=handle]").evaluate((field, value) => field.setAttribute("value", value), handle);
}
