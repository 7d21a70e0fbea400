import { describe, expect, it } from "vitest";
import { correlationByLag, longestLagOf } from "../../src/analytics/correlation-by-lag.ts";
import { expectSquares } from "../../src/analytics/degrees-of-freedom.ts";
import { estimateResidualModel } from "../../src/analytics/residual-model.ts";
import { gaussianSeries } from "./generators.ts";
import { expectToAgree, methods, observationsOf } from "./golden/methods.ts";

describe("the model of residuals", () => {
  it.each(methods.residualModel.cases)("agrees with numpy: $name", ({ input, expected }) => {
    const { sd, phi, slow_share: slowShare } = input.prior;
    const blocks = input.blocks.map(observationsOf);
    const longestLag = Math.max(...blocks.map(longestLagOf));
    const options = { prior: { sd, phi, slowShare }, sdFloor: input.sd_floor, longestLag };
    const model = estimateResidualModel(blocks, options);
    expectToAgree(
      { variance: model.variance, df: model.degreesOfFreedom, phi: model.phi },
      { variance: expected.variance, df: expected.df, phi: expected.phi },
    );
    expectToAgree(expectSquares(blocks, model.correlation), {
      expected: expected.expected,
      degreesOfFreedom: expected.nu,
    });
  });

  it("has the usual degrees of freedom if days are independent: their number minus the number of blocks", () => {
    const days = gaussianSeries(1, 30).map((value, index) => ({ day: 20_000 + index, value }));
    const blocks = [days.slice(0, 12), days.slice(12)];
    const { expected, degreesOfFreedom } = expectSquares(blocks, correlationByLag(0, 0, 30));
    expect(expected).toBeCloseTo(28, 10);
    expect(degreesOfFreedom).toBeCloseTo(28, 10);
  });

  it("fails if the correlation of a lag is missing, and does not take it for 0", () => {
    const week = [20_000, 20_001, 20_006].map((day) => ({ day, value: 50 }));
    expect(() => expectSquares([week], correlationByLag(0.4, 0.15, 2))).toThrow(
      new RangeError("No element at index 6"),
    );
  });
});
