import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { baselineAt, fitBaseline, followBaseline } from "../../src/analytics/baseline.ts";
import { dayNumber, isoDay } from "../../src/analytics/day.ts";
import { chanceOf, deviationOn } from "../../src/analytics/deviation.ts";
import type { DailySeries } from "../../src/analytics/series.ts";
import { typicalRange } from "../../src/analytics/typical-range.ts";
import { firstDay, gaussianSeries, numbersIn, ringSeries, wildSeries } from "./generators.ts";
import { agrees, golden, goldenSeries } from "./golden/known-answers.ts";
import { modelWith } from "./models.ts";

const models = [
  modelWith(),
  modelWith({ weekday: true }),
  modelWith({ transform: "ln", sdFloor: 0.05, weekday: true }),
  modelWith({ transform: "ln1p", sdFloor: 0.15 }),
  modelWith({ transform: "clock", sdFloor: 10, weekday: true }),
];
const anyModel = fc.constantFrom(...models);
const anyDay = fc.integer({ min: firstDay, max: firstDay + 99 });

function seriesOf(values: readonly (number | null)[]): DailySeries {
  return { firstDay, values };
}

function changed(series: DailySeries, change: (value: number | null, day: number) => number | null): DailySeries {
  return { firstDay: series.firstDay, values: series.values.map((value, index) => change(value, firstDay + index)) };
}

describe("a trailing baseline", () => {
  it.each(golden.deviations)("agrees with numpy and scipy: $series, $windowDays days, weekday $weekday", (expected) => {
    const { windowDays, sdFloor, weekday } = expected;
    const model = modelWith({ sdFloor, weekday, transform: expected.log ? "ln" : "none" });
    for (const { day, n, mean, sd, z, p } of expected.scores) {
      const deviation = deviationOn(goldenSeries(expected.series), isoDay(firstDay + day), model, { windowDays });
      if (deviation.kind !== "score") throw new Error(`no score on day ${day}: ${deviation.kind}`);
      expect(deviation.baseline.n).toBe(n);
      expect(agrees(deviation.baseline.mean, mean)).toBe(true);
      expect(agrees(deviation.baseline.sd, sd)).toBe(true);
      expect(agrees(deviation.z, z)).toBe(true);
      expect(agrees(chanceOf(deviation), p)).toBe(true);
    }
  });

  it("needs 14 measured days, is provisional below 75 % coverage and established from 75 %", () => {
    const series = seriesOf(gaussianSeries(1, 70));
    const at = (day: number, windowDays: number) =>
      baselineAt(series, isoDay(firstDay + day), modelWith(), { windowDays });
    expect(at(13, 60)).toEqual({ kind: "too_little_history", haveDays: 13, needDays: 14 });
    expect(at(14, 60)).toMatchObject({ kind: "baseline", state: "provisional", n: 14 });
    expect(at(44, 60)).toMatchObject({ state: "provisional", n: 44 });
    expect(at(45, 60)).toMatchObject({ state: "established", n: 45 });
    expect(at(20, 28)).toMatchObject({ state: "provisional", n: 20 });
    expect(at(21, 28)).toMatchObject({ state: "established", n: 21 });
    expect(at(69, 28)).toMatchObject({ n: 28 });
  });

  it("excludes the day itself", () => {
    fc.assert(
      fc.property(ringSeries(), anyModel, anyDay, fc.integer({ min: 1, max: 1000 }), (series, model, day, other) => {
        const moved = changed(series, (value, at) => (at === day ? other : value));
        expect(baselineAt(moved, isoDay(day), model)).toEqual(baselineAt(series, isoDay(day), model));
      }),
    );
  });

  it("does not depend on later days", () => {
    fc.assert(
      fc.property(ringSeries(), anyModel, anyDay, fc.integer({ min: 1, max: 1000 }), (series, model, day, other) => {
        const moved = changed(series, (value, at) => (at > day ? other : value));
        expect(deviationOn(moved, isoDay(day), model)).toEqual(deviationOn(series, isoDay(day), model));
      }),
    );
  });

  it("depends on the date only by moving with it", () => {
    fc.assert(
      fc.property(ringSeries(), anyModel, anyDay, fc.integer({ min: -900, max: 900 }), (series, model, day, by) => {
        const there = deviationOn({ ...series, firstDay: firstDay + by }, isoDay(day + by), model);
        const here = deviationOn(series, isoDay(day), model);
        if (here.kind !== "score" || there.kind !== "score") expect(there).toEqual(here);
        else expect(agrees(there.z, here.z)).toBe(true);
      }),
    );
  });

  it("gives the same z in another unit", () => {
    fc.assert(
      fc.property(
        ringSeries(),
        fc.boolean(),
        anyDay,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (s, log, day, unit) => {
          const model = modelWith(log ? { transform: "ln", sdFloor: 0.05, weekday: true } : { weekday: true });
          const floor = log ? model.sdFloor : model.sdFloor * unit; // an SD of logs has no unit
          const scaled = changed(s, (value) => (value === null ? null : value * unit));
          const before = deviationOn(s, isoDay(day), model);
          const after = deviationOn(scaled, isoDay(day), { ...model, sdFloor: floor });
          expect(after.kind).toBe(before.kind);
          if (before.kind === "score" && after.kind === "score") expect(after.z).toBeCloseTo(before.z, 7);
        },
      ),
    );
  });

  it("treats a null day like an absent day", () => {
    fc.assert(
      fc.property(ringSeries(), anyModel, fc.nat(40), (series, model, padding) => {
        const nulls = new Array<null>(padding).fill(null);
        const padded = { firstDay: firstDay - padding, values: [...nulls, ...series.values, ...nulls] };
        const day = isoDay(firstDay + 99);
        expect(deviationOn(padded, day, model)).toEqual(deviationOn(series, day, model));
      }),
    );
  });

  it("is the same for single days and for a sequence of days", () => {
    fc.assert(
      fc.property(ringSeries(), anyModel, fc.uniqueArray(anyDay), (series, model, guardedDays) => {
        const guarded = new Set(guardedDays);
        const baselineOf = followBaseline(series, model, { guarded });
        for (let day = firstDay; day < firstDay + 100; day++)
          expect(baselineOf(day)).toEqual(fitBaseline(series, day, model, { guarded }));
      }),
      { numRuns: 40 },
    );
  });
});

