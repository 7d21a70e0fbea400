import { describe, expect, it } from "vitest";
import { regularizedIncompleteBeta } from "../../src/analytics/incomplete-beta.ts";
import { normalQuantile, normalTwoSidedP } from "../../src/analytics/normal-distribution.ts";
import { tCumulative, tQuantile, twoSidedP } from "../../src/analytics/t-distribution.ts";
import { golden } from "./golden/known-answers.ts";

/** The expected values come from scipy.stats.t, scipy.special.betainc and scipy.stats.norm. */
describe("distributions agree with scipy to 1e-12", () => {
  it("both tails of Student's t", () => {
    for (const { t, df, twoSided, cdf } of golden.t) {
      expect(Math.abs(twoSidedP(t, df) - twoSided)).toBeLessThan(1e-12);
      expect(Math.abs(tCumulative(-t, df) - cdf)).toBeLessThan(1e-12);
      expect(Math.abs(tCumulative(t, df) - (1 - cdf))).toBeLessThan(1e-12);
    }
  });

  it("quantiles of Student's t", () => {
    for (const { p, df, t } of golden.tQuantiles)
      expect(Math.abs(tQuantile(p, df) - t)).toBeLessThan(1e-11 * Math.max(1, Math.abs(t)));
  });

  it("the incomplete beta function", () => {
    for (const { x, a, b, value } of golden.betainc)
      expect(Math.abs(regularizedIncompleteBeta(x, a, b) - value)).toBeLessThan(1e-12);
  });

  it("the normal distribution, with relative precision in the tails", () => {
    for (const { z, twoSided } of golden.normal)
      expect(Math.abs(normalTwoSidedP(z) - twoSided)).toBeLessThanOrEqual(1e-12 * Math.max(twoSided, 1e-300));
  });
});

it("inverts the normal tails with its quantiles", () => {
  for (const probability of [1e-12, 0.001, 0.025, 0.31, 0.5, 0.8, 0.975, 1 - 1e-9]) {
    const z = normalQuantile(probability);
    const tail = 2 * Math.min(probability, 1 - probability);
    expect(Math.abs(normalTwoSidedP(z) / tail - 1)).toBeLessThan(1e-12);
    expect(Math.sign(z)).toBe(Math.sign(probability - 0.5));
  }
});

it("returns 1 without degrees of freedom", () => {
  expect(twoSidedP(3, 0)).toBe(1);
  expect(twoSidedP(3, Number.NaN)).toBe(1);
});
