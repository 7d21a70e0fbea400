import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { fixedInstant } from "../../sandbox/clock/instants.ts";
import { addDays, type IsoDay } from "../../src/analytics/day.ts";
import { type Assistant, create2025Assistant, create2026Assistant } from "./assistants.ts";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import { countClicks } from "./count-clicks.ts";
import { origin } from "./origin.ts";
import { completeAuthorization, sendByAssistant } from "./send-by-assistant.ts";
import { confirmRegistration, createAccountWithPasskey, decideAtOura, decideOnConsent } from "./steps.ts";
import { hostView } from "./view-host.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each([
  { era: "2025-11-25", createAssistant: create2025Assistant, person: "everyday" },
  { era: "2026-07-28", createAssistant: create2026Assistant, person: "two_rings" },
])("an assistant of $era", ({ era, createAssistant, person }) => {
  it("takes a person without an account through every page and back in six clicks, and reads their ring", async () => {
    const look = (page: Page, name: string) =>
      era === "2025-11-25" && inject("clock") === fixedInstant ? checkPage(page, name) : null; // pictures of one era are enough
    const page = await openPerson(browser);
    const clicks = await countClicks(page);
    const sent = await sendByAssistant(page, origin, createAssistant);
    await page.getByRole("button", { name: "Create a passkey" }).waitFor();
    await look(page, `assistant-1-sign-in`);
    await createAccountWithPasskey(page);
    await page.getByRole("heading", { name: "Register Ōura Ring" }).waitFor();
    await look(page, `assistant-2-register`);
    await confirmRegistration(page);
    await page.getByRole("heading", { name: /^Allow/ }).waitFor();
    await look(page, `assistant-3-consent`);
    await decideOnConsent(page, "Allow");
    await page.getByLabel("Sign in as").waitFor();
    await look(page, `assistant-4-oura`);
    await decideAtOura(page, { person });

    const arrival = await sent.callback.arrival();
    expect(arrival.searchParams.get("state")).toBe(sent.assistant.provider.sentState);
    expect(arrival.searchParams.get("iss")).toBe(origin);
    expect(clicks()).toBeLessThanOrEqual(6);
    const assistant = await completeAuthorization(sent);
    expect(assistant.protocolVersion()).toBe(era);

    const tools = await assistant.listPlainTools();
    expect(tools).toEqual(
      expect.arrayContaining(["oura_get_permissions", "oura_get_device", "oura_get_daily_summary"]),
    );
    for (const tool of tools) {
      const answer = await assistant.call(tool);
      expect(answer, tool).toMatchObject({ isError: false, structured: { summary: expect.any(String) } });
      expect(JSON.parse(answer.text), tool).toEqual(answer.structured);
    }

    expect(await assistant.listPrompts()).toEqual(expect.arrayContaining(["morning_check", "sleep_experiment"]));
    expect(await assistant.readPrompt("morning_check")).toContain("oura_get_sleep_sessions");
    const resources = (await assistant.listResources()).filter((uri) => uri.startsWith("ringbridge://"));
    expect(resources).toContain("ringbridge://metrics");
    for (const uri of resources) expect(await assistant.readResource(uri), uri).toMatch(/^# /);
    await expectDrawn(assistant);

    await page.goto(`${origin}/panel`);
    await page.getByRole("heading", { name: assistant.provider.clientMetadata.client_name ?? "" }).waitFor();
    await look(page, `assistant-5-panel`);

    const before = clicks();
    const again = await sendByAssistant(page, origin, createAssistant);
    await decideOnConsent(page, "Allow"); // already connected: no second visit to Oura
    await completeAuthorization(again);
    expect(clicks() - before).toBeLessThanOrEqual(2);
  });
});

const sleepTable = z.object({
  end_date: z.string().transform((day) => day as IsoDay), // validated by the tool's output schema
  columns: z.array(z.string()),
  rows: z.array(z.array(z.unknown())),
});

/** Checks that the view is listed, read and drawn with what this client receives. */
async function expectDrawn(assistant: Assistant): Promise<void> {
  const uri = "ui://ringbridge/view.html";
  expect(await assistant.listResources()).toContain(uri);
  const page = await browser.newPage();
  const host = await hostView(page, { html: await assistant.readResource(uri) });
  // Depending on the hour, last night may have no record yet; on some nights the ring was not worn.
  const tool = "oura_get_sleep_sessions";
  const { end_date: today } = sleepTable.parse((await assistant.call(tool)).structured);
  const week = { start_date: addDays(today, -6), end_date: today };
  const { columns, rows } = sleepTable.parse((await assistant.call(tool, week)).structured);
  const newest = rows
    .map((row) => String(row[columns.indexOf("day")]))
    .toSorted()
    .at(-1);
  const input = { start_date: newest, end_date: newest, include_time_series: true };
  await host.notify("ui/notifications/tool-input", { arguments: input });
  const result = await assistant.callWhole(tool, input);
  await host.notify("ui/notifications/tool-result", { ...result });
  await host.frame.getByRole("slider", { name: /Sleep stages, heart rate and HRV/ }).waitFor();
  expect(await host.frame.getByText("Heart rate (bpm)").count()).toBe(1);
  await page.close();
}
