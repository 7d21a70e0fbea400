import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adjustOutcome } from "../../src/analytics/influences/adjusted-outcome.ts";
import { createCovariate } from "../../src/analytics/influences/covariate.ts";
import { describeExposure } from "../../src/analytics/influences/exposure.ts";
import { estimateNightAutocorrelation } from "../../src/analytics/influences/night-autocorrelation.ts";
import { createNights } from "../../src/analytics/influences/nights.ts";
import { normalScores } from "../../src/analytics/influences/normal-scores.ts";
import { createBasis, product } from "../../src/analytics/influences/projection.ts";
import { rankValues } from "../../src/analytics/influences/rank-values.ts";
import { regressNights } from "../../src/analytics/influences/regress-nights.ts";
import { createWhitening } from "../../src/analytics/influences/whitening.ts";
import { adjustPValues } from "../../src/analytics/multiple-comparisons.ts";
import { firstDay, gaussianSeries, numbersIn } from "./generators.ts";
import { agrees, effects } from "./golden/known-answers.ts";

interface Night {
  day: number;
  factor: number;
  outcome: number;
}

interface Options {
  kind: "yes_no" | "amount";
  adjustsForWeekend: boolean;
  covariate?: readonly (number | null)[];
}

const yesNo: Options = { kind: "yes_no", adjustsForWeekend: true };

/** Random nights with a factor before some of them. After the factor, the outcome is changed by `effect`. */
function nightsWith(effect: number, { seed = 1, phi = 0.4, length = 120, share = 0.3 } = {}): Night[] {
  const outcome = gaussianSeries(seed, length, phi);
  const factor = gaussianSeries(seed + 50_000, length).map((value) => (value > 1.2815 - 2.5 * (share - 0.1) ? 1 : 0));
  return outcome.map((value, index) => ({
    day: firstDay + index,
    factor: factor[index] ?? 0,
    outcome: value + effect * (factor[index] ?? 0),
  }));
}

function compare(list: readonly Night[], { kind, adjustsForWeekend, covariate }: Options) {
  const nights = createNights(
    list.map(({ day }) => day),
    list.map(({ outcome }) => outcome),
  );
  const exposure = describeExposure(
    list.map(({ factor }) => factor),
    kind,
  );
  const covariates = covariate ? [createCovariate(covariate)] : [];
  const phi = estimateNightAutocorrelation(nights, covariates);
  return regressNights(nights, exposure, () => adjustOutcome(nights, { phi, covariates, adjustsForWeekend }));
}

function regress(list: readonly Night[], options = yesNo) {
  const result = compare(list, options);
  if (result.kind !== "estimate") throw new Error(result.kind);
  return result;
}

