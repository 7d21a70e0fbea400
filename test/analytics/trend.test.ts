import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimateAutocorrelation, varianceInflation } from "../../src/analytics/autocorrelation.ts";
import { isoDay } from "../../src/analytics/day.ts";
import { findDirection } from "../../src/analytics/direction.ts";
import { testTrend } from "../../src/analytics/mann-kendall.ts";
import type { DailySeries } from "../../src/analytics/series.ts";
import { estimateSlope } from "../../src/analytics/theil-sen.ts";
import { trendOf } from "../../src/analytics/trend.ts";
import { firstDay, gaussianSeries, numbersIn, ringSeries, wildSeries } from "./generators.ts";
import { agrees, golden } from "./golden/known-answers.ts";
import { modelWith } from "./models.ts";

function seriesOf(values: readonly (number | null)[]): DailySeries {
  return { firstDay, values };
}

const end = isoDay(firstDay + 99);
const level = (from: number, to: number) =>
  seriesOf(Array.from({ length: 100 }, (_, day) => (day < 93 ? from : to) + 0.4 * ((day * 7) % 5)));

describe("slope and evidence", () => {
  it.each(golden.trends.map((trend, index) => ({ index, trend })))("agree with scipy: series $index", ({ trend }) => {
    const observations = trend.days.map((day, index) => ({ day, value: trend.values[index] ?? 0 }));
    const slope = estimateSlope(observations);
    expect(agrees(slope.slope, trend.slope)).toBe(true);
    expect(agrees(slope.intercept, trend.intercept)).toBe(true);
    expect(agrees(slope.low, trend.low)).toBe(true);
    expect(agrees(slope.high, trend.high)).toBe(true);
    expect(testTrend(trend.values).s).toBe(trend.s);
    expect(agrees(testTrend(trend.values).p, trend.p)).toBe(true);
    const autocorrelation = estimateAutocorrelation(observations, slope.slope);
    expect(agrees(autocorrelation, trend.autocorrelation)).toBe(true);
    expect(agrees(testTrend(trend.values, varianceInflation(autocorrelation)).p, trend.correctedP)).toBe(true);
  });

  it("ignores days that were never measured when estimating autocorrelation", () => {
    const everyOtherDay = gaussianSeries(3, 40, 0.9).map((value, index) => ({ day: 2 * index, value }));
    expect(estimateAutocorrelation(everyOtherDay)).toBe(0);
  });
});

describe("a direction", () => {
  const noise = gaussianSeries(11, 100);
  const days = (values: readonly number[]) => values.map((value, day) => ({ day, value }));

  it("is rising or falling if the slope is significant and large enough", () => {
    const rising = days(noise.slice(0, 60).map((value, day) => 50 + value + 0.06 * day));
    const falling = rising.map(({ day, value }) => ({ day, value: 100 - value }));
    expect(findDirection(rising, 60, modelWith())).toMatchObject({ kind: "rising", n: 60 });
    expect(findDirection(falling, 60, modelWith())).toMatchObject({ kind: "falling" });
    expect(findDirection(days(noise.slice(0, 60)), 60, modelWith()).kind).toBe("no_clear_trend");
  });

  it("is no trend if the slope is significant but too small", () => {
    const creeping = days(Array.from({ length: 60 }, (_, day) => 50 + 0.001 * day));
    expect(findDirection(creeping, 60, modelWith())).toMatchObject({ kind: "no_clear_trend" });
  });

  it("is no trend if the slope's interval contains 0, which is frequent with whole numbers", () => {
    const values = [49, 51, 49, 51, 49, 49, 50, 51, 50, 51, 52, 51, 50, 51, 52, 51, 50, 52, 50, 53];
    const direction = findDirection(days(values), 20, modelWith({ sdFloor: 1 }));
    expect(direction).toMatchObject({ kind: "no_clear_trend", slopeLow: 0 });
    expect("p" in direction ? direction.p : 1).toBeLessThan(0.05);
  });

  it("has no verdict below 14 days", () => {
    expect(findDirection(days(noise.slice(0, 13)), 28, modelWith())).toEqual({
      kind: "too_little_history",
      haveDays: 13,
      needDays: 14,
    });
  });

  it("detects bedtimes that drift over midnight", () => {
    const later = Array.from({ length: 40 }, (_, day) => ({ day, value: (1420 + day + 5 * (noise[day] ?? 0)) % 1440 }));
    const direction = findDirection(later, 40, modelWith({ transform: "clock", sdFloor: 10 }));
    expect(direction).toMatchObject({ kind: "rising" });
    if (direction.kind === "rising") expect(direction.slopePerDay).toBeCloseTo(1, 0);
  });

  it("changes sign when time is reversed", () => {
    fc.assert(
      fc.property(ringSeries(40), (series) => {
        const observations = series.values.flatMap((value, day) => (value === null ? [] : [{ day, value }]));
        const reversed = observations.map(({ day, value }) => ({ day: 39 - day, value })).toReversed();
        const there = findDirection(observations, 40, modelWith());
        const back = findDirection(reversed, 40, modelWith());
        if (there.kind === "too_little_history" || there.kind === "no_usual_time") expect(back).toEqual(there);
        else if (back.kind !== "too_little_history" && back.kind !== "no_usual_time") {
          expect(back.slopePerDay).toBeCloseTo(-there.slopePerDay, 9);
          expect(back.p).toBeCloseTo(there.p, 9);
        }
      }),
    );
  });

  it("finds a trend in few trendless series, even with autocorrelation", () => {
    const found = Array.from({ length: 400 }, (_, run) => {
      const values = days(gaussianSeries(1000 + run, 60, 0.5));
      return findDirection(values, 60, modelWith({ sdFloor: 0.1 })).kind;
    }).filter((kind) => kind !== "no_clear_trend").length;
    expect(found / 400).toBeLessThan(0.09); // nominal 5 %; uncorrected it is 25 %
  });
});

