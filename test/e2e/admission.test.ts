import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it, onTestFinished } from "vitest";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import { operatorVariable, runOperator } from "./operator.ts";
import { startRingbridge } from "./ringbridge.ts";
import { shownText } from "./shown-text.ts";
import { confirmRegistration, createAccountWithPasskey, createRegisteredAccount } from "./steps.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("approve: a person waits until the operator approves their code", async () => {
  const origin = await startServer("approve");
  const [first, second] = [await openPerson(browser), await openPerson(browser)];
  for (const page of [first, second]) await createRegisteredAccount(page, origin);
  await first.getByText("Pending", { exact: true }).waitFor();
  await second.getByText(/number 2 of 2/i).waitFor();
  await expect(runOperator(origin, "approve", "nobody")).rejects.toThrow("Nobody waits under this code.");
  expect(await runOperator(origin, "approve", await codeOf(second))).toMatchObject({ taken: 1, waiting: 1 });
  await second.reload();
  await second.getByRole("button", { name: "Connect", exact: true }).waitFor();
  await first.reload();
  await first.getByText(/number 1 of 1/i).waitFor();
});

it("invite: the operator's link lets one person in, once", async () => {
  const origin = await startServer("invite");
  const { link } = (await runOperator(origin, "invite")) as { link: string }; // the command's own answer
  const [invited, late] = [await openPerson(browser), await openPerson(browser)];
  for (const page of [invited, late]) {
    await page.goto(link);
    await createAccountWithPasskey(page);
    await page.getByRole("heading", { name: "Register Ōura Ring" }).waitFor();
    if (page === invited) await checkPage(page, "admission-1-invited");
    await confirmRegistration(page);
  }
  await invited.getByRole("button", { name: "Connect", exact: true }).waitFor();
  await late.getByText("Pending", { exact: true }).waitFor();
});

/** Starts a server with the given registration mode; it stops after the test. */
async function startServer(registration: "approve" | "invite"): Promise<string> {
  const server = await startRingbridge({
    name: registration,
    state: join(inject("scratch"), registration),
    variables: [`REGISTRATION:${registration}`, operatorVariable],
    clock: inject("clock"),
  });
  onTestFinished(server.stop);
  return server.origin;
}

/** The reference code that a waiting person gives the operator. */
function codeOf(page: Page): Promise<string> {
  return shownText(page.getByRole("region", { name: "Ōura Ring" }).locator("code"));
}
