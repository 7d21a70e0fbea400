import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findExtremes } from "../../../src/analytics/intraday/heart-rate-extremes.ts";
import type { HeartRateRow } from "../../../src/analytics/intraday/heart-rate-readings.ts";
import { countZoneMinutes, maximumFromAge } from "../../../src/analytics/intraday/heart-rate-zones.ts";

const minute = 60_000;
const row = (minutes: number, bpm: number, source = "awake"): HeartRateRow => ({ at: minutes * minute, bpm, source });

describe("the lowest and the highest reading", () => {
  it("are the first of equal ones, and count the later times that are ten minutes apart or more", () => {
    const rows = [row(30, 80), row(0, 50), row(5, 50), row(40, 50), row(60, 50), row(20, 80), row(90, 60)];
    const found = findExtremes(rows, 0, 100 * minute);
    expect(found?.lowest).toEqual({ ...row(0, 50), again: 2 });
    expect(found?.highest).toEqual({ ...row(20, 80), again: 1 });
  });

  it("are the minimum and maximum of any rows inside the interval", () => {
    const rows = fc.array(
      fc.record({
        at: fc.integer({ min: -100, max: 1100 }),
        bpm: fc.integer({ min: 30, max: 220 }),
        source: fc.constant("rest"),
      }),
    );
    fc.assert(
      fc.property(rows, (any) => {
        const inside = any.filter(({ at }) => at >= 0 && at < 1000);
        const found = findExtremes(any, 0, 1000);
        expect(found?.lowest.bpm ?? null).toBe(inside.length === 0 ? null : Math.min(...inside.map(({ bpm }) => bpm)));
        expect(found?.highest.bpm ?? null).toBe(inside.length === 0 ? null : Math.max(...inside.map(({ bpm }) => bpm)));
        if (found) expect(inside).toContainEqual({ at: found.lowest.at, bpm: found.lowest.bpm, source: "rest" });
      }),
    );
  });

  it("name a burst that no reading within ten minutes comes near, and what is highest without it", () => {
    const blip = [row(100, 207), row(100 + 1 / 12, 212), row(100 + 1 / 6, 217)];
    const sleeping = [row(95, 52), row(105, 54)];
    const evening = [row(300, 171), row(300.1, 170)];
    expect(findExtremes([...blip, ...sleeping, ...evening], 0, 400 * minute)?.lone).toEqual({
      nearby: 54,
      next: row(300, 171),
    });
    expect(findExtremes([...sleeping, ...evening], 0, 400 * minute)?.lone).toBeNull();
  });
});

describe("time in zones", () => {
  it("splits the time at 50, 60, 70, 80 and 90 % of the maximum, each edge in the zone it begins", () => {
    const bpm = [99, 100, 119, 120, 140, 160, 180, 230];
    const rows = bpm.map((value, index) => row(index, value));
    expect(countZoneMinutes(rows, 0, bpm.length * minute, 200)).toEqual({ below: 1, zones: [2, 1, 1, 1, 2] });
  });

  it("adds up to the time that the readings stand for, at most ten minutes each", () => {
    const time = countZoneMinutes([row(0, 110), row(60, 150)], 0, 70 * minute, 180);
    expect(time).toEqual({ below: 0, zones: [0, 10, 0, 10, 0] });
    expect(countZoneMinutes([], 0, minute, 180)).toBeNull();
  });

  it("rests on 208 − 0.7 × age where nothing else is known", () => {
    expect([20, 38, 60].map(maximumFromAge)).toEqual([194, 181, 166]); // Tanaka, Monahan and Seals 2001, table 2's equation
  });
});
