import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";

export interface TabWalk {
  /** Controls that received the focus, in order. */
  stops: string[];
  /** Controls without a visible focus. */
  unseen: string[];
  /** Controls that Tab did not reach. */
  unreached: string[];
}

const inPage = readFileSync("test/e2e/tab-through.client.js", "utf8");
const mostStops = 300;

/** Presses Tab from the top of the page until the focus leaves it. */
export async function tabThrough(page: Page): Promise<TabWalk> {
  const stops: string[] = [];
  const unseen: string[] = [];
  await page.evaluate(inPage);
  await page.evaluate("startAtTop()");
  while (stops.length < mostStops) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate<{ html: string; seen: boolean } | null>("noteStop()");
    if (stop === null) break;
    stops.push(stop.html);
    if (!stop.seen) unseen.push(stop.html);
  }
  return { stops, unseen, unreached: await page.evaluate<string[]>("listUnreached()") };
}