describe("the regression of a night on a factor", () => {
  it.each(effects.links.map((known, index) => ({ index, known })))(
    "agrees with numpy and scipy: $index",
    ({ known }) => {
      const nights = known.factor.flatMap((factor, index) => {
        const outcome = known.outcome[index] ?? null;
        return factor === null || outcome === null ? [] : [{ day: effects.firstDay + index, factor, outcome }];
      });
      const kind = known.kind === "yes_no" ? "yes_no" : "amount";
      const covariate = known.companion && nights.map(({ day }) => known.companion[day - effects.firstDay] ?? null);
      const found = regress(nights, {
        kind,
        adjustsForWeekend: known.takesOutWeekend,
        ...(covariate && { covariate }),
      });
      expect(found.nWith).toBe(known.nWith);
      for (const key of ["difference", "low", "high", "correlation", "p"] as const)
        expect(agrees(found[key], known[key]), `${key}: ${found[key]} ${known[key]}`).toBe(true);
    },
  );

  it("is found with its sign and about its size", () => {
    const { difference, low, high, p, nWith, nWithout } = regress(nightsWith(1.5, { seed: 2 }));
    expect(difference).toBeGreaterThan(1);
    expect(difference).toBeLessThan(2);
    expect([low < 1.5 && high > 1.5, p < 0.001, nWith + nWithout]).toEqual([true, true, 120]);
    expect(regress(nightsWith(-1.5)).difference).toBeLessThan(-1);
  });

  it("is not caused by weekends: weekend nights are compared with other weekend nights", () => {
    const saturday = (day: number) => (day % 7 === 2 || day % 7 === 3 ? 1 : 0);
    const noise = gaussianSeries(3, 140);
    const often = gaussianSeries(4, 140);
    const nights = noise.map((value, index) => {
      const weekend = saturday(firstDay + index);
      const factor = (often[index] ?? 0) > (weekend ? -0.8 : 1.2) ? 1 : 0;
      return { day: firstDay + index, factor, outcome: value + 2 * weekend };
    });
    expect(Math.abs(regress(nights).difference)).toBeLessThan(0.5);
    expect(regress(nights, { ...yesNo, adjustsForWeekend: false }).difference).toBeGreaterThan(0.8);
  });

  it("is not caused by drift: two drifting series need not be linked", () => {
    const nights = gaussianSeries(5, 200).map((value, index) => ({
      day: firstDay + index,
      factor: index / 20 + (gaussianSeries(6, 200)[index] ?? 0),
      outcome: index / 40 + value,
    }));
    expect(Math.abs(regress(nights, { ...yesNo, kind: "amount" }).correlation)).toBeLessThan(0.2);
  });

  it("has no result for few nights, or for a factor that always coincides with weekends", () => {
    expect(compare(nightsWith(1).slice(0, 27), yesNo)).toMatchObject({ kind: "too_few_nights" });
    const rare = nightsWith(1).map((night, index) => ({ ...night, factor: index < 4 ? 1 : 0 }));
    expect(compare(rare, yesNo)).toEqual({ kind: "too_few_nights", nWith: 4, nWithout: 116 });
    const weekendOnly = nightsWith(1).map((night) => ({ ...night, factor: [2, 3].includes(night.day % 7) ? 1 : 0 }));
    expect(compare(weekendOnly, yesNo)).toMatchObject({ kind: "cannot_tell_apart" });
  });

  it("splits an amount at its median and reports the median", () => {
    const nights = nightsWith(0).map((night, index) => ({ ...night, factor: 1000 + ((37 * index) % 120) }));
    expect(regress(nights, { ...yesNo, kind: "amount" })).toMatchObject({
      splitAt: 1059.5,
      nWith: 60,
      nWithout: 60,
    });
  });

  it("changes sign with the outcome, and does not depend on units", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0.1, max: 100, noNaN: true }), (seed, unit) => {
        const nights = nightsWith(0.5, { seed });
        const turned = regress(nights.map((night) => ({ ...night, outcome: -unit * night.outcome })));
        const straight = regress(nights);
        expect(turned.difference / unit).toBeCloseTo(-straight.difference, 9);
        expect(turned.p).toBeCloseTo(straight.p, 9);
      }),
      { numRuns: 30 },
    );
  });

  it("treats an unknown covariate of a night as the mean of the others", () => {
    const nights = nightsWith(1.5, { seed: 2 });
    const [unknown, ordinary] = [
      nights.map((_, index) => (index < 60 ? index % 7 : null)),
      nights.map((_, index) => (index < 60 ? index % 7 : 174 / 60)),
    ];
    expect(regress(nights, { ...yesNo, covariate: unknown })).toEqual(
      regress(nights, { ...yesNo, covariate: ordinary }),
    );
  });

  it("never gives NaN or infinity", () => {
    const value = fc.oneof(fc.double({ min: -1e15, max: 1e15, noNaN: true }), fc.constantFrom(0, 1, 5e-324));
    const night = fc.record({ factor: fc.oneof(value, fc.constantFrom(0, 1)), outcome: value });
    const nights = fc
      .array(fc.option(night, { nil: null, freq: 4 }), { minLength: 20, maxLength: 80 })
      .map((list) => list.flatMap((one, index) => (one === null ? [] : [{ day: firstDay + index, ...one }])));
    fc.assert(
      fc.property(nights, fc.constantFrom("yes_no", "amount"), fc.boolean(), (list, kind, adjustsForWeekend) => {
        const found = compare(list, { kind, adjustsForWeekend });
        expect(numbersIn(found).filter((number) => !Number.isFinite(number))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe("p values of many tests", () => {
  it("are adjusted like scipy", () => {
    const qs = adjustPValues(effects.looks.ps);
    expect(qs.every((q, index) => agrees(q, effects.looks.qs[index] ?? null))).toBe(true);
    expect(adjustPValues([])).toEqual([]);
  });
});

describe("ranks", () => {
  const values = effects.ranks.values.map(Number);

  it("of equal values are equal, like scipy's", () => {
    expect(rankValues(values)).toEqual(effects.ranks.ranks);
  });

  it("become the same normal scores as in scipy", () => {
    expect([...normalScores(values)].every((score, index) => agrees(score, effects.ranks.scores[index] ?? null))).toBe(
      true,
    );
  });
});

describe("vectors", () => {
  it("that are too short fail, instead of counting what is missing as 0", () => {
    expect(() => product(Float64Array.of(1, 2), Float64Array.of(1))).toThrow("No element at index 1");
    expect(() => createBasis([Float64Array.of(1), Float64Array.of(1, 0)])).toThrow("No element at index 1");
  });
});

describe("whitening", () => {
  const days = Array.from({ length: 4000 }, (_, index) => index).filter((day) => day % 7 !== 3 && day % 11 > 1);

  it("removes autocorrelation and keeps the variance, also with missing nights", () => {
    const series = gaussianSeries(9, 4000, 0.6);
    const whitened = createWhitening(days, 0.6).whiten(Float64Array.from(days, (day) => series[day] ?? 0));
    const mean = (values: Iterable<number>) => {
      const list = [...values];
      return list.reduce((sum, value) => sum + value, 0) / list.length;
    };
    expect(mean(whitened.map((value) => value ** 2))).toBeCloseTo(1, 1);
    for (const gap of [1, 2, 3]) {
      const pairs = days.flatMap((day, index) =>
        day - (days[index - 1] ?? day) === gap ? [(whitened[index] ?? 0) * (whitened[index - 1] ?? 0)] : [],
      );
      expect(Math.abs(mean(pairs)), `${gap} days`).toBeLessThan(0.15);
    }
  });

  it("can be inverted", () => {
    const { whiten, unwhiten } = createWhitening([1, 2, 5, 6], 0.7);
    const back = [...unwhiten(whiten(Float64Array.of(3, -1, 2, 8)))];
    expect(back.map((value) => Math.round(value * 1e9) / 1e9)).toEqual([3, -1, 2, 8]);
  });

  it("changes nothing without autocorrelation", () => {
    expect([...createWhitening([1, 2, 5], 0).whiten(Float64Array.of(3, 1, 2))]).toEqual([3, 1, 2]);
  });
});
