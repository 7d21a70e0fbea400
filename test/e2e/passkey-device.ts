import type { CDPSession, Page } from "playwright-core";

const devices = new WeakMap<Page, CDPSession>();

/** A platform authenticator that always confirms (https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn). */
export async function addPasskeyDevice(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
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

/** Replaces the authenticator by that of another device of the same person. */
export async function replaceDevice(page: Page): Promise<void> {
  await devices.get(page)?.detach(); // also removes its authenticator
  await addPasskeyDevice(page);
}
