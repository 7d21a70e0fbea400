import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketHeartRate, summarizeHeartRate } from "../../../src/analytics/intraday/heart-rate.ts";
import type { HeartRateRow } from "../../../src/analytics/intraday/heart-rate-readings.ts";
import { countZoneMinutes } from "../../../src/analytics/intraday/heart-rate-zones.ts";
import { cutLocalTime } from "../../../src/analytics/intraday/local-buckets.ts";
import { numbersIn } from "../generators.ts";
import heartRate from "../golden/heart-rate.json";
import { expectToAgree } from "../golden/methods.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const utc = [{ from: 0, offsetMinutes: 0 }];

function every(seconds: number, from: number, to: number, bpm: number, source: string): HeartRateRow[] {
  const count = Math.floor((to - from) / (seconds * 1000));
  return Array.from({ length: count }, (_, index) => ({ at: from + index * seconds * 1000, bpm, source }));
}

const anyRows = fc.array(
  fc.record({
    at: fc.integer({ min: -minute, max: day }),
    bpm: fc.integer({ min: 30, max: 220 }),
    source: fc.constantFrom("rest", "awake"),
  }),
);

describe("heart rate of a day", () => {
  // Written by golden/generate-heart-rate.py: numpy.average, numpy.quantile ("inverted_cdf") and numpy.histogram.
  it.each(heartRate.cases)("agrees with numpy: $name", ({ rows, end, expected }) => {
    const readings = rows.map(([at = 0, bpm = 0]) => ({ at, bpm, source: "awake" }));
    const { total, restingLimit } = summarizeHeartRate(readings, 0, end);
    const zones = countZoneMinutes(readings, 0, end, heartRate.maximum);
    expectToAgree({ ...total, restingLimit, ...zones }, expected);
  });

  it("is weighted by time, so one workout does not dominate the day", () => {
    const rows = [
      ...every(300, 0, 10 * 60 * minute, 55, "rest"),
      ...every(5, 10 * 60 * minute, 11 * 60 * minute, 150, "workout"),
      ...every(300, 11 * 60 * minute, day, 55, "awake"),
    ];
    const { total, bySource, restingLimit, gaps } = summarizeHeartRate(rows, 0, day);
    const plain = rows.reduce((sum, { bpm }) => sum + bpm, 0) / rows.length;
    expect(plain).toBeGreaterThan(120);
    expect(total?.mean).toBeCloseTo((23 * 55 + 150) / 24, 6);
    expect(total).toMatchObject({ n: rows.length, min: 55, max: 150 });
    expect(bySource.find(({ source }) => source === "workout")).toMatchObject({ n: 720, mean: 150, minutes: 60 });
    expect(restingLimit).toBe(55);
    expect(gaps).toEqual([]);
  });

  it("reports gaps over thirty minutes, also at the edges, and counts each row for at most ten minutes", () => {
    const rows = every(300, 2 * 60 * minute, 3 * 60 * minute, 60, "rest").concat(
      every(300, 5 * 60 * minute, 6 * 60 * minute, 80, "rest"),
    );
    const { gaps, total } = summarizeHeartRate(rows, 0, 6 * 60 * minute);
    expect(gaps).toEqual([
      { start: 0, end: 2 * 60 * minute },
      { start: 2 * 60 * minute + 55 * minute, end: 5 * 60 * minute },
    ]);
    expect(total?.minutes).toBe(55 + 10 + 60);
  });

  it("is empty without rows", () => {
    expect(summarizeHeartRate([], 0, day)).toEqual({
      total: null,
      restingLimit: null,
      bySource: [],
      gaps: [{ start: 0, end: day }],
    });
  });

  it("does not depend on the order of rows", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        fc.pre(new Set(rows.map(({ at }) => at)).size === rows.length);
        expect(summarizeHeartRate(rows.toReversed(), 0, day).total).toEqual(summarizeHeartRate(rows, 0, day).total);
      }),
    );
  });

  it("stays between the lowest and the highest row, without NaN", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const answer = summarizeHeartRate(rows, 0, day);
        expect(numbersIn(answer).filter((value) => !Number.isFinite(value))).toEqual([]);
        if (answer.total === null) return;
        expect(answer.total.mean).toBeGreaterThanOrEqual(answer.total.min - 1e-9);
        expect(answer.total.mean).toBeLessThanOrEqual(answer.total.max + 1e-9);
        expect(answer.bySource.reduce((sum, { n }) => sum + n, 0)).toBe(answer.total.n);
      }),
    );
  });
});

describe("heart rate in buckets", () => {
  it("leaves a bucket without rows empty instead of interpolating", () => {
    const rows = [...every(60, 0, 15 * minute, 60, "rest"), ...every(60, 45 * minute, 60 * minute, 80, "rest")];
    const buckets = bucketHeartRate(rows, cutLocalTime(0, 60 * minute, 15, utc));
    expect(buckets.map(({ n, mean }) => [n, mean])).toEqual([
      [15, 60],
      [0, null],
      [0, null],
      [15, 80],
    ]);
  });

  it("counts a row in one bucket only", () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const buckets = bucketHeartRate(rows, cutLocalTime(0, day, 30, utc));
        expect(buckets.reduce((sum, { n }) => sum + n, 0)).toBe(rows.filter(({ at }) => at >= 0 && at < day).length);
      }),
    );
  });
});
