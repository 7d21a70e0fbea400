import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, inject } from "vitest";
import { tabThrough } from "./tab-through.ts";

/** The smallest and largest screen, for which pictures are kept. */
const ends = [
  { name: "wide-light", width: 1280, colorScheme: "light" },
  { name: "narrow-dark", width: 320, colorScheme: "dark" },
] as const;
/** Additional screens in a long run. */
const others = [
  { name: "wide-dark", width: 1280, colorScheme: "dark" },
  { name: "narrow-light", width: 320, colorScheme: "light" },
] as const;

/**
 * Checks the open page on all screens: no violation of WCAG 2.2 level AA found by axe-core, no horizontal scrolling,
 * large enough controls on narrow screens, and every control reachable by Tab with visible focus. Writes pictures to
 * test-results/ and restores the page.
 */
export async function checkPage(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  // The site's policy forbids injected scripts, but not those of the browser's debugger.
  await page.evaluate(axe.source);
  for (const screen of inject("long") ? [...ends, ...others] : ends) {
    await page.setViewportSize({ width: screen.width, height: 800 });
    await page.emulateMedia({ colorScheme: screen.colorScheme });
    const title = `${name}-${screen.name}`;
    if (ends.some(({ name }) => name === screen.name)) await keepPicture(page, title);
    expect(await findViolations(page), title).toEqual([]);
    const overhang = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    expect(overhang, `${title} scrolls sideways by`).toBeLessThanOrEqual(0);
    if (screen.width === 320) expect(await page.evaluate(smallControls), `${title}: low controls`).toEqual([]);
  }
  if (before) await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: null });
  const { stops, unseen, unreached } = await tabThrough(page);
  expect(stops.length, `${name}: stops of Tab`).toBeGreaterThan(1);
  expect({ unseen, unreached }, `${name} by keyboard`).toEqual({ unseen: [], unreached: [] });
}

/** Runs in the page: controls lower than 44 px, except for links within a sentence and the skip link. */
const smallControls = `[...document.querySelectorAll("button, summary, select, input[type=text], .button, nav a")]
  .filter((control) => control.checkVisibility({ visibilityProperty: true }) && control.getBoundingClientRect().height < 43.5)
  .map(({ outerHTML }) => outerHTML.slice(0, 120))`;

function findViolations(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") }; // loaded into the page before
    const { violations } = await axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      resultTypes: ["violations"],
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
  });
}

/** Takes only the picture, for pages where no script runs. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `test-results/${name}.png`, fullPage: true });
}
