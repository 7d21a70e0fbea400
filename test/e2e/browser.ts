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

/** The browser all tests share. Closing what this returns closes its pages alone. */
export function launchBrowser(): Promise<Browser> {
  return chromium.connect(inject("browser"));
}

/**
 * A browser of one person, with an address of their own (limits count by it) and a device that makes passkeys. With the
 * test the account they are signed in to goes too, so that whoever comes next may connect the same synthetic ring.
 */
export async function openPerson(browser: Browser, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    reducedMotion: "reduce", // pages arrive where they scroll to at once, so a test meets no page on its way
    ...options,
    extraHTTPHeaders: { "cf-connecting-ip": `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}` },
  });
  context.setDefaultTimeout(15_000);
  watchAddresses(context);
  onTestFinished(async () => {
    await context.request.post(`${origin}/delete-account`, { headers: { origin } });
    await context.close();
  });
  const page = await context.newPage();
  await addPasskeyDevice(context, page);
  return page;
}

/** From here on another telephone or computer of the same person answers for passkeys. */
export async function takeAnotherDevice(page: Page): Promise<void> {
  await devices.get(page)?.detach(); // and with it its authenticator
  await addPasskeyDevice(page.context(), page);
}

const devices = new WeakMap<Page, CDPSession>();

/** A platform authenticator that says yes at once (https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn). */
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
