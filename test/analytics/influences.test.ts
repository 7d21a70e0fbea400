import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isoDay } from "../../src/analytics/day.ts";
import { adjustForLooks } from "../../src/analytics/influences/false-discovery.ts";
import { type Factor, findInfluences } from "../../src/analytics/influences/influences.ts";
import { type LinkedNight, linkNights } from "../../src/analytics/influences/link.ts";
import { rankValues } from "../../src/analytics/influences/ranks.ts";
import { firstDay, gaussianSeries, numbersIn } from "./generators.ts";
import { agrees, effects } from "./golden/known-answers.ts";
import { modelWith } from "./models.ts";

const yesNo = { factorKind: "yes_no", takesOutWeekend: true } as const;

/** Nights from a stream of noise: what happened before each, and an outcome that follows it by `effect`. */
function nightsWith(effect: number, { seed = 1, phi = 0.4, length = 120, share = 0.3 } = {}): LinkedNight[] {
  const outcome = gaussianSeries(seed, length, phi);
  const factor = gaussianSeries(seed + 50_000, length).map((value) => (value > 1.2815 - 2.5 * (share - 0.1) ? 1 : 0));
  return outcome.map((value, index) => ({
    day: firstDay + index,
    factor: factor[index] ?? 0,
    outcome: value + effect * (factor[index] ?? 0),
  }));
}

function link(nights: readonly LinkedNight[], options: Parameters<typeof linkNights>[1] = yesNo) {
  const result = linkNights(nights, options);
  if (result.kind !== "link") throw new Error(result.kind);
  return result;
}

