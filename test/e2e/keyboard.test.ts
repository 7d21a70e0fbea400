import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, openPerson } from "./browser.ts";
import { origin } from "./origin.ts";
import { completeAuthorization, sendByAssistant } from "./send-by-assistant.ts";
import { buttonOf } from "./steps.ts";

const mostStops = 150;
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("works from the start page to a deleted account by keyboard only", async () => {
  const page = await openPerson(browser);
  const press = async (role: "button" | "link", name: string) => {
    await tabTo(page, page.getByRole(role, { name, exact: true }).first());
    await page.keyboard.press("Enter");
  };

  await page.goto(origin);
  await press("link", "Create account");
  await press("button", "Create a passkey");
  await press("link", "Register");
  const dialog = page.getByRole("dialog", { name: "Register Ōura Ring" });
  await dialog.waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await page.keyboard.press("Enter"); // the focus is back on Register
  await tabTo(page, dialog.getByRole("button", { name: "Register" }));
  await page.keyboard.press("Enter");
  await press("button", "Connect");
  await tabTo(page, page.getByLabel("Sign in as"));
  await page.keyboard.press("End"); // the last of the synthetic people
  await tabTo(page, page.getByLabel("Tags"));
  await page.keyboard.press("Space");
  await press("button", "Allow");
  await page.getByRole("status").getByText("Successful connection").waitFor();

  const sent = await sendByAssistant(page, origin);
  await tabTo(page, page.getByRole("checkbox", { name: "Workouts" }));
  await page.keyboard.press("Space");
  await press("button", "Allow");
  const assistant = await completeAuthorization(sent);
  const answer = await assistant.call("oura_get_permissions");
  expect(answer.structured).toMatchObject({
    rows: expect.arrayContaining([
      ["workout", "Workouts", "yes", "no", expect.any(String)],
      ["tag", "Tags", "no", "yes", expect.any(String)],
    ]),
  });

  await page.goto(`${origin}/panel`);
  const save = buttonOf(page, "Save permissions", /Assistant of 2025/);
  await tabTo(page, save.locator("xpath=ancestor::details/summary"));
  await page.keyboard.press("Enter");
  await tabTo(page, save);
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("permissions are saved").waitFor();
  await press("button", "Revoke");
  await page.getByRole("status").getByText("access is revoked").waitFor();
  await press("link", "Disconnect");
  await press("button", "Disconnect");
  await page.getByRole("status").getByText("Disconnected.").waitFor();
  await press("link", "Delete account");
  await press("button", "Delete everything");
  await page.getByRole("heading", { name: "Your account is deleted" }).waitFor();
});

/** Presses Tab until the control has the focus. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  await control.waitFor();
  const focused = control.and(page.locator(":focus"));
  for (let stops = 0; stops < mostStops; stops += 1) {
    if ((await focused.count()) > 0) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reaches ${control}.`);
}
