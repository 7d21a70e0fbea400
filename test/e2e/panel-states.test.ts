import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { findFreePort } from "../../scripts/find-free-port.ts";
import { createTokenKeys } from "../../scripts/token-keys.ts";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import type { LocalServer } from "./local-server.ts";
import { operatorVariable, runOperator } from "./operator.ts";
import { startRingbridge } from "./ringbridge.ts";
import { allowAssistant } from "./send-by-assistant.ts";
import { shownText } from "./shown-text.ts";
import { connectOnPanel, createRegisteredAccount, decideAtOura } from "./steps.ts";

let browser: Browser;
let server: LocalServer;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await server?.stop();
  await browser.close();
});

/** The people's server of this file. It keeps its port and storage, so that it can start again with another key. */
async function startServer(port: number, variables: readonly string[] = []): Promise<string> {
  server = await startRingbridge({
    name: "panel-states",
    state: join(inject("scratch"), "panel-states"),
    variables: ["REGISTRATION:approve", operatorVariable, ...variables],
    clock: inject("clock"),
    port,
  });
  return server.origin;
}

it("shows each trouble of a connection by name, in colours that can be read, at every size", async () => {
  const port = await findFreePort();
  const origin = await startServer(port);
  const page = await openPerson(browser);
  await createRegisteredAccount(page, origin);
  const card = page.getByRole("region", { name: "Ōura Ring" });
  await expectState(page, "Pending");
  await checkPage(page, "state-pending");
  await runOperator(origin, "approve", await shownText(card.locator("code")));
  await page.reload();
  await connectOnPanel(page, { person: "far_east", untick: ["Ring Configuration"] });
  const assistant = await allowAssistant(page, origin);
  await assistant.call("oura_get_daily_summary");

  async function show(state: string, name: string, words: RegExp): Promise<void> {
    await page.goto(`${origin}/panel`);
    await expectState(page, state);
    await card.getByText(words).waitFor();
    await checkPage(page, `state-${name}`);
  }
  async function provoke(tool: string, ...faults: object[]): Promise<void> {
    await control(origin, "PUT", "faults", { faults });
    expect(await assistant.call(tool)).toMatchObject({ isError: true });
    await control(origin, "PUT", "faults", { faults: [] });
  }
  const person = "far_east";

  await provoke("oura_get_device");
  await show("Not granted", "not-granted", /needed data that Ōura does not share/);
  await provoke("oura_get_sleep_sessions", { kind: "lapsed_membership", person });
  await show("No membership", "no-membership", /Renew the membership in the Ōura app/);
  await provoke("oura_get_events", { kind: "server_error", status: 503, person });
  await show("Ōura unavailable", "unavailable", /Ask again in a few minutes/);
  await provoke("oura_get_trends", { kind: "revoked_grant", person, times: 1 });
  await show("Reconnect needed", "reconnect-needed", /Ōura no longer accepts this service's connection/);
  await page.getByRole("button", { name: "Reconnect", exact: true }).click();
  await decideAtOura(page, { person });
  await page.getByRole("status").getByText("Successful connection").waitFor();
  await expectState(page, "Connected");
  await checkPage(page, "state-connected");
  await control(origin, "POST", "tokens/expire");
  await provoke("oura_get_trends", { kind: "refused_app" });
  await show("Ōura refuses this service", "app-refused", /Only the operator of this service can correct that/);

  await server.stop();
  await startServer(port, [`TOKEN_KEYS:${createTokenKeys()}`]);
  await page.goto(`${origin}/sign-in`); // the new key does not read the cookie
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await expectState(page, "Reconnect needed");
  await show("Reconnect needed", "key-changed", /This service's encryption key has changed/);
}, 300_000);

/** The word in the corner of the ring's card. */
function expectState(page: Page, state: string): Promise<void> {
  return page.getByRole("region", { name: "Ōura Ring" }).getByText(state, { exact: true }).first().waitFor();
}

async function control(origin: string, method: string, path: string, body?: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const reply = await fetch(`${origin}/sandbox/control/${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  expect(reply.ok).toBe(true);
}
