import { describe, expect, it } from "vitest";
import { isoDay } from "../../src/analytics/day.ts";
import type { Factor } from "../../src/analytics/influences/factor.ts";
import { findInfluences } from "../../src/analytics/influences/influences.ts";
import { overlapMuch, overlapOf } from "../../src/analytics/influences/overlap.ts";
import { adjustPValues } from "../../src/analytics/multiple-comparisons.ts";
import { firstDay, gaussianSeries } from "./generators.ts";
import { modelWith } from "./models.ts";

const length = 240;
const range = { start: isoDay(firstDay), end: isoDay(firstDay + length - 1) };

/** A factor that is present on three of ten days. */
function habit(name: string, seed: number): Factor {
  return factorOf(
    name,
    gaussianSeries(seed, length).map((value) => (value > 0.524 ? 1 : 0)),
  );
}

function factorOf(name: string, values: readonly (number | null)[], kind: Factor["kind"] = "yes_no"): Factor {
  return { name, kind, beforeNight: { firstDay, values } };
}

/** Nights with the given effects, in standard deviations of the nights' noise. */
function nightsAfter(effects: readonly [Factor, number][], { seed = 77, phi = 0.4 } = {}) {
  const values = gaussianSeries(seed, length, phi).map((noise, day) =>
    effects.reduce((sum, [{ beforeNight }, size]) => sum + size * (beforeNight.values[day] ?? 0), noise),
  );
  return { metric: "rhr", model: modelWith(), series: { firstDay, values } };
}

function findIn(outcome: ReturnType<typeof nightsAfter>, factors: readonly Factor[]) {
  const influences = findInfluences([outcome], factors, range);
  const found = influences.comparisons.filter(({ isFound }) => isFound).map(({ factor }) => factor);
  return { ...influences, found, displaced: influences.displaced.map(({ factor }) => factor) };
}

const idle = Array.from({ length: 10 }, (_, index) => habit(`idle ${index}`, 1000 + index));

describe("testing many factors", () => {
  it("adjusts p for the number of tests, like scipy.stats.false_discovery_control", () => {
    const expected = [0.03, 0.04, 0.04, 0.9];
    for (const [index, q] of adjustPValues([0.0075, 0.02, 0.03, 0.9]).entries())
      expect(q).toBeCloseTo(expected[index] ?? 0, 12);
  });

  it("finds planted effects and rarely others", () => {
    const [helps, hurts] = [habit("helps", 1), habit("hurts", 2)];
    const { comparisons, found } = findIn(
      nightsAfter([
        [helps, -1.2],
        [hurts, 1],
      ]),
      [...idle, helps, hurts],
    );
    expect(comparisons).toHaveLength(12);
    expect(found).toEqual(["helps", "hurts"]);
    for (const [name, size] of [
      ["helps", -1.2],
      ["hurts", 1],
    ] as const) {
      const estimate = comparisons.find(({ factor }) => factor === name)?.estimate;
      expect([Number(estimate?.low) < size, Number(estimate?.high) > size]).toEqual([true, true]);
    }
  });

  it("reports a result up to a q of .085", () => {
    const subtle = habit("subtle", 1);
    const [below, above] = [0.3165, 0.316].map((size) => {
      const { comparisons } = findIn(nightsAfter([[subtle, size]]), [...idle, subtle]);
      const comparison = comparisons.find(({ factor }) => factor === "subtle");
      if (comparison === undefined) throw new Error("not compared");
      const { q, isFound, estimate } = comparison;
      expect(q).toBeCloseTo(11 * estimate.p, 12); // Benjamini and Hochberg: the smallest p of 11, so q = p · 11/1
      expect(estimate.low).toBeGreaterThan(0);
      return { q: Math.round(q * 10_000) / 10_000, isFound };
    });
    expect(below).toEqual({ q: 0.083, isFound: true });
    expect(above).toEqual({ q: 0.0865, isFound: false });
  });

  it("counts every test, and names one without a result with its reason", () => {
    const outcome = nightsAfter([]);
    const short = { ...outcome, series: { firstDay, values: outcome.series.values.slice(0, 20) } };
    const { comparisons, unjudged } = findIn(short, idle.slice(0, 1));
    expect(comparisons).toEqual([]);
    expect(unjudged).toMatchObject([{ outcome: "rhr", factor: "idle 0", result: { kind: "too_few_nights" } }]);
  });

  it("judges a factor on the nights for which it is known, independent of other factors", () => {
    const known = habit("known", 1);
    const holes = factorOf(
      "holes",
      known.beforeNight.values.map((value, day) => (day % 5 === 0 ? null : value)),
    );
    const outcome = nightsAfter([[known, 1]]);
    const alone = findIn(outcome, [holes]).comparisons[0];
    expect(alone?.estimate).toMatchObject({ nWith: expect.any(Number), difference: expect.any(Number) });
    expect(Number(alone?.estimate.nWith) + Number(alone?.estimate.nWithout)).toBe(length * 0.8);
    const beside = findIn(outcome, [...idle.slice(0, 3), holes]).comparisons.at(-1);
    expect(beside?.estimate).toEqual(alone?.estimate);
  });
});

