import type { Page } from "playwright-core";
import { onTestFinished } from "vitest";
import { type Assistant, type AssistantOptions, create2025Assistant } from "./assistants.ts";
import { type CallbackListener, listenForCallback } from "./callback-listener.ts";
import { decideOnConsent } from "./steps.ts";

/** An assistant that has just sent somebody's browser here, and waits for it to come back. */
export interface SentByAssistant {
  assistant: Assistant;
  callback: CallbackListener;
  /** Where it sent the browser. */
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
  return { assistant, callback, address };
}

/** The assistant gets what the browser brought back, and connects. */
export async function comeBack({ assistant, callback }: SentByAssistant): Promise<Assistant> {
  await assistant.finish(await callback.arrival());
  onTestFinished(assistant.close);
  return assistant;
}

/** The whole walk of somebody who is signed in and connected already. */
export async function allowAssistant(
  page: Page,
  origin: string,
  createAssistant: (options: AssistantOptions) => Assistant = create2025Assistant,
): Promise<Assistant> {
  const sent = await sendByAssistant(page, origin, createAssistant);
  await decideOnConsent(page, "Allow");
  return comeBack(sent);
}
