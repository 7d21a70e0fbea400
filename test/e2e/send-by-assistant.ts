import type { Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { type Assistant, type AssistantOptions, create2025Assistant } from "./assistants.ts";
import { type CallbackListener, listenForCallback } from "./callback-listener.ts";
import { decideOnConsent } from "./steps.ts";

/** An assistant that has sent a person's browser here and waits for the redirect. */
export interface SentByAssistant {
  page: Page;
  assistant: Assistant;
  callback: CallbackListener;
  /** The authorization address. */
  address: string;
}

/** A person adds the server to their assistant, which opens the browser. */
export async function sendByAssistant(
  page: Page,
  origin: string,
  createAssistant: (options: AssistantOptions) => Assistant = create2025Assistant,
): Promise<SentByAssistant> {
  const callback = await listenForCallback();
  onTestFinished(callback.close);
  const assistant = createAssistant({ origin, redirectUri: callback.redirectUri });
  const address = (await assistant.begin()).href;
  await page.goto(address);
  return { page, assistant, callback, address };
}

/** Waits for the redirect; the assistant exchanges the code and connects. */
export async function completeAuthorization({ page, assistant, callback }: SentByAssistant): Promise<Assistant> {
  const arrival = await callback.arrival();
  await page.waitForURL(`${callback.redirectUri}*`); // or it would interrupt the next navigation
  await assistant.finish(arrival);
  onTestFinished(assistant.close);
  return assistant;
}

/** The whole authorization for a person who is already signed in and connected. */
export async function allowAssistant(
  page: Page,
  origin: string,
  createAssistant: (options: AssistantOptions) => Assistant = create2025Assistant,
): Promise<Assistant> {
  const sent = await sendByAssistant(page, origin, createAssistant);
  await decideOnConsent(page, "Allow");
  return completeAuthorization(sent);
}
