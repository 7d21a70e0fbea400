import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregateDays } from "../../src/analytics/aggregates.ts";
import { dayNumber, parseIsoDay } from "../../src/analytics/day.ts";
import { groupDays, groupings } from "../../src/analytics/day-groups.ts";
import { quartilesOf } from "../../src/analytics/quartiles.ts";
import { rankDays } from "../../src/analytics/ranked-days.ts";
import { dayNumbers, observationsIn } from "../../src/analytics/series.ts";
import { findStreaks } from "../../src/analytics/streaks.ts";
import { countAgainst } from "../../src/analytics/threshold-count.ts";
import { firstDay, ringSeries } from "./generators.ts";
import { expectToAgree, methods } from "./golden/methods.ts";

function numberOf(text: string): number {
  const day = parseIsoDay(text);
  if (day === null) throw new Error(text);
  return dayNumber(day);
}

describe("figures of many days", () => {
  it.each(methods.aggregates.cases)("agree with numpy: $name", ({ input, expected }) => {
    const { first, last, threshold, top } = input;
    const byDay = new Map(input.points.map(([day = null, value = null]) => [day, value]));
    const values = Array.from({ length: last - first + 1 }, (_, index) => byDay.get(first + index) ?? null);
    const series = { firstDay: first, values };
    const observations = observationsIn(series, first, last);
    const { min, max, ...figures } = aggregateDays(observations, last - first + 1);
    const { atLeast, above, below } = countAgainst(observations, threshold);
    const streaks = findStreaks({ series, first, last, holds: (value) => value >= threshold });
    const ranking = rankDays(observations, top, "largest");
    expectToAgree(
      {
        ...figures,
        min: min?.value ?? null,
        max: max?.value ?? null,
        min_days: min?.days ?? [],
        max_days: max?.days ?? [],
        at_least: atLeast,
        above,
        below,
        longest_streak: streaks.longest?.length ?? 0,
        longest_streak_end: streaks.longest?.last ?? null,
        longest_streak_if_single_gaps_do_not_break: streaks.longestOverSingleGaps,
        top: ranking.top.map(({ day, value }) => [day, value]),
        tied_with_last_and_left_out: ranking.tiedAndLeftOut,
      },
      expected,
    );
  });

  it.each([
    // R 4.3: quantile(x, c(.25, .75)), type 7
    [[1, 2, 3, 4], { lower: 1.75, upper: 3.25 }],
    [[7, 1, 5, 3, 9], { lower: 3, upper: 7 }],
    [[4, 4, 4, 4, 10, 2], { lower: 4, upper: 4 }],
    [[12.5, 3, 8, 1, 20, 7, 9], { lower: 5, upper: 10.75 }],
    [[1, 2, 3], null],
  ])("have the quartiles of R: %j", (values, quartiles) => {
    expect(quartilesOf(values.map((value, day) => ({ day, value })))).toEqual(quartiles);
  });

  it("treat a null day like an absent one", () => {
    fc.assert(
      fc.property(ringSeries(40), fc.nat(20), (series, padding) => {
        const nulls = new Array<null>(padding).fill(null);
        const padded = { firstDay: firstDay - padding, values: [...nulls, ...series.values, ...nulls] };
        const figures = ({ values, firstDay: first }: typeof series) =>
          aggregateDays(observationsIn({ firstDay: first, values }, firstDay, firstDay + 39), 40);
        expect(figures(padded)).toEqual(figures(series));
      }),
    );
  });

  it("are the same with the smallest first, turned round", () => {
    fc.assert(
      fc.property(ringSeries(40), (series) => {
        const observations = observationsIn(series, firstDay, firstDay + 39);
        const turned = observations.map(({ day, value }) => ({ day, value: -value }));
        const smallest = rankDays(observations, 5, "smallest");
        const largest = rankDays(turned, 5, "largest");
        expect(smallest.top.map(({ day }) => day)).toEqual(largest.top.map(({ day }) => day));
        expect(smallest.tiedAndLeftOut).toBe(largest.tiedAndLeftOut);
      }),
    );
  });
});

