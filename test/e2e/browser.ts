import { randomInt } from "node:crypto";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { inject, onTestFinished } from "vitest";
import { origin } from "./origin.ts";
import { addPasskeyDevice } from "./passkey-device.ts";
import { watchAddresses } from "./witness.ts";

/** Connects to the shared browser. Closing the result closes only its own pages. */
export function launchBrowser(): Promise<Browser> {
  return chromium.connect(inject("browser"));
}

/**
 * A browser context for one person, with its own IP address (for limits) and an authenticator for passkeys. After the
 * test the signed-in account is deleted, so that the next test can connect the same synthetic ring.
 */
export async function openPerson(
  browser: Browser,
  { offersPasskeys = false, ...options }: BrowserContextOptions & { offersPasskeys?: boolean } = {},
): Promise<Page> {
  const context = await browser.newContext({
    reducedMotion: "reduce", // no smooth scrolling, so that a test does not see a page while it scrolls
    ...options,
    extraHTTPHeaders: { "cf-connecting-ip": `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}` },
  });
  context.setDefaultTimeout(15_000);
  watchAddresses(context);
  // A browser offers passkeys in a field and waits for the person's choice. This authenticator chooses at once.
  if (!offersPasskeys) await context.addInitScript("delete PublicKeyCredential.isConditionalMediationAvailable");
  onTestFinished(async () => {
    await context.request.post(`${origin}/delete-account`, { headers: { origin } });
    await context.close();
  });
  const page = await context.newPage();
  await addPasskeyDevice(page);
  return page;
}
