import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { launchBrowser, openPerson } from "./browser.ts";
import { checkPage } from "./check-page.ts";
import { origin } from "./origin.ts";
import { completeAuthorization, sendByAssistant } from "./send-by-assistant.ts";
import {
  confirmRegistration,
  createAccountWithPasskey,
  createRegisteredAccount,
  decideAtOura,
  decideOnConsent,
} from "./steps.ts";

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

it("reports a denial here or at Oura to the assistant, and lets a person who shared nothing choose again", async () => {
  const page = await openPerson(browser);
  const first = await sendByAssistant(page, origin);
  await createAccountWithPasskey(page);
  await confirmRegistration(page);
  await decideOnConsent(page, "Deny");
  const denied = await first.callback.arrival();
  expect(Object.fromEntries(denied.searchParams)).toMatchObject({
    error: "access_denied",
    state: first.assistant.provider.sentState,
    iss: origin,
  });

  const second = await sendByAssistant(page, origin);
  await decideOnConsent(page, "Allow");
  await decideAtOura(page, { person: "lapsed", decision: "Deny" });
  const deniedAtOura = await second.callback.arrival();
  expect(Object.fromEntries(deniedAtOura.searchParams)).toMatchObject({
    error: "access_denied",
    state: second.assistant.provider.sentState,
    iss: origin,
  });

  const third = await sendByAssistant(page, origin);
  for (const box of await page.getByRole("checkbox").all()) await box.uncheck();
  await decideOnConsent(page, "Allow");
  await page.getByRole("alert").getByText("Tick at least one kind of data").waitFor();
  await checkPage(page, "refusals-1-nothing-ticked");
  await page.getByRole("checkbox", { name: "Daily Summaries" }).check(); // the form is shown again without a selection
  await decideOnConsent(page, "Allow");
  await decideAtOura(page, { person: "lapsed", untick: "all" });
  await page.getByRole("heading", { name: "Nothing was shared" }).waitFor();
  await checkPage(page, "refusals-2-nothing-shared");
  await page.getByRole("link", { name: "Choose again at Ōura" }).click();
  await decideAtOura(page, { person: "lapsed" });
  const assistant = await completeAuthorization(third);
  expect(await assistant.call("oura_get_daily_summary")).toMatchObject({
    text: expect.stringMatching(/membership/),
  });
});

it("sends a denial to an app with a scheme of its own, and names the reason where the app is not known", async () => {
  const page = await openPerson(browser);
  await createRegisteredAccount(page, origin);
  const redirectUris = ["cursor://anysphere.cursor-mcp/oauth/callback", "unheard-of://callback", "http://127.0.0.1/cb"];
  const registered = await fetch(`${origin}/oauth/register`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ client_name: "Cursor", redirect_uris: redirectUris, token_endpoint_auth_method: "none" }),
  });
  const { client_id } = z.object({ client_id: z.string() }).parse(await registered.json());
  const addressFor = (redirect_uri: string) => {
    const challenge = { code_challenge: "x".repeat(43), code_challenge_method: "S256" };
    return `${origin}/authorize?${new URLSearchParams({ response_type: "code", client_id, redirect_uri, ...challenge })}`;
  };

  await page.goto(addressFor(redirectUris[0] ?? ""));
  await page.getByText("the app that opens cursor: addresses (Cursor)").waitFor();
  await checkPage(page, "refusals-3-known-app");
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === "POST"),
    page.getByRole("button", { name: "Deny", exact: true }).click(),
  ]);
  expect(answer.headers().location).toMatch(/^cursor:\/\/anysphere\.cursor-mcp\/oauth\/callback\?error=access_denied/);
  await page.waitForTimeout(500); // the browser has no such app, so nothing follows; a policy would complain at once
  expect(complaints.filter((complaint) => complaint.includes("form-action"))).toEqual([]);

  await page.goto(addressFor(redirectUris[1] ?? ""));
  await page.getByText("Addresses that start with “unheard-of:” open this app.").waitFor();
  await checkPage(page, "refusals-4-unknown-app");
});
