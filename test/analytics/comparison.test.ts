import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Comparison, comparePeriods, comparisonHistoryDays } from "../../src/analytics/comparison.ts";
import { type DayRange, isoDay } from "../../src/analytics/day.ts";
import { slowShareOver } from "../../src/analytics/population-prior.ts";
import type { DailySeries } from "../../src/analytics/series.ts";
import { countWeekendDays } from "../../src/analytics/weekday.ts";
import { noticeableMix, weekdayMix } from "../../src/analytics/weekday-mix.ts";
import { firstDay, gaussianSeries, numbersIn, ringSeries, wildSeries } from "./generators.ts";
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
  it("are called higher or lower only if the interval excludes 0", () => {
    const noise = gaussianSeries(4, 56);
    const raised = noise.map((value, day) => 50 + value + (day < 28 ? 0 : 3));
    const series = { firstDay, values: raised };
    expect(comparePeriods(series, before, after, modelWith())).toMatchObject({ kind: "higher", style: "percent" });
    expect(comparePeriods(series, after, before, modelWith())).toMatchObject({ kind: "lower" });
    const flat = { firstDay, values: noise.map((value) => 50 + value) };
    expect(comparePeriods(flat, before, after, modelWith()).kind).toBe("no_clear_difference");
  });

  /** A series of `history` days before the earlier period, followed by the days of both periods. */
  const withHistory = (values: readonly (number | null)[], history = comparisonHistoryDays) => ({
    firstDay: firstDay - history,
    values: [...gaussianSeries(4, history).map((noise) => 50 + noise), ...values],
  });
  const week = [daysOf(0, 6), daysOf(7, 13)] as const;

  it("need three measured days each, and seven where 28 days of history are missing", () => {
    const values = [50, null, null, 51, null, null, 50, 53, 54, 53, 55, 54, 53, 54];
    const few = comparePeriods(withHistory(values), ...week, modelWith());
    expect(few).toMatchObject({ kind: "higher", isProvisional: false, before: { n: 3, days: 7 } });
    const two = comparePeriods(withHistory(values.with(0, null)), ...week, modelWith());
    expect(two).toMatchObject({ kind: "too_few_days", needDays: 3, before: { n: 2, days: 7 }, after: { n: 7 } });
    const young = comparePeriods(withHistory(values, 27), ...week, modelWith());
    expect(young).toMatchObject({ kind: "too_few_days", needDays: 7 });
    const whole = comparePeriods(
      withHistory(
        values.map((value) => value ?? 50),
        27,
      ),
      ...week,
      modelWith(),
    );
    expect(whole).toMatchObject({ kind: "higher", isProvisional: true });
  });

  it("have intervals with about the stated coverage, a week against a week, whatever resembles the day before", () => {
    for (const phi of [0, 0.5]) {
      const runs = 600;
      let covered = 0;
      for (let run = 0; run < runs; run++) {
        const values = gaussianSeries(9000 + run, 104, phi).map((value) => 50 + 2.3 * value);
        const series = { firstDay: firstDay - 90, values };
        const { low, high } = compared(comparePeriods(series, ...week, modelWith()));
        if (low <= 0 && high >= 0) covered += 1;
      }
      expect(covered / runs).toBeGreaterThan(0.92);
      expect(covered / runs).toBeLessThan(0.985);
    }
  });

  it("allow for a wandering level: weeks for the metric's own, months for a strong one", () => {
    expect([1, 7, 10].map((days) => slowShareOver(0.1, days))).toEqual([0.1, 0.1, 0.1]);
    expect([14, 21, 28, 365].map((days) => slowShareOver(0.1, days))).toEqual([0.125, 0.1875, 0.25, 0.25]);
    expect([7, 28].map((days) => slowShareOver(0.3, days))).toEqual([0.3, 0.3]);

    const noise = gaussianSeries(4, 90 + 56).map((value) => 50 + value);
    const series = { firstDay: firstDay - 90, values: noise };
    const ownSlowShare = (slowShare: number) => modelWith({ prior: { of: "scale", sd: 2.3, phi: 0.4, slowShare } });
    const low = (...[early, late, slowShare]: [DayRange, DayRange, number]) =>
      compared(comparePeriods(series, early, late, ownSlowShare(slowShare))).low;
    expect(low(before, after, 0.1)).toBe(low(before, after, 0.25));
    // The shorter of the two periods decides how far λ is raised.
    expect(low(before, daysOf(28, 34), 0.1)).toBeGreaterThan(low(before, daysOf(28, 34), 0.25));
    expect(low(...week, 0.1)).toBeGreaterThan(low(...week, 0.25));
  });

  it("leave days of illness out of the history", () => {
    const values = new Array<number>(14).fill(50);
    const series = withHistory(values);
    const fever = [20, 21, 22, 23];
    const ill = { ...series, values: series.values.map((value, day) => (fever.includes(day) ? 75 : value)) };
    const guarded = new Set(fever.map((day) => series.firstDay + day));
    const width = (comparison: Comparison) => compared(comparison).high - compared(comparison).low;
    const sound = width(comparePeriods(series, ...week, modelWith()));
    expect(width(comparePeriods(ill, ...week, modelWith()))).toBeGreaterThan(1.5 * sound);
    expect(width(comparePeriods(ill, ...week, modelWith(), { guarded }))).toBeLessThan(1.1 * sound);
  });

  it("do not depend on days after them, or on more than 90 days before the earlier one", () => {
    const values = gaussianSeries(2, 14).map((noise) => 50 + noise);
    const series = withHistory(values);
    const longer = {
      firstDay: series.firstDay - 30,
      values: [...new Array<number>(30).fill(90), ...series.values, 90, 90],
    };
    expect(comparePeriods(longer, ...week, modelWith())).toEqual(comparePeriods(series, ...week, modelWith()));
    const turned = comparePeriods(longer, week[1], week[0], modelWith());
    expect(compared(turned).difference).toBeCloseTo(
      -compared(comparePeriods(series, ...week, modelWith())).difference,
      12,
    );
  });

  it("show geometric means of a logarithmic metric, and their difference", () => {
    const model = modelWith({
      transform: "ln",
      sdFloor: 0.05,
      prior: { of: "scale", sd: 0.19, phi: 0.35, slowShare: 0.1 },
    });
    const values = [...new Array<number>(7).fill(40), 20, 40, 80, 40, 40, 20, 80];
    const found = compared(comparePeriods(withHistory(values), ...week, model));
    expect(found).toMatchObject({ isGeometric: true, kind: "no_clear_difference" });
    expect(found.before.mean).toBeCloseTo(40, 9);
    expect(found.after.mean).toBeCloseTo(40, 9);
    expect(found.difference).toBeCloseTo(0, 9);
    expect(found.percent).toBeCloseTo(0, 9);
    const doubled = compared(
      comparePeriods(withHistory([...values.slice(0, 7), ...new Array<number>(7).fill(80)]), ...week, model),
    );
    expect(doubled.percent).toBeCloseTo(100, 6);
    expect(doubled.high - doubled.difference).toBeGreaterThan(doubled.difference - doubled.low); // the difference is a ratio, so its interval is wider above
  });

  it("take the usual difference between weekdays out, and show the means without it", () => {
    const model = modelWith({ weekday: true });
    const weekly = (day: number) => ((((firstDay + day) % 7) + 7) % 7 === 2 ? 30 : 50);
    const values = Array.from({ length: 90 + 28 + 5 }, (_, index) => weekly(index - 90));
    const found = compared(comparePeriods({ firstDay: firstDay - 90, values }, daysOf(0, 27), daysOf(28, 32), model));
    expect(found.isWeekdayAdjusted).toBe(true);
    const { before: early, after: late } = found;
    expect((late.mean ?? 0) - (early.mean ?? 0)).toBeCloseTo(found.difference, 9);
    expect(Math.abs(found.difference)).toBeLessThan(1);
    expect(found.kind).toBe("no_clear_difference");
  });

  it("compare a metric whose prior is a share of its level in its own unit", () => {
    const model = modelWith({
      transform: "ln",
      sdFloor: 0.12,
      prior: { of: "level", sd: 0.42, phi: 0.1, slowShare: 0.25 },
    });
    const steps = (noise: number) => 8000 + 1500 * noise;
    const values = [...gaussianSeries(4, 90).map(steps), ...gaussianSeries(5, 14).map(steps)];
    const found = compared(comparePeriods({ firstDay: firstDay - 90, values }, ...week, model));
    expect(found.isGeometric).toBe(false);
    const plain = (from: number) => values.slice(from, from + 7).reduce((sum, value) => sum + value, 0) / 7;
    expect(found.after.mean).toBeCloseTo(plain(97), 6);
    expect(found.difference).toBeCloseTo(plain(97) - plain(90), 6);
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
        const inOtherUnit = comparePeriods(scaled, before, after, {
          ...bare,
          prior: { ...bare.prior, sd: 1000 * bare.prior.sd },
        });
        const later = { ...series, firstDay: firstDay + 5 };
        const shifted = comparePeriods(later, daysOf(5, 32), daysOf(33, 60), bare);
        expect(numbersIn({ ...shifted, before: 0, after: 0 })).toEqual(numbersIn({ ...there, before: 0, after: 0 }));
        if (!("difference" in there)) return expect(back.kind).toBe(there.kind);
        expect(compared(back).difference).toBeCloseTo(-there.difference, 9);
        expect(compared(back).sds ?? 0).toBeCloseTo(-(there.sds ?? 0), 9);
        expect(compared(inOtherUnit).sds ?? 0).toBeCloseTo(there.sds ?? 0, 6);
        expect(compared(inOtherUnit).low / 1000).toBeCloseTo(there.low, 6);
      }),
    );
  });

  it("never give NaN or infinity", () => {
    const models = fc.constantFrom(
      bare,
      modelWith({ transform: "ln", sdFloor: 0.05 }),
      modelWith({ transform: "ln", sdFloor: 0.12, prior: { of: "level", sd: 0.42, phi: 0.1, slowShare: 0.25 } }),
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
