import { randomInt } from "node:crypto";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Page,
} from "playwright-core";
import { inject, onTestFinished } from "vitest";
import { origin } from "./origin.ts";
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
  await addPasskeyDevice(context, page);
  return page;
}

/** Replaces the authenticator by that of another device of the same person. */
export async function replaceDevice(page: Page): Promise<void> {
  await devices.get(page)?.detach(); // also removes its authenticator
  await addPasskeyDevice(page.context(), page);
}

const devices = new WeakMap<Page, CDPSession>();

/** A platform authenticator that always confirms (https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn). */
async function addPasskeyDevice(context: BrowserContext, page: Page): Promise<void> {
  const devtools = await context.newCDPSession(page);
  devices.set(page, devtools);
  await devtools.send("WebAuthn.enable");
  await devtools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}