describe("a guarded baseline", () => {
  const series = seriesOf([...new Array<number>(20).fill(50), ...new Array<number>(6).fill(60)]);
  const fever = new Set([20, 21, 22, 23, 24, 25].map((day) => firstDay + day));

  it("excludes guarded days", () => {
    const baseline = baselineAt(series, isoDay(firstDay + 26), modelWith(), { guarded: fever });
    expect(baseline).toMatchObject({ n: 20, mean: 50 });
  });

  it("includes them if fewer than 14 days would remain", () => {
    const nearlyAll = new Set(Array.from({ length: 13 }, (_, day) => firstDay + day));
    expect(baselineAt(series, isoDay(firstDay + 26), modelWith(), { guarded: nearlyAll })).toMatchObject({ n: 26 });
  });
});

describe("a deviation", () => {
  const flat = seriesOf(new Array<number>(40).fill(50));
  const today = isoDay(firstDay + 40);

  it("uses the metric's minimum SD for a flat history", () => {
    const series = seriesOf([...flat.values, 53]);
    const deviation = deviationOn(series, today, modelWith({ sdFloor: 1 }));
    expect(deviation).toMatchObject({ kind: "score" });
    if (deviation.kind === "score") expect(deviation.z).toBeCloseTo(3 / Math.sqrt(1 + 1 / 40), 12);
  });

  it("reports that a flat history without a minimum SD allows no score", () => {
    const series = seriesOf([...flat.values, 53]);
    expect(deviationOn(series, today, modelWith({ sdFloor: 0 }))).toEqual({ kind: "flat_history", n: 40 });
  });

  it("reports a day without a value", () => {
    expect(deviationOn(flat, today, modelWith())).toEqual({ kind: "no_value" });
  });

  it("finds no usual bedtime for a wearer who sleeps at all hours", () => {
    const series = seriesOf(Array.from({ length: 41 }, (_, day) => (day * 397) % 1440));
    expect(deviationOn(series, today, modelWith({ transform: "clock", sdFloor: 10 })).kind).toBe("no_usual_time");
  });

  it("treats 00:30 as later than a usual 23:50", () => {
    const series = seriesOf([...Array.from({ length: 40 }, (_, day) => (1430 + (day % 5) * 5) % 1440), 30]);
    const deviation = deviationOn(series, today, modelWith({ transform: "clock", sdFloor: 10 }));
    if (deviation.kind !== "score") throw new Error(deviation.kind);
    expect(deviation.z).toBeCloseTo(2.96, 1);
    const usual = typicalRange(deviation.baseline, dayNumber(today), modelWith({ transform: "clock" }));
    expect(usual.typical).toBeCloseTo(0, 0);
    expect(usual.low).toBeGreaterThan(1420);
    expect(usual.high).toBeLessThan(20);
  });

  it("compares a Saturday with other Saturdays", () => {
    const weeks = Array.from({ length: 60 }, (_, day) => 7 + (day % 7 === 0 ? 2 : 0) + 0.1 * ((day * 13) % 5));
    const series = seriesOf([...weeks, 7.2, 7.2]);
    const model = modelWith({ weekday: true, sdFloor: 0.25 });
    const ordinary = deviationOn(series, isoDay(firstDay + 61), model);
    const likeLongDay = deviationOn(series, isoDay(firstDay + 63), model);
    expect(ordinary.kind).toBe("score");
    expect(likeLongDay).toEqual({ kind: "no_value" });
    const baseline = baselineAt(series, isoDay(firstDay + 63), model);
    if (baseline.kind !== "baseline") throw new Error(baseline.kind);
    const longDay = typicalRange(baseline, firstDay + 63, model).typical;
    const otherDay = typicalRange(baseline, firstDay + 64, model).typical;
    expect(longDay - otherDay).toBeGreaterThan(1.2);
  });

  it("puts eight of ten days into the usual range", () => {
    const values = gaussianSeries(7, 3000).map((value) => 50 + 5 * value);
    const series = seriesOf(values);
    let inside = 0;
    for (let day = 60; day < 3000; day++) {
      const label = isoDay(firstDay + day);
      const baseline = baselineAt(series, label, modelWith());
      if (baseline.kind !== "baseline") throw new Error(baseline.kind);
      const { low, high } = typicalRange(baseline, firstDay + day, modelWith());
      const value = values[day] ?? 0;
      if (value >= low && value <= high) inside += 1;
    }
    expect(inside / 2940).toBeGreaterThan(0.78);
    expect(inside / 2940).toBeLessThan(0.82);
  });

  it("never gives NaN or infinity", () => {
    const anyFloor = fc.constantFrom(0, 1e-9, 1);
    fc.assert(
      fc.property(wildSeries(), anyModel, anyDay, anyFloor, (series, model, day, sdFloor) => {
        const deviation = deviationOn(series, isoDay(day), { ...model, sdFloor });
        const usual = deviation.kind === "score" ? typicalRange(deviation.baseline, day, { ...model, sdFloor }) : null;
        expect(numbersIn([deviation, usual]).filter((value) => !Number.isFinite(value))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
