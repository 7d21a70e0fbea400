import { describe, expect, it } from "vitest";
import { negativeBinomialCumulative, negativeBinomialQuantile } from "../../src/analytics/negative-binomial.ts";
import { countOrdinaryFlags, ordinaryShare } from "../../src/analytics/ordinary-flags.ts";
import { expectToAgree, methods } from "./golden/methods.ts";

describe("the flags that ordinary days give", () => {
  it.each(methods.ordinaryFlagShare.cases)("agree with scipy: $name", ({ input: { z, n }, expected }) => {
    expectToAgree(ordinaryShare(z, n), expected);
    expectToAgree(ordinaryShare(-z, n), expected);
  });

  it("are added over the days that could be judged", () => {
    const { scoredDays, share, expectedFlags } = countOrdinaryFlags([60, 60, 5], 2);
    expect(scoredDays).toBe(3);
    expectToAgree(expectedFlags, 2 * ordinaryShare(2, 60) + ordinaryShare(2, 5));
    expectToAgree(share, expectedFlags / 3);
    expect(countOrdinaryFlags([], 2)).toEqual({ scoredDays: 0, share: 0, expectedFlags: 0 });
  });
});

describe("a count that comes in clusters", () => {
  // scipy.stats.nbinom(mean / (dispersion - 1), 1 / dispersion)
  it.each([
    { mean: 0.5, dispersion: 1.5, count: 1, cumulative: 0.8888888888888888, q95: 2 },
    { mean: 3.2, dispersion: 2, count: 5, cumulative: 0.8353855438423406, q95: 8 },
    { mean: 12, dispersion: 3, count: 20, cumulative: 0.9099645618956804, q95: 23 },
    { mean: 60, dispersion: 1.2, count: 70, cumulative: 0.8897328698106346, q95: 74 },
  ])("agrees with scipy: mean $mean, dispersion $dispersion", ({ mean, dispersion, count, cumulative, q95 }) => {
    expectToAgree(negativeBinomialCumulative(count, { mean, dispersion }), cumulative);
    expect(negativeBinomialQuantile(0.95, { mean, dispersion })).toBe(q95);
  });

  it("is nothing where nothing is expected", () => {
    expect(negativeBinomialQuantile(0.95, { mean: 0, dispersion: 2 })).toBe(0);
    expect(negativeBinomialCumulative(-1, { mean: 2, dispersion: 2 })).toBe(0);
  });
});
