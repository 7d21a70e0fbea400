import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, openPerson } from "./browser.ts";
import { origin } from "./origin.ts";
import { acceptedTokens } from "./oura-tokens.ts";
import { completeAuthorization, sendByAssistant } from "./send-by-assistant.ts";
import { buttonOf, decideAtOura, keepAccountKey, signInWithKey, unfold } from "./steps.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("acts once on a double click, for every button", async () => {
  const page = await openPerson(browser);
  const pressTwice = (name: string) => page.getByRole("button", { name, exact: true }).dblclick();
  const before = await acceptedTokens(origin);

  await page.goto(`${origin}/create-account`);
  await pressTwice("Use an account key instead");
  const first = await keepAccountKey(page);
  await page.getByRole("link", { name: "Register" }).dblclick();
  await page.getByRole("dialog").getByRole("button", { name: "Register" }).dblclick();
  await pressTwice("Connect");
  await decideAtOura(page, { person: "everyday" });
  await page.getByRole("status").getByText("Successful connection").waitFor();

  const sent = await sendByAssistant(page, origin);
  await pressTwice("Allow");
  const assistant = await completeAuthorization(sent);
  await page.waitForLoadState("networkidle"); // the second press also leads to the assistant
  await page.goto(`${origin}/panel`);
  expect(await buttonOf(page, "Revoke", /Assistant of 2025/).count()).toBe(1); // one approval
  await (await unfold(buttonOf(page, "Save permissions", /Assistant of 2025/))).dblclick();
  await page.getByRole("status").getByText("permissions are saved").waitFor();
  expect(await assistant.call("oura_get_device")).toMatchObject({ isError: false });

  await pressTwice("New account key");
  const second = await keepAccountKey(page);
  await pressTwice("Sign out");
  await page.getByRole("link", { name: "Create account" }).first().waitFor();
  await page.goto(`${origin}/sign-in`);
  await signInWithKey(page, first);
  await page.getByText("No account has this key.").waitFor();
  await signInWithKey(page, second); // the key shown on the page works
  await page.getByText("Connected", { exact: true }).waitFor();

  await pressTwice("Revoke");
  await page.getByRole("status").getByText("access is revoked").waitFor();
  await page.getByRole("link", { name: "Disconnect" }).click();
  await page.getByRole("checkbox", { name: "Also revoke at Ōura" }).check();
  await pressTwice("Disconnect");
  await page.getByRole("status").getByText("revoked at Ōura").waitFor();
  expect((await acceptedTokens(origin)).filter((token) => !before.includes(token))).toEqual([]);
  await page.getByRole("link", { name: "Delete account" }).click();
  await pressTwice("Delete everything");
  await page.getByRole("heading", { name: "Your account is deleted" }).waitFor();
});
