import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Keeps a picture of the page in test-results/, and checks it: WCAG 2.2 level AA as far as axe-core can, and its width. */
export async function lookAt(page: Page, name: string): Promise<void> {
  await keepPicture(page, name);
  // The site's policy allows no script of ours; the browser's debugger is not bound by it.
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") }; // set by the line above, in the page
    const { violations } = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  });
  expect(violations, name).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), `${name} fits`).toBe(true);
}

/** The picture alone, for pages where no script runs. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/${name}.png`, fullPage: true });
}
