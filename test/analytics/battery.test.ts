import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type BatteryReading, describeBatteryUse, emptyAt, levelAt } from "../../src/analytics/battery.ts";

const hour = 3_600_000;
const at = (hours: number, level: number, isInCharger: boolean | null = false): BatteryReading => ({
  at: hours * hour,
  level,
  isInCharger,
});

describe("how a battery is used", () => {
  it("is the points lost over the time out of the charger", () => {
    const readings = [
      at(0, 60),
      at(24, 40),
      at(24.5, 70, true),
      at(25, 100, true),
      at(26, 100, true),
      at(30, 98),
      at(36, 93),
    ];
    // The added readings split hours 0 to 24 into intervals of six hours, which all count: the level falls by 20 points.
    // The reading at hour 26 is in the charger, so the drain counts again from hour 30 on: 5 points.
    const use = describeBatteryUse([at(6, 55), at(12, 50), at(18, 45), ...readings]);
    expect(use.charges).toEqual([{ start: 24 * hour, end: 26 * hour, from: 40, to: 100 }]);
    expect(use.hours).toBe(30);
    expect(use.drainPerDay).toBeCloseTo((24 * 25) / 30, 6);
    expect(use.jumps).toBe(false);
  });

  it("does not count a time without readings for more than six hours", () => {
    const use = describeBatteryUse([at(0, 90), at(5, 85), at(20, 84), at(25, 79), at(30, 74)]);
    expect([use.hours, use.drainPerDay]).toEqual([15, 24]);
  });

  it("takes a rise for a charge where the charger is not named", () => {
    const use = describeBatteryUse([at(0, 30, null), at(1, 60, null), at(2, 90, null), at(3, 90, null)]);
    expect(use.charges).toEqual([{ start: 0, end: 2 * hour, from: 30, to: 90 }]);
    expect(use.drainPerDay).toBeNull();
  });

  it("says nothing of the rate below twelve hours, and names jumps of two batteries", () => {
    expect(describeBatteryUse([at(0, 50), at(6, 45), at(11, 41)]).drainPerDay).toBeNull();
    expect(describeBatteryUse([]).drainPerDay).toBeNull();
    expect(describeBatteryUse([at(0, 80), at(0.5, 20), at(1, 79)]).jumps).toBe(true);
  });

  it("finds the rate at which levels were made, whatever the order of the readings", () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 40 }), fc.integer({ min: 13, max: 48 }), (rate, hours) => {
        const readings = Array.from({ length: hours + 1 }, (_, index) => at(index, 100 - (rate * index) / 24));
        const use = describeBatteryUse(readings.toReversed());
        expect(use.drainPerDay).toBeCloseTo(rate, 6);
        expect(levelAt(at(0, 100), rate, hours * hour)).toBeCloseTo(Math.max(0, 100 - (rate * hours) / 24), 6);
        expect(Math.abs((emptyAt(at(0, 100), rate) ?? 0) - (100 / rate) * 24 * hour)).toBeLessThanOrEqual(hour / 12);
      }),
      { numRuns: 50 },
    );
  });
});