describe("days in a row", () => {
  const streaksOf = (values: (number | null)[], today?: number) =>
    findStreaks({
      series: { firstDay: 0, values },
      first: 0,
      last: values.length - 1,
      holds: (value) => value >= 10,
      ...(today === undefined ? {} : { today }),
    });

  it("are broken by a missing day, and told without that", () => {
    const found = streaksOf([12, 12, null, 12, 12, 12, 5, 12, null, null, 12]);
    expect(found.longest).toEqual({ length: 3, first: 3, last: 5 });
    expect(found.longestCount).toBe(1);
    expect(found.longestOverSingleGaps).toBe(5);
    expect(found.current).toEqual({ length: 1, first: 10, last: 10 });
  });

  it("are not broken by today, which is not over", () => {
    expect(streaksOf([12, 12, null], 2).current).toEqual({ length: 2, first: 0, last: 1 });
    expect(streaksOf([12, 12, 3], 2).current).toEqual({ length: 2, first: 0, last: 1 });
    expect(streaksOf([12, 12, 12], 2).current).toEqual({ length: 3, first: 0, last: 2 });
    expect(streaksOf([12, 12, null]).current).toBeNull();
  });

  it("count the runs that are as long as the longest", () => {
    expect(streaksOf([12, 1, 12, 12, 1, 12, 12, null, 12])).toMatchObject({ longest: { first: 5 }, longestCount: 2 });
    expect(streaksOf([12, 1, 12, null, 12])).toMatchObject({ longest: { first: 4 }, longestCount: 3 });
  });

  it("have no length where nothing holds", () => {
    expect(streaksOf([1, 2, null])).toEqual({
      longest: null,
      longestCount: 0,
      current: null,
      longestOverSingleGaps: 0,
    });
    expect(streaksOf([])).toEqual({ longest: null, longestCount: 0, current: null, longestOverSingleGaps: 0 });
  });
});

describe("days in groups", () => {
  const [first, last] = [numberOf("2024-12-30"), numberOf("2025-04-02")]; // a Monday to a Wednesday

  it("have every day of the range once", () => {
    for (const grouping of groupings) {
      const days = groupDays(first, last, grouping).flatMap((group) => group.days);
      expect(
        days.toSorted((one, other) => one - other),
        grouping,
      ).toEqual(Array.from({ length: last - first + 1 }, (_, index) => first + index));
    }
  });

  it("name weeks as ISO 8601 does, and mark parts", () => {
    const weeks = groupDays(first, last, "week");
    expect(weeks[0]).toMatchObject({ name: "2025-W01", isPartial: false });
    expect(weeks.at(-1)).toMatchObject({ name: "2025-W14", isPartial: true });
    const monthParts = groupDays(first, last, "month").map(({ name, isPartial }) => [name, isPartial]);
    expect(monthParts).toEqual([
      ["2024-12", true],
      ["2025-01", false],
      ["2025-02", false],
      ["2025-03", false],
      ["2025-04", true],
    ]);
    expect(groupDays(first, last, "quarter").map(({ name }) => name)).toEqual(["2024-Q4", "2025-Q1", "2025-Q2"]);
    expect(groupDays(first, last, "year").map(({ name }) => name)).toEqual(["2024", "2025"]);
    const newYear = dayNumbers({
      start: parseIsoDay("2021-01-03") ?? never(),
      end: parseIsoDay("2021-01-04") ?? never(),
    });
    expect(groupDays(newYear.first, newYear.last, "week").map(({ name }) => name)).toEqual(["2020-W53", "2021-W01"]);
  });

  it("put weekdays in order whatever day the range starts on", () => {
    const names = groupDays(first + 3, last, "weekday").map(({ name }) => name);
    expect(names).toEqual(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);
    const weekend = groupDays(first, last, "weekend").find(({ name }) => name === "weekend");
    expect(weekend?.days[0]).toBe(first + 5);
    expect(weekend?.isPartial).toBe(false);
  });
});

function never(): never {
  throw new Error("not a day");
}
