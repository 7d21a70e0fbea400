import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apportion } from "../../../src/analytics/intraday/apportion.ts";
import { cutLocalTime } from "../../../src/analytics/intraday/local-buckets.ts";
import { bucketSteps, shareSteps } from "../../../src/analytics/intraday/step-share.ts";

const minute = 60_000;
const start = Date.parse("2026-03-28T04:00:00+01:00");
const met = fc.array(fc.option(fc.double({ min: 0, max: 12, noNaN: true })), { minLength: 1, maxLength: 1440 });

describe("steps within a day", () => {
  it("are assigned to minutes of walking in proportion to MET above rest", () => {
    const share = shareSteps({ start, totalSteps: 100, met: [0.9, 3, 2, 1.3, null, 0.1] });
    expect(share).toMatchObject({ kind: "shared", over: "walking" });
    if (share.kind === "shared") expect(share.minutes.map(({ steps }) => steps)).toEqual([0, 67, 33, 0, 0, 0]);
  });

  it("are assigned to minutes above rest if there is no walking, and to none without movement", () => {
    expect(shareSteps({ start, totalSteps: 7, met: [0.9, 1.2, 1.4] })).toMatchObject({ over: "above_rest" });
    expect(shareSteps({ start, totalSteps: 7, met: [0.9, 0.1, null] })).toEqual({ kind: "no_movement", totalSteps: 7 });
    expect(shareSteps({ start, totalSteps: 0, met: [0.9, 0.1] })).toMatchObject({ kind: "shared" });
  });

  it("add up to the total exactly, minute by minute and in buckets", () => {
    fc.assert(
      fc.property(met, fc.nat(40_000), fc.constantFrom(5, 15, 30, 60), (values, totalSteps, size) => {
        const share = shareSteps({ start, totalSteps, met: values });
        if (share.kind !== "shared") return;
        expect(share.minutes.reduce((sum, { steps }) => sum + steps, 0)).toBe(totalSteps);
        expect(share.minutes.every(({ steps }) => Number.isInteger(steps) && steps >= 0)).toBe(true);
        const clockChange = Date.parse("2026-03-29T02:00:00+01:00");
        const offsets = [
          { from: start, offsetMinutes: 60 },
          { from: clockChange, offsetMinutes: 120 },
        ];
        const buckets = cutLocalTime(start, start + 1440 * minute, size as 5 | 15 | 30 | 60, offsets); // from the list
        const steps = bucketSteps(share.minutes, buckets).map((bucket) => bucket.steps ?? 0);
        expect(steps.reduce((sum, count) => sum + count, 0)).toBe(totalSteps);
      }),
    );
  });

  it("of a clock range come from two step days", () => {
    const first = shareSteps({ start: 0, totalSteps: 10, met: [2, 2] });
    const second = shareSteps({ start: 2 * minute, totalSteps: 30, met: [2, 2, 2] });
    if (first.kind !== "shared" || second.kind !== "shared") throw new Error("not shared");
    const both = [...first.minutes, ...second.minutes];
    const [one, two] = bucketSteps(both, [
      { start: minute, end: 3 * minute, offsetMinutes: 0 },
      { start: 10 * minute, end: 15 * minute, offsetMinutes: 0 },
    ]);
    expect(one?.steps).toBe(5 + 10);
    expect(two?.steps).toBeNull();
  });
});

it("rounds by largest remainder", () => {
  expect(apportion(10, [1, 1, 1])).toEqual([4, 3, 3]);
  expect(apportion(3, [0, 5, 0])).toEqual([0, 3, 0]);
  expect(apportion(3, [0, 0])).toEqual([0, 0]);
  fc.assert(
    fc.property(
      fc.nat(100_000),
      fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }),
      (total, weights) => {
        fc.pre(weights.some((weight) => weight > 0));
        const parts = apportion(total, weights);
        const sum = weights.reduce((all, weight) => all + weight, 0);
        expect(parts.reduce((all, part) => all + part, 0)).toBe(total);
        parts.forEach((part, index) => {
          expect(Math.abs(part - (total * (weights[index] ?? 0)) / sum)).toBeLessThan(1 + 1e-6);
        });
      },
    ),
  );
});
