import { expect, it } from "vitest";
import type { Window } from "../../sandbox/api/parameters.ts";
import { seriesPage } from "../../sandbox/api/series.ts";
import { createLives } from "../../sandbox/people/life.ts";
import type { OuraDocument } from "../../sandbox/people/placed.ts";

it("never ends a page between two sources that share a timestamp", () => {
  const life = createLives(1, Date.parse("2026-10-07T16:00:00Z")).get("everyday");
  if (!life) throw new Error("there is no such person");
  const window: Window = { kind: "window", start: Date.parse("2026-10-01"), end: Date.parse("2026-10-03") };
  const all = seriesPage("heartrate", life, window, Number.POSITIVE_INFINITY).rows;
  const stamps = all.map(({ timestamp }) => timestamp);
  expect(new Set(stamps).size, "the window contains shared timestamps").toBeLessThan(stamps.length);

  // Pages of one row test every boundary.
  const paged: OuraDocument[] = [];
  for (let start: number | null = window.start; start !== null && paged.length <= all.length; ) {
    const page = seriesPage("heartrate", life, { ...window, start }, 1);
    paged.push(...page.rows);
    start = page.next;
  }
  expect(paged).toEqual(all);
});
