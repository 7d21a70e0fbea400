import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { launchBrowser, openPerson } from "./browser.ts";
import { origin } from "./origin.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("names every button a new user presses, in order, up to a connected ring", async () => {
  const help = await openPerson(browser);
  await help.goto(`${origin}/help`);
  const setup = help.getByRole("region", { name: "Setup" });
  const words = await setup.locator("b").allInnerTexts();
  expect(words.length).toBeGreaterThan(4);

  const page = await openPerson(browser);
  await page.goto(origin);
  for (const word of words) {
    const dialog = page.getByRole("dialog");
    const inFront = (await dialog.isVisible()) ? dialog : page.getByRole("main");
    const exactly = { name: word, exact: true };
    await inFront.getByRole("button", exactly).or(inFront.getByRole("link", exactly)).first().click();
  }
  await page.getByRole("status").getByText("Successful connection").waitFor();
  await page.getByText("Connected", { exact: true }).waitFor();
});
