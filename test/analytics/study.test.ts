import { describe, expect, it } from "vitest";
import { isoDay } from "../../src/analytics/day.ts";
import type { Factor } from "../../src/analytics/influences/factor.ts";
import { studyOutcomes } from "../../src/analytics/influences/study.ts";
import { isWeekend } from "../../src/analytics/weekday.ts";
import { firstDay, gaussianSeries } from "./generators.ts";

const length = 160;
const range = { start: isoDay(firstDay), end: isoDay(firstDay + length - 1) };
const days = Array.from({ length }, (_, index) => firstDay + index);

function factorOf(name: string, values: readonly (number | null)[]): Factor {
  return { name, kind: "yes_no", beforeNight: { firstDay, values } };
}

/** A factor that occurs on three in ten days. On the days with the given indices it is unknown. */
function habit(name: string, seed: number, unknown: readonly number[] = []): Factor {
  const values = gaussianSeries(seed, length).map((value, day) =>
    unknown.includes(day) ? null : value > 0.524 ? 1 : 0,
  );
  return factorOf(name, values);
}

const weekendValues = days.map((day) => (isWeekend(day) ? 1 : 0));
const weekend: Factor = { ...factorOf("weekend", weekendValues), isWeekend: true };

/** Random nights. Each factor raises the nights after it by the given number of standard deviations. */
function nightsAfter(effects: readonly [Factor, number][]) {
  const values = gaussianSeries(77, length, 0.4).map((noise, day) =>
    effects.reduce((sum, [{ beforeNight }, size]) => sum + size * (beforeNight.values[day] ?? 0), noise),
  );
  return { firstDay, values };
}

function compare(series: ReturnType<typeof nightsAfter>, factors: readonly Factor[], selected: readonly string[] = []) {
  const results = studyOutcomes(factors, range)("rhr", series).compare(selected);
  return new Map(results.map(({ factor, result }) => [factor, result]));
}

describe("the comparisons of an outcome with several factors", () => {
  const [late, other] = [habit("late", 1), habit("other", 2)];

  it("keep the weekend in its own comparison, and subtract it in every other, in any order", () => {
    const disguised = factorOf("a habit of weekends", weekendValues);
    const nights = nightsAfter([[weekend, 1.2]]);
    for (const factors of [
      [late, weekend, disguised],
      [disguised, weekend, late],
    ]) {
      const results = compare(nights, factors);
      expect(results.get("weekend")).toMatchObject({ kind: "estimate" });
      expect(results.get("a habit of weekends")?.kind).toBe("cannot_tell_apart");
      expect(results.get("late")).toEqual(compare(nights, [late]).get("late"));
    }
    const found = compare(nights, [weekend]).get("weekend");
    if (found?.kind !== "estimate") throw new Error(found?.kind);
    expect([found.low > 0, found.high > 1.2]).toEqual([true, true]);
  });

  it("keep a covariate in its own comparison, and subtract it in every other", () => {
    const nights = nightsAfter([
      [late, 1.5],
      [other, 1],
    ]);
    const alone = compare(nights, [late, other]);
    const together = compare(nights, [late, other], ["late"]);
    const widthOf = (result: ReturnType<typeof alone.get>) => {
      if (result?.kind !== "estimate") throw new Error(result?.kind);
      return result.high - result.low;
    };
    expect(together.get("late")?.kind).toBe("estimate");
    expect(widthOf(together.get("other"))).toBeLessThan(widthOf(alone.get("other")));
  });

  it("use for each factor the nights before which that factor is known, not those of another with as many", () => {
    const early = habit("known early", 3, [0, 1, 2, 3]);
    const later = habit("known later", 3, [150, 151, 152, 153]);
    const nights = nightsAfter([]);
    const results = compare(nights, [early, later]);
    for (const factor of [early, later])
      expect(results.get(factor.name)).toEqual(compare(nights, [factor]).get(factor.name));
    expect(results.get("known early")).not.toEqual(results.get("known later"));
  });

  it("say that there are too few nights, of all or of one side, whatever else can be compared", () => {
    const rare = factorOf(
      "rare",
      days.map((_, index) => (index < 4 ? 1 : 0)),
    );
    const short = factorOf(
      "short",
      days.map((_, index) => (index < 27 ? index % 2 : null)),
    );
    const results = compare(nightsAfter([]), [rare, short, late]);
    expect(results.get("rare")).toEqual({ kind: "too_few_nights", nWith: 4, nWithout: length - 4 });
    expect(results.get("short")).toEqual({ kind: "too_few_nights", nWith: 13, nWithout: 14 });
    expect(results.get("late")?.kind).toBe("estimate");
  });

  it("use the nights of each outcome, also where another has as many", () => {
    const { values } = nightsAfter([[late, 1]]);
    const [early, later] = [
      { firstDay, values: values.slice(20) },
      { firstDay: firstDay + 20, values: values.slice(20) },
    ];
    const study = studyOutcomes([late, other], range);
    study("early", early);
    expect(study("later", later).compare([])).toEqual(studyOutcomes([late, other], range)("later", later).compare([]));
  });
});
