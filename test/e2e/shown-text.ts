import type { Locator } from "playwright-core";

/** The text of an element, once a person can see it, without the space around it. */
export async function shownText(element: Locator): Promise<string> {
  await element.waitFor();
  return ((await element.textContent()) ?? "").trim();
}
