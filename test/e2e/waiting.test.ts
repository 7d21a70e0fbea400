import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from "vitest";
import { type Assistant, create2025Assistant, create2026Assistant } from "./assistants.ts";
import { launchBrowser, openPerson } from "./browser.ts";
import { listenForCallback } from "./callback-listener.ts";
import { findFreePort } from "./local-server.ts";
import { lookAt } from "./look-at.ts";
import { startRingbridge } from "./ringbridge.ts";
import { confirmRegistration, createAccountWithPasskey, decideOnConsent } from "./steps.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("lets assistants in while no place is free, and every tool says where the person stands", async () => {
  const port = await findFreePort();
  const state = join(inject("scratch"), "waiting");
  const full = await startRingbridge({ name: "no-place", port, state, variables: ["BETA_CAPACITY:0"] });
  onTestFinished(full.stop);
  const { origin } = full;

  async function arrive(createAssistant: typeof create2025Assistant): Promise<{ page: Page; assistant: Assistant }> {
    const callback = await listenForCallback();
    onTestFinished(callback.close);
    const assistant = createAssistant({ origin, redirectUri: callback.redirectUri });
    const page = await openPerson(browser);
    await page.goto((await assistant.begin()).href);
    await createAccountWithPasskey(page);
    await confirmRegistration(page);
    await decideOnConsent(page, "Allow");
    await assistant.finish(await callback.arrival());
    onTestFinished(assistant.close);
    return { page, assistant };
  }

  const first = await arrive(create2025Assistant);
  const second = await arrive(create2026Assistant);
  for (const [place, { page, assistant }] of [first, second].entries()) {
    const standing = `number ${place + 1} of 2 in the queue`;
    await page.goto(`${origin}/panel`);
    const code = await page.getByRole("region", { name: "Ōura Ring" }).locator("code").innerText();
    for (const tool of await assistant.listPlainTools()) {
      const answer = await assistant.call(tool);
      expect(answer.text, tool).toContain(standing);
      expect(answer.text, tool).toContain(`reference code ${code}`);
      expect(answer.text, tool).toContain(`${origin}/panel`);
      expect(answer.isError, tool).toBe(tool !== "oura_get_permissions");
    }
  }
  await lookAt(second.page, "waiting-1-pending");

  // The operator makes room for one: it goes to whoever asked first.
  await full.stop();
  const roomForOne = await startRingbridge({ name: "one-place", port, state, variables: ["BETA_CAPACITY:1"] });
  onTestFinished(roomForOne.stop);
  const pressConnect = `Ōura is not connected yet. Open ${origin}/panel and press Connect.`;
  expect(await first.assistant.call("oura_get_daily_summary")).toMatchObject({ isError: true, text: pressConnect });
  expect((await second.assistant.call("oura_get_device")).text).toContain("number 1 of 1 in the queue");

  await first.page.goto(`${origin}/delete-account`);
  await first.page.getByRole("button", { name: "Delete everything" }).click();
  await first.page.getByRole("heading", { name: "Your account is gone" }).waitFor();
  expect(await second.assistant.call("oura_get_device")).toMatchObject({ isError: true, text: pressConnect });
});
