import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { create2026Assistant } from "./assistants.ts";
import { launchBrowser, openPerson } from "./browser.ts";
import { keepPicture } from "./check-page.ts";
import { origin } from "./origin.ts";
import { postMcp } from "./plain-client.ts";
import { allowAssistant } from "./send-by-assistant.ts";
import { shownText } from "./shown-text.ts";
import { buttonOf, confirmRegistration, connectOnPanel, keepAccountKey, signInWithKey, unfold } from "./steps.ts";
import { recordSecrets } from "./witness.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("works without any script, from an account key to a deleted account", async () => {
  const page = await openPerson(browser, { javaScriptEnabled: false });
  const card = page.getByRole("region", { name: "Ōura Ring" });

  await page.goto(origin);
  await page.getByRole("link", { name: "Create account" }).first().click();
  await page.getByRole("button", { name: "Use an account key instead" }).waitFor();
  expect(await page.locator("noscript").allInnerTexts()).toContainEqual(
    expect.stringContaining("Passkeys need JavaScript"),
  );
  await keepPicture(page, "without-script-1-create");
  await page.getByRole("button", { name: "Use an account key instead" }).click();
  const key = await keepAccountKey(page);

  await card.getByRole("link", { name: "Register" }).click(); // without scripts a page instead of the dialog
  await page.getByRole("heading", { name: "Register Ōura Ring" }).waitFor();
  await keepPicture(page, "without-script-2-register");
  await page.getByRole("button", { name: "Cancel" }).click();
  await card.getByText("Not registered", { exact: true }).waitFor();
  await card.getByRole("link", { name: "Register" }).click();
  await confirmRegistration(page);
  await connectOnPanel(page, { person: "no_ring" });
  await keepPicture(page, "without-script-3-connected");

  const assistant = await allowAssistant(page, origin, create2026Assistant);
  expect(await assistant.call("oura_get_device")).toMatchObject({
    structured: { summary: "No ring is set up in this Ōura account." },
  });
  await page.goto(`${origin}/panel`);
  const save = await unfold(buttonOf(page, "Save permissions", /Assistant of 2026/));
  const boxes = page.getByRole("region", { name: "Assistant of 2026" });
  await boxes.getByRole("checkbox", { name: "Ring Configuration" }).uncheck();
  await save.click();
  await page.getByRole("status").getByText("permissions are saved").waitFor();
  expect(await assistant.call("oura_get_device")).toMatchObject({ isError: true });

  await buttonOf(page, "Revoke", /Assistant of 2026/).click();
  await page.getByRole("status").getByText("access is revoked").waitFor();
  const token = assistant.provider.tokens()?.access_token ?? "";
  expect((await postMcp(origin, token, "tools/list")).status).toBe(401);

  await page.getByRole("link", { name: "New access token" }).click();
  await page.getByLabel("Name").fill("A script");
  await page.getByRole("button", { name: "Make the token" }).click();
  const accessToken = await shownText(page.locator("#shown-access-token"));
  recordSecrets([accessToken]);
  await page.getByRole("link", { name: "I have copied it" }).click();
  expect((await postMcp(origin, accessToken, "tools/list")).status).toBe(200);
  await buttonOf(page, "Revoke", /A script/).click();
  await page.getByRole("status").getByText("access is revoked").waitFor();
  expect((await postMcp(origin, accessToken, "tools/list")).status).toBe(401);

  await card.getByRole("link", { name: "Disconnect" }).click();
  await page.getByRole("button", { name: "Disconnect" }).click();
  await page.getByRole("status").getByText("Disconnected.").waitFor();
  await page.goto(`${origin}/confirm?next=/delete-account`); // shown after an older sign-in
  await page.getByLabel("Account key").fill(key);
  await page.getByRole("button", { name: "Confirm with the account key" }).click();
  await page.getByRole("heading", { name: "Delete account" }).waitFor();
  await page.goto(`${origin}/panel`);
  await page.getByRole("link", { name: "Delete account" }).click();
  await page.getByRole("button", { name: "Delete everything" }).click();
  await page.getByRole("heading", { name: "Your account is deleted" }).waitFor();
  await page.goto(`${origin}/sign-in`);
  await signInWithKey(page, key);
  await page.getByText("No account has this key.").waitFor();
});