describe("a change between windows", () => {
  it("is given in the unit, in percent and in SDs of single days", () => {
    const { vsPriorWeek } = trendOf(level(50, 55), end, 7, modelWith());
    if (!("difference" in vsPriorWeek)) throw new Error(vsPriorWeek.kind);
    expect(vsPriorWeek).toMatchObject({ kind: "higher" });
    expect(vsPriorWeek.difference).toBeCloseTo(5, 0);
    expect(vsPriorWeek.percent).toBeCloseTo((100 * vsPriorWeek.difference) / (vsPriorWeek.before.mean ?? 0), 12);
    expect(vsPriorWeek.sds).toBeGreaterThan(3);
  });

  it("compares whole weeks, and a month of 28 days", () => {
    const trend = trendOf(level(50, 55), end, 30, modelWith());
    expect(trend.vsPriorWindow).toMatchObject({ after: { days: 30 }, before: { days: 30 } });
    expect(trend.vsPriorWeek).toMatchObject({ after: { days: 7 }, before: { days: 7 } });
    expect(trend.vsPriorMonth).toMatchObject({ after: { days: 28 }, before: { days: 28 } });
  });

  it("has a reason if it has no percentage", () => {
    const at = (model: Parameters<typeof modelWith>[0], series = level(50, 55)) =>
      trendOf(series, end, 7, modelWith(model)).vsPriorWeek;
    expect(at({ change: "absolute" })).toMatchObject({ percent: null, noPercent: "interval_scale" });
    expect(at({ change: "minutes", transform: "clock" })).toMatchObject({ percent: null, noPercent: "interval_scale" });
    expect(at({ change: "points" })).toMatchObject({ percent: null, noPercent: "already_percent" });
    expect(at({ percentAbove: 60 })).toMatchObject({ percent: null, noPercent: "near_zero_base" });
    expect(at({}, level(0, 5))).toMatchObject({ noPercent: null });
  });

  it("says which side has too few days", () => {
    const series = seriesOf(Array.from({ length: 100 }, (_, day) => (day >= 86 && day < 93 ? null : 50)));
    expect(trendOf(series, end, 7, modelWith()).vsPriorWeek).toMatchObject({
      kind: "too_few_days",
      after: { n: 7 },
      before: { n: 0, mean: null },
      needDays: 3,
    });
  });

  it("takes the shorter difference across midnight", () => {
    const { vsPriorWeek } = trendOf(level(1430, 10), end, 7, modelWith({ transform: "clock", change: "minutes" }));
    if (!("difference" in vsPriorWeek)) throw new Error(vsPriorWeek.kind);
    expect(vsPriorWeek.difference).toBeCloseTo(20, 0);
  });
});

it("never gives NaN or infinity", () => {
  const models = fc.constantFrom(
    modelWith({ sdFloor: 0 }),
    modelWith({ transform: "ln", sdFloor: 0.05, weekday: true }),
    modelWith({ transform: "ln1p", sdFloor: 0 }),
    modelWith({ transform: "clock", change: "minutes", sdFloor: 10 }),
  );
  fc.assert(
    fc.property(wildSeries(), models, fc.integer({ min: 1, max: 90 }), (series, model, windowDays) => {
      const trend = trendOf(series, end, windowDays, model);
      expect(numbersIn(trend).filter((value) => !Number.isFinite(value))).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
