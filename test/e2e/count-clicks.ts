import type { Page } from "playwright-core";

/** Counts clicks on all pages of this browser from now on. */
export async function countClicks(page: Page): Promise<() => number> {
  let clicks = 0;
  await page.exposeBinding("noteClick", () => {
    clicks += 1;
  });
  await page.addInitScript({ content: 'addEventListener("click", () => noteClick(), { capture: true });' });
  return () => clicks;
}
