import { randomInt } from "node:crypto";
import { type Browser, chromium, type Page } from "playwright-core";
import { countClicks } from "../../test/e2e/count-clicks.ts";
import { addPasskeyDevice } from "../../test/e2e/passkey-device.ts";
import { shownText } from "../../test/e2e/shown-text.ts";
import { startBrowser } from "../../test/e2e/start-browser.ts";

/** What a person did on the way from a client's address back to the client. */
export interface Walk {
  clicks: number;
  isBack: boolean;
  headings: readonly string[];
}

/** Somebody at a browser with a passkey device. */
export interface Person {
  /** Opens a client's address and presses what leads to its goal. */
  walk(address: string): Promise<Walk>;
  revokeAll(): Promise<void>;
  /** Deletes the account, so that the next person can connect the same synthetic ring. */
  leave(): Promise<void>;
}

export interface People {
  /** Somebody who was never here, with the ring of a synthetic person. */
  invite(ring: string): Promise<Person>;
  close(): Promise<void>;
}

/** A sign-in has seven pages at most. */
const mostPages = 15;

export async function openPeople(origin: string): Promise<People> {
  const program = await startBrowser();
  const browser = await chromium.connect(program.wsEndpoint());
  return {
    invite: (ring) => invite(browser, origin, ring),
    async close() {
      await browser.close();
      await program.close();
    },
  };
}

async function invite(browser: Browser, origin: string, ring: string): Promise<Person> {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  context.setDefaultTimeout(15_000);
  // A browser offers passkeys in a field and waits for the person's choice. This authenticator chooses at once.
  await context.addInitScript("delete PublicKeyCredential.isConditionalMediationAvailable");
  const address = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
  // An IP address of their own, for limits. The client's own listener does not get the header.
  await context.route(`${origin}/**`, (route) =>
    route.continue({ headers: { ...route.request().headers(), "cf-connecting-ip": address } }),
  );
  const page = await context.newPage();
  await addPasskeyDevice(page);
  const clicks = await countClicks(page);
  return {
    async walk(start) {
      const before = clicks();
      const headings: string[] = [];
      await page.goto(start, { waitUntil: "domcontentloaded" });
      while (page.url().startsWith(origin) && headings.length < mostPages) {
        headings.push(await shownText(page.getByRole("heading", { level: 1 }).first()));
        await leavePage(page, headings.at(-1) ?? "", ring);
      }
      return { clicks: clicks() - before, isBack: !page.url().startsWith(origin), headings };
    },
    async revokeAll() {
      await page.goto(`${origin}/panel`);
      const all = page.getByRole("button", { name: "Revoke all" });
      const one = page.getByRole("button", { name: "Revoke", exact: true });
      await ((await all.count()) > 0 ? all : one.first()).click();
      await page
        .getByRole("status")
        .getByText(/revoked/)
        .waitFor();
    },
    async leave() {
      await context.request.post(`${origin}/delete-account`, { headers: { origin, "cf-connecting-ip": address } });
      await context.close();
    },
  };
}

/** Presses the button of a page that leads on, and waits until the browser is at another one. */
async function leavePage(page: Page, heading: string, ring: string): Promise<void> {
  const at = page.url();
  if (heading === "Ōura (simulator)") await page.getByLabel("Sign in as").selectOption(ring);
  const names = ["Create a passkey", "Confirm with a passkey", "Register", "Allow"];
  for (const name of names) {
    const button = page.getByRole("button", { name, exact: true });
    if ((await button.count()) === 0) continue;
    await page.waitForLoadState(); // before the script is loaded, the button may do something else
    await button.first().click();
    await page.waitForURL((url) => url.href !== at, { waitUntil: "domcontentloaded" });
    return;
  }
  throw new Error(`No button leads on from the page "${heading}" at ${new URL(at).pathname}.`);
}