describe("stepwise selection", () => {
  const [strong, weak] = [habit("strong", 1), habit("weak", 2)];

  it("finds an effect that a stronger one had masked", () => {
    const outcome = nightsAfter([
      [strong, 3],
      [weak, 0.55],
    ]);
    expect(findIn(outcome, [...idle, weak]).found).toEqual([]);
    expect(findIn(outcome, [...idle, strong, weak]).found).toEqual(["strong", "weak"]);
  });

  it("does not report a factor that only coincides with a found one, and names it as displaced", () => {
    const other = gaussianSeries(5, length);
    const confounder = factorOf(
      "confounder",
      strong.beforeNight.values.map((value, day) => ((other[day] ?? 0) > 0.8 ? 1 - Number(value) : value)),
    );
    const outcome = nightsAfter([[strong, 1.5]]);
    expect(findIn(outcome, [confounder, ...idle]).found).toEqual(["confounder"]);
    const { found, displaced } = findIn(outcome, [confounder, ...idle, strong]);
    expect([found, displaced]).toEqual([["strong"], ["confounder"]]);
    expect(overlapOf(confounder, strong, range)).toBeGreaterThan(0.4);
  });

  it("removes a found factor that has no effect beside later ones", () => {
    const [one, two] = [habit("one", 11), habit("two", 12)];
    const blur = gaussianSeries(13, length);
    const both = factorOf(
      "both",
      blur.map((noise, day) => Number(one.beforeNight.values[day]) + Number(two.beforeNight.values[day]) + 0.3 * noise),
      "amount",
    );
    const outcome = nightsAfter([
      [one, 2.5],
      [two, 2],
    ]);
    const [pOfBoth = 1, pOfOne = 0] = [both, one].map((factor) => findIn(outcome, [factor]).comparisons[0]?.estimate.p);
    expect(pOfBoth).toBeLessThan(pOfOne); // the smaller p means that `both` is selected first
    const { found, displaced } = findIn(outcome, [both, one, two, ...idle]);
    expect([found, displaced]).toEqual([["one", "two"], ["both"]]);
  });

  it("cannot tell two factors apart that always coincide", () => {
    const twin = { ...strong, name: "twin" };
    const { found, displaced, unjudged } = findIn(nightsAfter([[strong, 1.5]]), [strong, twin, ...idle]);
    expect([found, displaced]).toEqual([["strong"], ["twin"]]);
    expect(unjudged).toMatchObject([{ factor: "twin", result: { kind: "cannot_tell_apart" } }]);
  });

  it("adjusts each found factor for the others of its outcome, in any order", () => {
    const outcome = nightsAfter([
      [strong, 1.5],
      [weak, 1],
    ]);
    const [forwards, backwards] = [
      [strong, weak, ...idle],
      [...idle, weak, strong],
    ].map((list) => findIn(outcome, list));
    const estimateOf = (answer: typeof forwards, name: string) =>
      answer?.comparisons.find(({ factor }) => factor === name)?.estimate;
    for (const name of ["strong", "weak"]) {
      const [one, other] = [estimateOf(forwards, name), estimateOf(backwards, name)];
      expect(one?.difference).toBeCloseTo(Number(other?.difference), 9);
      expect(one?.p).toBeCloseTo(Number(other?.p), 9);
    }
  });
});

describe("the overlap of two factors", () => {
  /** Two yes/no factors, each before 100 of 200 nights, and both before `both` nights. */
  function pairOf(both: number): [one: Factor, other: Factor] {
    const nights = Array.from({ length: 200 }, (_, night) => night);
    return [
      factorOf(
        "one",
        nights.map((night) => (night < 100 ? 1 : 0)),
      ),
      factorOf(
        "other",
        nights.map((night) => (night < both || night >= 100 + both ? 1 : 0)),
      ),
    ];
  }

  // The correlation of two yes/no factors is (ad − bc)/√((a + b)(c + d)(a + c)(b + d)), where a counts the nights after
  // both, d the nights after neither, and b and c the nights after one of them. Here it is both/50 − 1.
  it.each([
    { both: 71, overlap: 0.42, isMuch: true },
    { both: 69, overlap: 0.38, isMuch: false },
    { both: 31, overlap: -0.38, isMuch: false },
    { both: 29, overlap: -0.42, isMuch: true },
  ])("is much from a correlation of .4 on: $overlap", ({ both, overlap, isMuch }) => {
    const [one, other] = pairOf(both);
    expect(overlapOf(one, other, range)).toBeCloseTo(overlap, 12);
    expect(overlapMuch(one, other, range)).toBe(isMuch);
  });

  it("uses only nights for which both are known, and is 0 if one is constant or hardly known", () => {
    const [one, other] = pairOf(71);
    const overlap = overlapOf(one, other, range);
    const halfKnown = factorOf("half known", [null, null, ...other.beforeNight.values.slice(2)]);
    const shorter = { ...range, start: isoDay(firstDay + 2) };
    expect(overlapOf(one, halfKnown, range)).toBe(overlapOf(one, other, shorter));
    expect(overlapOf(one, halfKnown, range)).not.toBe(overlap);
    const constant = factorOf("constant", new Array<number>(200).fill(1));
    expect([constant, factorOf("once", [1])].map((factor) => overlapOf(one, factor, range))).toEqual([0, 0]);
  });
});
