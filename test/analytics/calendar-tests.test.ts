import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testMonths } from "../../src/analytics/month-test.ts";
import { correctByHolm } from "../../src/analytics/multiple-comparisons.ts";
import { observationsIn } from "../../src/analytics/series.ts";
import { testWeekdays } from "../../src/analytics/weekday-test.ts";
import { firstDay, gaussianSeries, numbersIn, ringSeries, wildSeries } from "./generators.ts";
import { expectToAgree, methods, observationsOf } from "./golden/methods.ts";

const prior = { sd: 1, phi: 0.3, slowShare: 0.2 };

/** 360 days that each resemble the day before, with `lift` added on 30 days in a row. */
function yearOf(seed: number, lift = 0) {
  const noise = gaussianSeries(seed, 360, 0.3);
  return noise.map((value, day) => ({ day: firstDay + day, value: value + (day >= 120 && day < 150 ? lift : 0) }));
}

describe("weekdays", () => {
  it.each(methods.weekdayTest.cases)("agree with scipy: $name", ({ input, expected }) => {
    const { weekend, weekdays } = testWeekdays(observationsOf(input));
    const found = [weekend, ...weekdays];
    const known = [expected.weekend, ...expected.days_monday_first];
    known.forEach((contrast, index) => {
      const { weeks, difference, p, low, high, weeksAbove } = found[index] ?? weekend;
      expectToAgree(
        { weeks, difference, p },
        { weeks: contrast.weeks, difference: contrast.difference, p: contrast.p },
      );
      if (contrast.p === null) expect([low, high]).toEqual([null, null]);
      else expectToAgree([low, high, weeksAbove], [contrast.low, contrast.high, contrast.weeks_above]);
    });
    expectToAgree(
      weekdays.map(({ pCorrected }) => pCorrected),
      expected.days_monday_first.map((day) => ("p_holm" in day ? day.p_holm : null)),
    );
  });

  it("do not depend on the order of weeks, the level, the unit or a steady drift between weeks", () => {
    fc.assert(
      fc.property(ringSeries(84), fc.integer({ min: 1, max: 50 }), (series, unit) => {
        const days = observationsIn(series, firstDay, firstDay + 83);
        const here = testWeekdays(days);
        const weekOf = (day: number) => Math.floor((day + 3) / 7);
        const lifted = testWeekdays(days.map(({ day, value }) => ({ day, value: value + 10 * weekOf(day) })));
        const scaled = testWeekdays(days.map(({ day, value }) => ({ day, value: unit * value })));
        const mirrored = testWeekdays(days.map(({ day, value }) => ({ day: day + 7 * 1000, value })).toReversed());
        here.weekdays.forEach(({ p, weeks }, index) => {
          expect(mirrored.weekdays[index]?.weeks).toBe(weeks);
          if (p === null || p < 1e-12) return; // all weeks are equal, so their spread is only rounding error
          expect(lifted.weekdays[index]?.p).toBeCloseTo(p, 6);
          expect(scaled.weekdays[index]?.p).toBeCloseTo(p, 6);
          expect(mirrored.weekdays[index]?.p).toBeCloseTo(p, 6);
        });
      }),
    );
  });
});

describe("months", () => {
  it.each(methods.monthTest.cases)("agree with numpy and scipy: $name", ({ input, expected }) => {
    const { sd, phi, slow_share: slowShare } = input.prior;
    expectToAgree(
      testMonths(observationsOf(input.points), { sd, phi, slowShare }, input.sd_floor),
      expected.map(({ p_holm: pCorrected, ...month }) => ({ ...month, pCorrected })),
    );
  });

  it("find the month that differs", () => {
    const found = testMonths(yearOf(4, 3), prior, 0.1);
    const different = found.filter(({ pCorrected }) => pCorrected < 0.05);
    expect(different).toHaveLength(1);
    expect(different[0]?.difference).toBeGreaterThan(2);
    expect(different[0]?.low).toBeGreaterThan(0);
  });

  it("find none in six of a hundred years without a difference, at most", () => {
    let years = 0;
    for (let seed = 0; seed < 200; seed++)
      if (testMonths(yearOf(seed), prior, 0.1).some(({ pCorrected }) => pCorrected < 0.05)) years += 1;
    expect(years).toBeLessThanOrEqual(12);
  });

  it("allow for the λ of the metric where it is more than that of months", () => {
    const widthWith = (slowShare: number) => {
      const [first] = testMonths(yearOf(4), { ...prior, slowShare }, 0.1);
      return (first?.high ?? 0) - (first?.low ?? 0);
    };
    expect(widthWith(0.1)).toBe(widthWith(0.25));
    expect(widthWith(0.3)).toBeGreaterThan(widthWith(0.25));
  });

  it("leave out months with few days, and say nothing of a single month", () => {
    const days = yearOf(1).slice(0, 30); // 28 days from 4 October on, then 2 days of November
    expect(testMonths(days, prior, 0.1)).toEqual([]);
    expect(testMonths(yearOf(1).slice(0, 58), prior, 0.1).map(({ month }) => month)).toEqual(["2024-10", "2024-11"]);
  });

  it("never give NaN or infinity", () => {
    fc.assert(
      fc.property(wildSeries(), (series) => {
        const days = observationsIn(series, firstDay, firstDay + 99);
        const found = [testMonths(days, prior, 0), testWeekdays(days)];
        expect(numbersIn(found).filter((value) => !Number.isFinite(value))).toEqual([]);
      }),
    );
  });
});

it("corrects several p values by Holm", () => {
  expect(correctByHolm([0.04, null, 0.01, 0.03])).toEqual([0.06, null, 0.03, 0.06]);
  expect(correctByHolm([0.9, 0.8])).toEqual([1, 1]);
  expect(correctByHolm([])).toEqual([]);
});
