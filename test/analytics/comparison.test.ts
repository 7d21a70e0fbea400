import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Comparison, comparePeriods } from "../../src/analytics/comparison.ts";
import { type DayRange, isoDay } from "../../src/analytics/day.ts";
import type { DailySeries } from "../../src/analytics/series.ts";
import { countWeekendDays, noticeableMix, weekdayMix } from "../../src/analytics/weekday-mix.ts";
import { firstDay, gaussianSeries, numbersIn, ringSeries, wildSeries } from "./generators.ts";
import { agrees, effects } from "./golden/known-answers.ts";
import { modelWith } from "./models.ts";

function daysOf(from: number, to: number): DayRange {
  return { start: isoDay(firstDay + from), end: isoDay(firstDay + to) };
}

function compared(comparison: Comparison) {
  if (!("difference" in comparison)) throw new Error(comparison.kind);
  return comparison;
}

const [before, after] = [daysOf(0, 27), daysOf(28, 55)];
const bare = modelWith({ sdFloor: 0 });

describe("two periods", () => {
  it.each(effects.comparisons.map((known, index) => ({ index, known })))("agree with scipy: $index", ({ known }) => {
    const { values, split } = known;
    const [early, late] = [daysOf(0, split - 1), daysOf(split, values.length - 1)];
    const found = compared(comparePeriods({ firstDay: effects.firstDay, values }, early, late, bare));
    expect([found.before.n, found.after.n]).toEqual(known.n);
    for (const key of ["difference", "low", "high", "hedgesG", "autocorrelation"] as const)
      expect(agrees(found[key], known[key]), key).toBe(true);
    expect(agrees(found.before.mean, known.means[0] ?? null)).toBe(true);
    expect(agrees(found.after.mean, known.means[1] ?? null)).toBe(true);
  });

  it("are called higher or lower only if the interval excludes 0", () => {
    const noise = gaussianSeries(4, 56);
    const raised = noise.map((value, day) => 50 + value + (day < 28 ? 0 : 3));
    const series = { firstDay, values: raised };
    expect(comparePeriods(series, before, after, modelWith())).toMatchObject({ kind: "higher", style: "percent" });
    expect(comparePeriods(series, after, before, modelWith())).toMatchObject({ kind: "lower" });
    const flat = { firstDay, values: noise.map((value) => 50 + value) };
    expect(comparePeriods(flat, before, after, modelWith()).kind).toBe("no_clear_difference");
  });

  it("cannot be compared with fewer than seven measured days in each, and report the number of days", () => {
    const values = Array.from({ length: 56 }, (_, day) => (day < 6 || day >= 28 ? 50 + (day % 3) : null));
    expect(comparePeriods({ firstDay, values }, before, after, modelWith())).toMatchObject({
      kind: "too_few_days",
      needDays: 7,
      before: { n: 6, days: 28 },
      after: { n: 28, days: 28 },
    });
  });

  it("have intervals with about the stated coverage despite autocorrelation", () => {
    const runs = 1500;
    let covered = 0;
    for (let run = 0; run < runs; run++) {
      const values = gaussianSeries(9000 + run, 56, 0.3).map((value) => 50 + 2 * value);
      const { low, high } = compared(comparePeriods({ firstDay, values }, before, after, bare));
      if (low <= 0 && high >= 0) covered += 1;
    }
    expect(covered / runs).toBeGreaterThan(0.93);
    expect(covered / runs).toBeLessThan(0.97);
  });

  it("compare bedtimes across midnight by the shorter difference, in minutes", () => {
    const model = modelWith({ transform: "clock", change: "minutes", sdFloor: 10 });
    const values = Array.from({ length: 56 }, (_, day) => ((day < 28 ? 1420 : 1450) + (day % 5)) % 1440);
    const found = compared(comparePeriods({ firstDay, values }, before, after, model));
    expect(found).toMatchObject({ kind: "higher", percent: null, noPercent: "interval_scale" });
    expect(found.difference).toBeCloseTo(30, 0);
    expect(found.after.mean).toBeLessThan(20);
    const anywhere = { firstDay, values: Array.from({ length: 56 }, (_, day) => (day * 211) % 1440) };
    expect(comparePeriods(anywhere, before, after, model).kind).toBe("no_usual_time");
  });

  it("do not depend on unit or date, and change sign when swapped", () => {
    fc.assert(
      fc.property(ringSeries(56), (series) => {
        const there = comparePeriods(series, before, after, bare);
        const back = comparePeriods(series, after, before, bare);
        const scaled = { ...series, values: series.values.map((value) => (value === null ? null : 1000 * value)) };
        const inOtherUnit = comparePeriods(scaled, before, after, bare);
        const later = { ...series, firstDay: firstDay + 5 };
        const shifted = comparePeriods(later, daysOf(5, 32), daysOf(33, 60), bare);
        expect(numbersIn({ ...shifted, before: 0, after: 0 })).toEqual(numbersIn({ ...there, before: 0, after: 0 }));
        if (!("difference" in there)) return expect(back.kind).toBe(there.kind);
        expect(compared(back).difference).toBeCloseTo(-there.difference, 9);
        expect(compared(back).hedgesG ?? 0).toBeCloseTo(-(there.hedgesG ?? 0), 9);
        expect(compared(inOtherUnit).hedgesG ?? 0).toBeCloseTo(there.hedgesG ?? 0, 6);
        expect(compared(inOtherUnit).low / 1000).toBeCloseTo(there.low, 6);
      }),
    );
  });

  it("never give NaN or infinity", () => {
    const models = fc.constantFrom(
      bare,
      modelWith({ transform: "ln", sdFloor: 0.05 }),
      modelWith({ transform: "ln1p", sdFloor: 0 }),
      modelWith({ transform: "clock", change: "minutes", sdFloor: 10 }),
    );
    fc.assert(
      fc.property(wildSeries(), models, (series: DailySeries, model) => {
        const found = comparePeriods(series, daysOf(0, 20), daysOf(21, 99), model);
        expect(numbersIn(found).filter((value) => !Number.isFinite(value))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe("a mix of weekdays", () => {
  const days = (from: number, length: number) => Array.from({ length }, (_, index) => firstDay + from + index);

  it("is equal for whole weeks and can differ for parts of a week", () => {
    expect(weekdayMix(days(0, 28), days(3, 14))).toBe(0);
    expect(weekdayMix(days(0, 5), days(5, 2))).toBeCloseTo(1, 12);
    expect(weekdayMix(days(0, 10), days(10, 7))).toBeGreaterThan(noticeableMix);
    expect(weekdayMix([], days(0, 7))).toBe(0);
  });

  it("counts two weekend days a week", () => {
    expect(countWeekendDays(days(0, 28))).toBe(8);
    expect(countWeekendDays([firstDay + 1, firstDay + 2, firstDay + 3])).toBe(2); // 2024-10-05, a Saturday, to Monday
  });
});
