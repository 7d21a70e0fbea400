import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutLocalTime } from "../../../src/analytics/intraday/local-buckets.ts";
import { bucketSleep, type SleepSeries } from "../../../src/analytics/intraday/sleep-buckets.ts";

const minute = 60_000;
const start = Date.parse("2026-03-28T22:52:30+01:00");
const offsets = [{ from: 0, offsetMinutes: 60 }];
const digits = fc
  .array(fc.constantFrom("1", "2", "3", "4"), { minLength: 1, maxLength: 1200 })
  .map((list) => list.join(""));

function night(changes: Partial<SleepSeries>): SleepSeries {
  return { start, end: start + 60 * minute, phases: null, heartRate: null, hrv: null, movement: null, ...changes };
}

const names = { "1": "deep", "2": "light", "3": "rem", "4": "awake" } as const;

describe("sleep in 15-minute buckets", () => {
  it("has stages that add up to the phases' durations, and ends with the night", () => {
    fc.assert(
      fc.property(digits, fc.constantFrom(30, 300), fc.nat(29), (phases, secondsPerDigit, cutSeconds) => {
        const end = start + (phases.length * secondsPerDigit - cutSeconds) * 1000;
        const seconds = secondsPerDigit as 30 | 300; // from the list above
        const series = night({ end, phases: { digits: phases, secondsPerDigit: seconds } });
        const buckets = bucketSleep(series, cutLocalTime(start, end, 15, offsets));
        for (const [digit, stage] of Object.entries(names)) {
          const count = [...phases].filter((one) => one === digit).length;
          const cut = phases.endsWith(digit) ? cutSeconds : 0;
          const total = buckets.reduce((sum, { stages }) => sum + (stages?.[stage] ?? 0), 0);
          expect(total).toBeCloseTo((count * secondsPerDigit - cut) / 60, 6);
        }
      }),
    );
  });

  it("splits a phase at the edge of a bucket", () => {
    const series = night({ end: start + 10 * minute, phases: { digits: "13", secondsPerDigit: 300 } });
    const buckets = bucketSleep(series, cutLocalTime(series.start, series.end, 15, offsets));
    expect(buckets.map(({ stages }) => [stages?.deep, stages?.rem])).toEqual([
      [5, 2.5],
      [0, 2.5],
    ]);
  });

  it("averages available samples and leaves a bucket without samples empty", () => {
    const heartRate = { intervalSeconds: 300, items: [null, 50, 54, null, null, null, 60] };
    const buckets = bucketSleep(night({ heartRate }), cutLocalTime(start, start + 45 * minute, 15, offsets));
    expect(buckets.map((bucket) => bucket.heartRate)).toEqual([50, 54, 60, null]);
    expect(
      buckets.every(({ hrv, stages, restlessMinutes }) => hrv === null && stages === null && restlessMinutes === null),
    ).toBe(true);
  });

  it("counts minutes with movement", () => {
    const movement = "1".repeat(15) + "2341".repeat(15);
    const buckets = bucketSleep(night({ movement }), cutLocalTime(start, start + 60 * minute, 15, offsets));
    expect(buckets[0]?.restlessMinutes).toBe(0);
    expect(buckets[1]?.restlessMinutes).toBeCloseTo(11.5, 6);
    expect(buckets.at(-1)?.restlessMinutes).toBeNull();
  });

  it("does not count an unknown digit as a stage", () => {
    const series = night({ end: start + 10 * minute, phases: { digits: "9x", secondsPerDigit: 300 } });
    expect(bucketSleep(series, cutLocalTime(start, series.end, 15, offsets))[0]?.stages).toBeNull();
  });
});
