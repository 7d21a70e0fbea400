import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from "vitest";
import { create2025Assistant, create2026Assistant } from "./assistants.ts";
import { launchBrowser, openPerson, telephone } from "./browser.ts";
import { listenForCallback } from "./callback-listener.ts";
import { lookAt } from "./look-at.ts";
import { confirmRegistration, createAccountWithPasskey, decideAtOura, decideOnConsent } from "./steps.ts";

const origin = inject("origin");
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe.each([
  { era: "2025-11-25", createAssistant: create2025Assistant, person: "everyday", screen: {} },
  { era: "2026-07-28", createAssistant: create2026Assistant, person: "two_rings", screen: telephone },
])("an assistant of $era", ({ era, createAssistant, person, screen }) => {
  it("gets a person without an account through every page and back, and reads their ring", async () => {
    const callback = await listenForCallback();
    onTestFinished(callback.close);
    const assistant = createAssistant({ origin, redirectUri: callback.redirectUri });
    const page = await openPerson(browser, screen);

    await page.goto((await assistant.begin()).href);
    await lookAt(page, `${era}-1-sign-in`);
    await createAccountWithPasskey(page);
    await page.getByRole("heading", { name: "Register Ōura Ring" }).waitFor();
    await lookAt(page, `${era}-2-register`);
    await confirmRegistration(page);
    await page.getByRole("heading", { name: /^Allow/ }).waitFor();
    await lookAt(page, `${era}-3-consent`);
    await decideOnConsent(page, "Allow");
    await page.getByLabel("Sign in as").waitFor();
    await lookAt(page, `${era}-4-oura`);
    await decideAtOura(page, { person });

    const arrival = await callback.arrival();
    expect(arrival.searchParams.get("state")).toBe(assistant.provider.sentState);
    expect(arrival.searchParams.get("iss")).toBe(origin);
    await assistant.finish(arrival);
    onTestFinished(assistant.close);
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

    await page.goto(`${origin}/panel`);
    await page.getByRole("heading", { name: assistant.provider.clientMetadata.client_name ?? "" }).waitFor();
    await lookAt(page, `${era}-5-panel`);
  });
});
