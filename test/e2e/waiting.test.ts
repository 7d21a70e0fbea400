import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { create2025Assistant, create2026Assistant } from "./assistants.ts";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import { operatorVariable, runOperator } from "./operator.ts";
import { startRingbridge } from "./ringbridge.ts";
import { completeAuthorization, sendByAssistant } from "./send-by-assistant.ts";
import { shownText } from "./shown-text.ts";
import { confirmRegistration, createAccountWithPasskey, createRegisteredAccount, decideOnConsent } from "./steps.ts";

let browser: Browser;
let origin: string;

beforeAll(async () => {
  browser = await launchBrowser();
  const server = await startRingbridge({
    name: "few-places",
    state: join(inject("scratch"), "few-places"),
    variables: ["BETA_CAPACITY:0", operatorVariable],
    clock: inject("clock"),
  });
  origin = server.origin;
  return server.stop;
});
afterAll(() => browser.close());

it("authorizes assistants while no place is free, and every tool reports the person's position in the queue", async () => {
  async function arrive(createAssistant: typeof create2025Assistant) {
    const page = await openPerson(browser);
    const sent = await sendByAssistant(page, origin, createAssistant);
    await createAccountWithPasskey(page);
    await confirmRegistration(page);
    await decideOnConsent(page, "Allow");
    return { page, assistant: await completeAuthorization(sent) };
  }

  const first = await arrive(create2025Assistant);
  const second = await arrive(create2026Assistant);
  for (const [place, { page, assistant }] of [first, second].entries()) {
    const standing = `number ${place + 1} of 2 in the queue`;
    await page.goto(`${origin}/panel`);
    const code = await shownText(page.getByRole("region", { name: "Ōura Ring" }).locator("code"));
    for (const tool of await assistant.listPlainTools()) {
      const answer = await assistant.call(tool);
      expect(answer.text, tool).toContain(standing);
      expect(answer.text, tool).toContain(`reference code ${code}`);
      expect(answer.text, tool).toContain(`${origin}/panel`);
      expect(answer.isError, tool).toBe(tool !== "oura_get_permissions");
    }
  }

  // The operator adds one place: the first in the queue gets it.
  expect(await runOperator(origin, "status")).toMatchObject({ capacity: 0, taken: 0, waiting: 2 });
  expect(await runOperator(origin, "capacity", "1")).toMatchObject({ capacity: 1, taken: 1, waiting: 1 });
  const pressConnect = `Your Ōura account is not connected to this service yet. Open ${origin}/panel and press Connect.`;
  expect(await first.assistant.call("oura_get_daily_summary")).toMatchObject({ isError: true, text: pressConnect });
  expect((await second.assistant.call("oura_get_device")).text).toContain("number 1 of 1 in the queue");
  expect(await runOperator(origin, "capacity", "2")).toMatchObject({ taken: 2, waiting: 0 });
  expect(await second.assistant.call("oura_get_device")).toMatchObject({ isError: true, text: pressConnect });
});

it("gives the place of a deleted account to the next in the queue, whose page updates itself", async () => {
  await runOperator(origin, "capacity", "0");
  const [holder, waiting] = [await openPerson(browser), await openPerson(browser)];
  for (const page of [holder, waiting]) await createRegisteredAccount(page, origin);
  const { taken } = (await runOperator(origin, "status")) as { taken: number }; // places taken by the test before
  await runOperator(origin, "capacity", `${taken + 1}`);
  await holder.reload();
  await holder.getByRole("button", { name: "Connect", exact: true }).waitFor();
  await waiting.reload();
  await waiting.getByText(/number 1 of 1/i).waitFor();
  await checkPage(waiting, "waiting-1-pending");
  const seconds = await hurryRefresh(waiting);
  await waiting.reload();
  expect(seconds()).toBeLessThanOrEqual(30);

  await holder.goto(`${origin}/delete-account`);
  await holder.getByRole("button", { name: "Delete everything" }).click();
  await holder.getByRole("heading", { name: "Your account is deleted" }).waitFor();
  await waiting.getByRole("button", { name: "Connect", exact: true }).waitFor(); // without any click
  await waiting.getByText("Not connected", { exact: true }).waitFor();
});

/** Makes a self-refreshing page reload after a second; returns its original delay. */
async function hurryRefresh(page: Page): Promise<() => number> {
  let seconds = Number.POSITIVE_INFINITY;
  await page.route("**/panel*", async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    const { refresh, ...headers } = response.headers();
    if (refresh === undefined) return route.fulfill({ response });
    seconds = Number.parseInt(refresh, 10);
    return route.fulfill({ response, headers: { ...headers, refresh: refresh.replace(/^\d+/, "1") } });
  });
  return () => seconds;
}
