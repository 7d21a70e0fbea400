import { expect } from "vitest";
import aggregates from "./methods/aggregates.json";
import bedtimeSpread from "./methods/bedtime-spread.json";
import chronotype from "./methods/chronotype.json";
import monthTest from "./methods/month-test.json";
import ordinaryFlagShare from "./methods/ordinary-flag-share.json";
import recovery from "./methods/recovery.json";
import residualModel from "./methods/residual-model.json";
import shortComparison from "./methods/short-comparison.json";
import sleepShortfall from "./methods/sleep-shortfall.json";
import sri from "./methods/sri.json";
import temperatureShift from "./methods/temperature-shift.json";
import weekdayTest from "./methods/weekday-test.json";

/** Results of numpy and scipy, written by generate-methods.py. */
export const methods = {
  aggregates,
  bedtimeSpread,
  chronotype,
  monthTest,
  ordinaryFlagShare,
  recovery,
  residualModel,
  shortComparison,
  sleepShortfall,
  sri,
  temperatureShift,
  weekdayTest,
};

/** Numbers within 1e-9, absolutely or relatively; everything else equal. */
export function expectToAgree(actual: unknown, expected: unknown, path = "result"): void {
  if (typeof expected === "number" && typeof actual === "number") {
    const apart = Math.abs(actual - expected) / Math.max(1, Math.abs(expected));
    expect(apart, `${path}: ${actual} against ${expected}`).toBeLessThanOrEqual(1e-9);
  } else if (typeof expected === "object" && expected !== null && typeof actual === "object" && actual !== null) {
    expect(Object.keys(actual).toSorted(), path).toEqual(Object.keys(expected).toSorted());
    for (const [key, value] of Object.entries(expected))
      expectToAgree(actual[key as keyof typeof actual], value, `${path}.${key}`); // a key of `expected`, so of `actual`
  } else expect(actual, path).toEqual(expected);
}

/** `[day number, value]` as an observation; days without a value are left out. */
export function observationsOf(points: readonly (readonly (number | null)[])[]): { day: number; value: number }[] {
  return points.flatMap(([day, value]) =>
    typeof day === "number" && typeof value === "number" ? [{ day, value }] : [],
  );
}
