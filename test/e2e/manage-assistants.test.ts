import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Assistant, create2025Assistant, create2026Assistant } from "./assistants.ts";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import { origin } from "./origin.ts";
import { postMcp } from "./plain-client.ts";
import { allowAssistant } from "./send-by-assistant.ts";
import { buttonOf, connectOnPanel, createRegisteredAccount, unfold } from "./steps.ts";

const reads = { isError: false, structured: { summary: expect.any(String) } };
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("reduces an assistant's permissions at its next call, extends them only by consent, and revokes one, then all", async () => {
  const page = await openPerson(browser);
  await createRegisteredAccount(page, origin);
  await connectOnPanel(page, { person: "everyday" });
  const one = await allowAssistant(page, origin, create2025Assistant);
  const other = await allowAssistant(page, origin, create2026Assistant);
  expect(await one.call("oura_get_device")).toMatchObject(reads);

  await page.goto(`${origin}/panel`);
  const save = await unfold(buttonOf(page, "Save permissions", /Assistant of 2025/));
  const narrowed = page.getByRole("region", { name: "Assistant of 2025" });
  await narrowed.getByRole("checkbox", { name: "Ring Configuration" }).uncheck();
  await checkPage(page, "manage-1-narrow");
  await save.click();
  await page.getByRole("status").getByText("permissions are saved").waitFor();
  expect(await one.call("oura_get_device")).toMatchObject({
    isError: true,
    text: expect.stringContaining("not allowed to read Ring Configuration"),
  });
  expect(await one.call("oura_get_daily_summary")).toMatchObject(reads);
  expect(await other.call("oura_get_device")).toMatchObject(reads);

  await unfold(buttonOf(page, "Save permissions", /Assistant of 2025/));
  expect(await narrowed.getByRole("checkbox").count()).toBe(8); // more permissions only by consent
  const widened = await allowAssistant(page, origin, create2025Assistant);
  expect(await widened.call("oura_get_device")).toMatchObject(reads);

  await page.goto(`${origin}/panel`);
  await buttonOf(page, "Revoke", /Assistant of 2026/).click();
  await page.getByRole("status").getByText("access is revoked").waitFor();
  await checkPage(page, "manage-2-revoked");
  expect(await statusOf(other)).toBe(401);
  expect(await widened.call("oura_get_device")).toMatchObject(reads);
  expect(await buttonOf(page, "Revoke", /Assistant of 2026/).count()).toBe(0);

  await page.getByRole("button", { name: "Revoke all" }).click();
  await page.getByRole("status").getByText("The access of every assistant is revoked").waitFor();
  expect(await Promise.all([one, widened].map(statusOf))).toEqual([401, 401]);
});

/** The HTTP status for the assistant's token. */
async function statusOf(assistant: Assistant): Promise<number> {
  return (await postMcp(origin, assistant.provider.tokens()?.access_token ?? "", "tools/list")).status;
}
