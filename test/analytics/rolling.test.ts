import { describe, expect, it } from "vitest";
import { addDays, type IsoDay, isoDay } from "../../src/analytics/day.ts";
import { rollMeans, summarizeWindow } from "../../src/analytics/rolling.ts";
import { createSeries } from "../../src/analytics/series.ts";
import { agrees, golden, goldenSeries } from "./golden/known-answers.ts";

const start = isoDay(20_000);
const week = (values: (number | null)[]) =>
  createSeries(values.map((value, index): [IsoDay, number | null] => [addDays(start, index), value]));

describe("rolling windows", () => {
  it.each(golden.rolling)("agree with pandas: $series over $windowDays days", (expected) => {
    const range = { start, end: addDays(start, expected.n.length - 1) };
    const series = goldenSeries(expected.series);
    const means = rollMeans(series, range, expected.windowDays);
    means.forEach((rolled, index) => {
      const { n, mean, sd, min, max } = summarizeWindow(series, addDays(start, index), expected.windowDays);
      expect(n).toBe(expected.n[index]);
      for (const [actual, wanted] of [
        [mean, expected.mean[index]],
        [rolled, expected.mean[index]],
        [sd, expected.sd[index]],
        [min, expected.min[index]],
        [max, expected.max[index]],
      ])
        expect(agrees(actual ?? null, wanted ?? null)).toBe(true);
    });
  });

  it("count calendar days, not rows", () => {
    const series = week([50, null, null, null, 52, 54, 56]);
    expect(summarizeWindow(series, addDays(start, 6), 7)).toMatchObject({ n: 4, days: 7, coverage: 4 / 7, mean: 53 });
  });

  it("have only n and coverage if less than half full", () => {
    const series = week([50, null, null, null, null, 54, 56]);
    expect(summarizeWindow(series, addDays(start, 6), 7)).toEqual({
      n: 3,
      days: 7,
      coverage: 3 / 7,
      mean: null,
      sd: null,
      min: null,
      max: null,
    });
  });

  it("have no SD from a single day", () => {
    expect(summarizeWindow(week([50]), start, 1)).toMatchObject({ n: 1, mean: 50, sd: null, min: 50, max: 50 });
  });

  it("average clock times across midnight", () => {
    const bedtimes = week([1430, 10, 1420, 20]);
    const window = summarizeWindow(bedtimes, addDays(start, 3), 4, "clock");
    expect(window.mean).toBeCloseTo(0, 9);
    expect(window.min).toBe(1420);
    expect(window.max).toBe(20);
    const means = rollMeans(bedtimes, { start, end: addDays(start, 3) }, 4, "clock");
    const each = [0, 1, 2, 3].map((index) => summarizeWindow(bedtimes, addDays(start, index), 4, "clock").mean);
    expect(means.map((mean) => mean?.toFixed(6))).toEqual(each.map((mean) => mean?.toFixed(6)));
  });
});
