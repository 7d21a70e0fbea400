import { expect } from "vitest";
import { readPageForm } from "../../sandbox/page-form.ts";
import type { Visitor } from "../../sandbox/visitor.ts";
import { type AssistantClient, createAccount, discover, register, registerClient } from "../../sandbox/walk.ts";
import { createBrowser } from "./product.ts";

/** A signed-in, registered person on the consent page. */
export interface OpenConsent {
  browser: Visitor;
  client: AssistantClient;
  /** The authorization request, which a test can change and send again. */
  query: URLSearchParams;
  /** The page's address. */
  address: string;
  /** The response with the page. */
  page: Response;
  html: string;
  /** The form that Allow sends. */
  form(changes?: Record<string, string>): URLSearchParams;
}

export async function openConsent(visitor?: Visitor, verifierChallenge = "x".repeat(43)): Promise<OpenConsent> {
  const browser = visitor ?? createBrowser();
  if (!visitor) {
    await createAccount(browser);
    await register(browser);
  }
  const server = await discover(browser);
  const client = await registerClient(browser, server, { name: "Test", redirectUri: "http://127.0.0.1:4711/callback" });
  const query = new URLSearchParams({
    response_type: "code",
    client_id: client.clientId,
    redirect_uri: client.redirectUri,
    state: "client-state",
    code_challenge: verifierChallenge,
    code_challenge_method: "S256",
    resource: server.resource,
  });
  const address = `/authorize?${query}`;
  const page = await browser.open(address);
  const html = await page.text();
  const { fields } = readPageForm(html);
  const form = (changes: Record<string, string> = {}) =>
    new URLSearchParams({ ...fields, scope: "daily", decision: "allow", ...changes });
  return { browser, client, query, address, page, html, form };
}

/** Checks for a page of ours with these words and without a redirect. */
export async function expectLocalPage(response: Response, words: RegExp): Promise<void> {
  expect(response.status).toBe(400);
  expect(response.headers.get("location")).toBeNull();
  expect(await response.text()).toMatch(words);
}

/** Presses Allow and returns the redirect to Oura with its state. */
export async function sendToOura(consent: OpenConsent): Promise<{ location: string; state: string }> {
  const response = await consent.browser.submitForm(consent.address, consent.form());
  const location = response.headers.get("location") ?? "";
  return { location, state: new URL(location).searchParams.get("state") ?? "" };
}
