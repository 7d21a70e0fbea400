import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysSinceRiseBefore, findTemperatureRhythm, isInCoolerPart } from "../../src/analytics/temperature-rhythm.ts";
import { gaussianSeries, numbersIn, wildSeries } from "./generators.ts";
import { expectToAgree, methods } from "./golden/methods.ts";

/** Nights with 13 warmer ones of every 28. */
function monthlyNights(seed: number, nights: number, sd: number, rise = 0.35): number[] {
  return gaussianSeries(seed, nights, 0.3).map((noise, night) => sd * noise + ((night + 6) % 28 >= 15 ? rise : 0));
}

describe("the rhythm of the temperature", () => {
  it.each(methods.temperatureShift.cases)("agrees with numpy: $name", ({ input, expected }) => {
    const { rises, sd, ...found } = findTemperatureRhythm({ firstDay: 0, values: input });
    const shifts = rises.map(({ day, difference }) => [day, difference]);
    expectToAgree({ shifts, sd }, { shifts: expected.shifts, sd: expected.sd });
    expect(found.intervals).toEqual(expected.intervals ?? []);
    expect(found.isMonthly).toBe(expected.monthly ?? false);
  });

  it("is monthly only with two intervals in a row of 21 to 38 days", () => {
    expect(findTemperatureRhythm({ firstDay: 0, values: monthlyNights(3, 120, 0.1) }).isMonthly).toBe(true);
    const oneInterval = monthlyNights(3, 60, 0.1);
    const short = findTemperatureRhythm({ firstDay: 0, values: oneInterval });
    expect(short.intervals).toHaveLength(1);
    expect(short.isMonthly).toBe(false);
  });

  it("needs three intervals in a row in more than 210 nights", () => {
    const flat = (nights: number) => new Array<number>(nights).fill(0);
    const month = [...flat(15), ...new Array<number>(13).fill(0.4)];
    const withMonths = (months: number, rest: number) =>
      findTemperatureRhythm({
        firstDay: 0,
        values: [...new Array<number[]>(months).fill(month).flat(), ...flat(rest)],
      });
    expect(withMonths(3, 100)).toMatchObject({ intervals: [28, 28], isMonthly: true });
    expect(withMonths(3, 200)).toMatchObject({ intervals: [28, 28], isMonthly: false });
    expect(withMonths(4, 200)).toMatchObject({ intervals: [28, 28, 28], isMonthly: true });
  });

  it("tells, in its warmer part, how long ago the temperature rose the month before", () => {
    const rhythm = {
      rises: [10, 38, 67].map((day) => ({ day, difference: 0.3 })),
      intervals: [28, 29],
      isMonthly: true,
      sd: 0.1,
    };
    expect(daysSinceRiseBefore(rhythm, 70)).toBe(32); // after the third rise
    expect(daysSinceRiseBefore(rhythm, 97)).toBe(30); // after a fourth, which is not found yet
    expect(daysSinceRiseBefore(rhythm, 90)).toBeNull();
    expect(daysSinceRiseBefore({ ...rhythm, isMonthly: false }, 70)).toBeNull();
    expect([60, 70, 90, 97].map((night) => isInCoolerPart(rhythm, night))).toEqual([true, false, true, false]);
    expect(isInCoolerPart({ ...rhythm, isMonthly: false }, 60)).toBe(false);
  });

  it("does not depend on the date or the level", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.integer({ min: -900, max: 900 }), (seed, by) => {
        const values = monthlyNights(seed, 100, 0.15);
        const here = findTemperatureRhythm({ firstDay: 0, values });
        const there = findTemperatureRhythm({ firstDay: by, values: values.map((value) => value + 1) });
        expect(there.rises.map(({ day }) => day - by)).toEqual(here.rises.map(({ day }) => day));
        expect(there.intervals).toEqual(here.intervals);
      }),
      { numRuns: 30 },
    );
  });

  it("treats a null night like an absent one", () => {
    const values = monthlyNights(5, 100, 0.15);
    const padded = [...new Array<null>(12).fill(null), ...values, ...new Array<null>(12).fill(null)];
    expect(findTemperatureRhythm({ firstDay: 88, values: padded })).toEqual(
      findTemperatureRhythm({ firstDay: 100, values }),
    );
  });

  it("never gives NaN or infinity", () => {
    fc.assert(
      fc.property(wildSeries(), (series) => {
        expect(numbersIn(findTemperatureRhythm(series)).filter((value) => !Number.isFinite(value))).toEqual([]);
      }),
    );
  });
});
