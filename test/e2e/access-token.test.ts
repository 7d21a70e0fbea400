import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, inject, it } from "vitest";
import { findFreePort } from "../../scripts/find-free-port.ts";
import { launchBrowser, openPerson } from "./browser.ts";
import { keepPicture } from "./check-page.ts";
import type { LocalServer } from "./local-server.ts";
import { startRingbridge } from "./ringbridge.ts";
import { shownText } from "./shown-text.ts";
import { becomeConnected, buttonOf, unfold } from "./steps.ts";
import { recordSecrets } from "./witness.ts";

const day = 86_400_000;
let browser: Browser;
let server: LocalServer;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await server?.stop();
  await browser.close();
});

/** This file's server keeps its port and storage, so that it can start again at another time. */
async function startServer(port: number, clock: string): Promise<string> {
  const state = join(inject("scratch"), "access-token");
  server = await startRingbridge({ name: "access-token", state, variables: [], clock, port });
  return server.origin;
}

/** A tool call as curl sends it: one request, any Accept header, no session. */
async function ask(origin: string, token: string, tool: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${origin}/mcp`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, accept: "*/*", "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: tool, arguments: {} } }),
  });
  return { status: answer.status, text: await answer.text() };
}

/** Fills in the form by its labels and returns the token that is shown. */
async function makeToken(page: Page, name: string, days: number, untick: string): Promise<string> {
  await page.getByRole("link", { name: "New access token" }).click();
  await page.getByLabel("Name").fill(name);
  await page.getByRole("checkbox", { name: untick }).uncheck();
  await page.getByRole("radio", { name: `After ${days} days` }).check();
  await page.getByRole("button", { name: "Make the token" }).click();
  const token = await shownText(page.locator("#shown-access-token"));
  recordSecrets([token]);
  return token;
}

it("is made with a name, used by a program, narrowed, revoked, and expires", async () => {
  const port = await findFreePort();
  const origin = await startServer(port, inject("clock"));
  const page = await openPerson(browser);
  await becomeConnected(page, origin, "everyday");

  const token = await makeToken(page, "Morning question", 30, "Workouts");
  await keepPicture(page, "access-token-1-shown");
  await page.getByRole("link", { name: "I have copied it" }).click();
  expect(await ask(origin, token, "oura_get_device")).toMatchObject({
    status: 200,
    text: expect.stringContaining("Ōura Ring 4"),
  });
  expect((await ask(origin, token, "oura_get_daily_summary")).text).not.toContain('"isError":true');

  await page.reload();
  const save = await unfold(buttonOf(page, "Save permissions", /Morning question/));
  const card = page.getByRole("region", { name: "Morning question" });
  await card.getByRole("checkbox", { name: "Ring Configuration" }).uncheck();
  await keepPicture(page, "access-token-2-listed");
  await save.click();
  await page.getByRole("status").getByText("permissions are saved").waitFor();
  expect((await ask(origin, token, "oura_get_device")).text).toContain("may not read Ring Configuration");

  const other = await makeToken(page, "n8n", 90, "Tags");
  await page.getByRole("link", { name: "I have copied it" }).click();
  await buttonOf(page, "Revoke", /n8n/).click();
  await page.getByRole("status").getByText("access is revoked").waitFor();
  expect(await ask(origin, other, "oura_get_device")).toMatchObject({
    status: 401,
    text: expect.stringContaining("was revoked"),
  });
  expect((await ask(origin, token, "oura_get_daily_summary")).status).toBe(200);

  await server.stop();
  await startServer(port, new Date(Date.parse(inject("clock")) + 31 * day).toISOString());
  expect(await ask(origin, token, "oura_get_daily_summary")).toMatchObject({
    status: 401,
    text: expect.stringContaining("has expired"),
  });
  await page.goto(`${origin}/sign-in`);
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await card.getByText("Expired").waitFor();
  await keepPicture(page, "access-token-3-expired");
});
