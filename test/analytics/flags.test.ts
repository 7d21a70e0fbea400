import { expect, it } from "vitest";
import { flagDays } from "../../src/analytics/flags.ts";
import { firstDay } from "./generators.ts";
import { modelWith } from "./models.ts";

const baseline = {
  kind: "baseline",
  state: "established",
  mean: 50,
  sd: 1,
  n: 60,
  windowDays: 60,
  weekdays: null,
} as const;
const threshold = 2.5;

function flagsOf(zs: readonly number[]): number[] {
  const days = zs.map((z, index) => ({
    day: firstDay + index,
    value: 50 + z,
    deviation: { kind: "score", z, baseline } as const,
  }));
  return flagDays(days, "resting_heart_rate", modelWith({}), threshold).map(({ z }) => z);
}

it("flags a day at the threshold, in both directions, and none below it", () => {
  const below = threshold - Number.EPSILON * 2;
  expect(below).toBeLessThan(threshold);
  expect(flagsOf([threshold, below, 0, -threshold, -below])).toEqual([threshold, -threshold]);
});