describe("what goes with a night", () => {
  it.each(effects.links.map((known, index) => ({ index, known })))(
    "agrees with numpy and scipy: $index",
    ({ known }) => {
      const nights = known.factor.flatMap((factor, index) => {
        const outcome = known.outcome[index] ?? null;
        return factor === null || outcome === null ? [] : [{ day: effects.firstDay + index, factor, outcome }];
      });
      const factorKind = known.kind === "yes_no" ? "yes_no" : "amount";
      const found = link(nights, { factorKind, takesOutWeekend: known.takesOutWeekend });
      expect(found.nWith).toBe(known.nWith);
      for (const key of ["difference", "low", "high", "correlation", "p"] as const)
        expect(agrees(found[key], known[key]), `${key}: ${found[key]} ${known[key]}`).toBe(true);
    },
  );

  it("is found with its sign and about its size", () => {
    const { difference, low, high, p, nWith, nWithout } = link(nightsWith(1.5, { seed: 2 }));
    expect(difference).toBeGreaterThan(1);
    expect(difference).toBeLessThan(2);
    expect([low < 1.5 && high > 1.5, p < 0.001, nWith + nWithout]).toEqual([true, true, 120]);
    expect(link(nightsWith(-1.5)).difference).toBeLessThan(-1);
  });

  it("is not the weekend's doing: what is done on weekends is weighed against other weekend nights", () => {
    const saturday = (day: number) => (day % 7 === 2 || day % 7 === 3 ? 1 : 0);
    const noise = gaussianSeries(3, 140);
    const often = gaussianSeries(4, 140);
    const nights = noise.map((value, index) => {
      const weekend = saturday(firstDay + index);
      const factor = (often[index] ?? 0) > (weekend ? -0.8 : 1.2) ? 1 : 0;
      return { day: firstDay + index, factor, outcome: value + 2 * weekend };
    });
    expect(Math.abs(link(nights).difference)).toBeLessThan(0.5);
    expect(link(nights, { ...yesNo, takesOutWeekend: false }).difference).toBeGreaterThan(0.8);
  });

  it("is not a season's doing: two things that drift need not go together", () => {
    const nights = gaussianSeries(5, 200).map((value, index) => ({
      day: firstDay + index,
      factor: index / 20 + (gaussianSeries(6, 200)[index] ?? 0),
      outcome: index / 40 + value,
    }));
    expect(Math.abs(link(nights, { ...yesNo, factorKind: "amount" }).correlation)).toBeLessThan(0.2);
  });

  it("cannot be said of few nights, nor of what always happens on the same days as the weekend", () => {
    expect(linkNights(nightsWith(1).slice(0, 27), yesNo)).toMatchObject({ kind: "too_few_nights" });
    const rare = nightsWith(1).map((night, index) => ({ ...night, factor: index < 4 ? 1 : 0 }));
    expect(linkNights(rare, yesNo)).toEqual({ kind: "too_few_nights", nWith: 4, nWithout: 116 });
    const weekendOnly = nightsWith(1).map((night) => ({ ...night, factor: [2, 3].includes(night.day % 7) ? 1 : 0 }));
    expect(linkNights(weekendOnly, yesNo)).toMatchObject({ kind: "cannot_tell_apart" });
  });

  it("parts an amount at its median and says where", () => {
    const nights = nightsWith(0).map((night, index) => ({ ...night, factor: 1000 + ((37 * index) % 120) }));
    expect(link(nights, { ...yesNo, factorKind: "amount" })).toMatchObject({
      splitAt: 1059.5,
      nWith: 60,
      nWithout: 60,
    });
  });

  it("turns round with the outcome, and knows no unit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.double({ min: 0.1, max: 100, noNaN: true }), (seed, unit) => {
        const nights = nightsWith(0.5, { seed });
        const turned = link(nights.map((night) => ({ ...night, outcome: -unit * night.outcome })));
        const straight = link(nights);
        expect(turned.difference / unit).toBeCloseTo(-straight.difference, 9);
        expect(turned.p).toBeCloseTo(straight.p, 9);
      }),
      { numRuns: 30 },
    );
  });

  it("never gives NaN or infinity", () => {
    const value = fc.oneof(fc.double({ min: -1e15, max: 1e15, noNaN: true }), fc.constantFrom(0, 1, 5e-324));
    const night = fc.record({ factor: fc.oneof(value, fc.constantFrom(0, 1)), outcome: value });
    const nights = fc
      .array(fc.option(night, { nil: null, freq: 4 }), { minLength: 20, maxLength: 80 })
      .map((list) => list.flatMap((one, index) => (one === null ? [] : [{ day: firstDay + index, ...one }])));
    fc.assert(
      fc.property(nights, fc.constantFrom("yes_no", "amount"), fc.boolean(), (list, factorKind, takesOutWeekend) => {
        const found = linkNights(list, { factorKind, takesOutWeekend });
        expect(numbersIn(found).filter((number) => !Number.isFinite(number))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe("many looks", () => {
  it("are adjusted as scipy does", () => {
    const qs = adjustForLooks(effects.looks.ps);
    expect(qs.every((q, index) => agrees(q, effects.looks.qs[index] ?? null))).toBe(true);
    expect(adjustForLooks([])).toEqual([]);
  });

  it("rank equal values alike, as scipy does", () => {
    expect(rankValues(effects.ranks.values.map(Number))).toEqual(effects.ranks.ranks);
  });

  const range = { start: isoDay(firstDay), end: isoDay(firstDay + 119) };
  const seriesOf = (values: readonly number[]) => ({ firstDay, values });
  const factor = (name: string, seed: number): Factor => ({
    name,
    kind: "yes_no",
    beforeNight: seriesOf(nightsWith(0, { seed }).map((night) => night.factor)),
  });

  it("find what was planted and rarely anything else", () => {
    const [planted, ...idle] = Array.from({ length: 12 }, (_, index) => factor(`tag ${index}`, 100 * index));
    const happened = planted?.beforeNight.values ?? [];
    const rhr = gaussianSeries(77, 120, 0.5).map((value, index) => 52 + 2.3 * (value + 1.2 * (happened[index] ?? 0)));
    const outcomes = [{ metric: "rhr", model: modelWith(), series: seriesOf(rhr) }];
    const { looks } = findInfluences(
      outcomes,
      [planted, ...idle].filter((one) => one !== undefined),
      range,
    );
    expect(looks).toHaveLength(12);
    expect(looks.filter(({ isFound }) => isFound).map(({ factor: name }) => name)).toEqual(["tag 0"]);
  });

  it("are all counted: a look that could not be judged is named with its reason", () => {
    const outcomes = [{ metric: "rhr", model: modelWith(), series: seriesOf(gaussianSeries(1, 20)) }];
    const { looks, unjudged } = findInfluences(outcomes, [factor("tag", 1)], range);
    expect(looks).toEqual([]);
    expect(unjudged).toMatchObject([{ outcome: "rhr", factor: "tag", result: { kind: "too_few_nights" } }]);
  });
});
