import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clockDifference, onClock, summarizeClock } from "../../src/analytics/circular.ts";
import { agrees, golden } from "./golden/known-answers.ts";

const clockTime = fc.double({ min: 0, max: 1439, noNaN: true });

describe("clock times", () => {
  it.each(golden.clocks)("have scipy's circular mean and SD ($concentration)", (expected) => {
    const actual = summarizeClock(expected.minutes);
    expect(Math.abs(clockDifference(actual.mean, expected.mean))).toBeLessThan(1e-6); // with R near 0 the mean is imprecise
    // scipy's SD is 0 only up to rounding error: √(−2 ln(1 − 1e-16)).
    expect(Math.abs(actual.sd - expected.sd)).toBeLessThan(1e-5);
    expect(agrees(actual.concentration, expected.concentration)).toBe(true);
  });

  it("are twenty minutes apart across midnight", () => {
    expect(clockDifference(10, 1430)).toBe(20);
    expect(clockDifference(1430, 10)).toBe(-20);
    expect(summarizeClock([1430, 10]).mean).toBeCloseTo(0, 9);
  });

  it("never differ by more than half a day", () => {
    fc.assert(
      fc.property(clockTime, clockTime, (one, other) => {
        const difference = clockDifference(one, other);
        expect(difference).toBeGreaterThanOrEqual(-720);
        expect(difference).toBeLessThan(720);
        expect(clockDifference(onClock(other + difference), one)).toBeCloseTo(0, 6);
      }),
    );
  });

  it("shift together with the clock", () => {
    fc.assert(
      fc.property(fc.array(clockTime, { minLength: 1 }), fc.integer({ min: -3000, max: 3000 }), (times, turn) => {
        const before = summarizeClock(times);
        fc.pre(before.concentration > 0.01);
        const after = summarizeClock(times.map((time) => time + turn));
        expect(clockDifference(after.mean, before.mean + turn)).toBeCloseTo(0, 6);
        expect(after.concentration).toBeCloseTo(before.concentration, 9);
      }),
    );
  });
});
