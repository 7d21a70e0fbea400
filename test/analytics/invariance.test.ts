import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aggregateDays } from "../../src/analytics/aggregates.ts";
import { averageAround, lookAround, shareOutside } from "../../src/analytics/around-event.ts";
import { type ClockNight, findChronotype } from "../../src/analytics/chronotype.ts";
import { onClock } from "../../src/analytics/circular.ts";
import { spreadOfClock } from "../../src/analytics/clock-spread.ts";
import { comparePeriods } from "../../src/analytics/comparison.ts";
import { isoDay } from "../../src/analytics/day.ts";
import { groupDays } from "../../src/analytics/day-groups.ts";
import { testMonths } from "../../src/analytics/month-test.ts";
import { correctByHolm } from "../../src/analytics/multiple-comparisons.ts";
import { negativeBinomialCumulative } from "../../src/analytics/negative-binomial.ts";
import { mostOrdinaryFlags, ordinaryShare } from "../../src/analytics/ordinary-flags.ts";
import { rankDays } from "../../src/analytics/ranked-days.ts";
import { type Recovery, recoverAfter } from "../../src/analytics/recovery.ts";
import { type DailySeries, mapSeries, type Observation, observationsIn } from "../../src/analytics/series.ts";
import { regularityIndex } from "../../src/analytics/sleep-regularity.ts";
import { measureShortfall } from "../../src/analytics/sleep-shortfall.ts";
import { findStreaks } from "../../src/analytics/streaks.ts";
import { estimateSurvival } from "../../src/analytics/survival.ts";
import { countAgainst } from "../../src/analytics/threshold-count.ts";
import { sortNumbers, summarizeWinsorised, winsorise, winsorLimits } from "../../src/analytics/winsorise.ts";
import { firstDay, numbersIn, ringSeries, wildSeries } from "./generators.ts";
import { expectToAgree } from "./golden/methods.ts";
import { modelWith } from "./models.ts";

/** 400 years: months, weekdays and leap years repeat. */
const calendarPeriod = 146_097;
const prior = { sd: 2, phi: 0.3, slowShare: 0.2 };
const dateShift = fc.integer({ min: -9000, max: 9000 });

function measured({ firstDay: first, values }: DailySeries): Observation[] {
  return observationsIn({ firstDay: first, values }, first, first + values.length - 1);
}

/** The same days with null before and after them, which must be as if these days were absent. */
function padded({ firstDay: first, values }: DailySeries): DailySeries {
  const nulls = new Array<null>(40).fill(null);
  return { firstDay: first - nulls.length, values: [...nulls, ...values, ...nulls] };
}

function moved({ firstDay: first, values }: DailySeries, by: number): DailySeries {
  return { firstDay: first + by, values };
}

function expectFinite(answer: unknown): void {
  expect(numbersIn(answer).filter((number) => !Number.isFinite(number))).toEqual([]);
}

describe("months", () => {
  const figures = (series: DailySeries, scale = 1) =>
    testMonths(measured(series), { ...prior, sd: prior.sd * scale }, 0.5 * scale).map(({ n, difference, low, p }) => ({
      n,
      difference: difference / scale,
      low: low / scale,
      p,
    }));

  it("move with the unit, and do not depend on the level, the 400 years, or null days", () => {
    fc.assert(
      fc.property(ringSeries(120), fc.integer({ min: 1, max: 60 }), (series, scale) => {
        const here = figures(series);
        expectToAgree(
          figures(
            mapSeries(series, (value) => value * scale),
            scale,
          ),
          here,
        );
        expectToAgree(figures(moved(series, calendarPeriod)), here);
        expectToAgree(figures(padded(series)), here);
        const lifted = figures(mapSeries(series, (value) => value + 100));
        lifted.forEach(({ difference, p }, index) => {
          expect(difference).toBeCloseTo(here[index]?.difference ?? Number.NaN, 8);
          expect(p).toBeCloseTo(here[index]?.p ?? Number.NaN, 8);
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe("two periods", () => {
  it("do not change with null days around them", () => {
    const before = { start: isoDay(firstDay + 60), end: isoDay(firstDay + 79) };
    const after = { start: isoDay(firstDay + 80), end: isoDay(firstDay + 99) };
    fc.assert(
      fc.property(ringSeries(100), fc.boolean(), (series, weekday) => {
        const model = modelWith({ weekday });
        expect(comparePeriods(padded(series), before, after, model)).toEqual(
          comparePeriods(series, before, after, model),
        );
      }),
    );
  });
});

describe("the days around an event", () => {
  const event = 80;
  const look = (series: DailySeries, sdFloor = 0.5) =>
    lookAround(series, modelWith({ sdFloor }), series.firstDay + event, null);
  const scores = (series: DailySeries, sdFloor?: number) => {
    const found = look(series, sdFloor);
    return found.kind === "around" ? found.days.map(({ z, isOutside }) => ({ z, isOutside })) : found;
  };

  it("do not depend on the date, the unit or null days before", () => {
    fc.assert(
      fc.property(ringSeries(95), dateShift, fc.constantFrom(0.25, 2, 8), (series, by, scale) => {
        expect(scores(moved(series, by))).toEqual(scores(series));
        expectToAgree(
          scores(
            mapSeries(series, (value) => value * scale),
            0.5 * scale,
          ),
          scores(series),
        );
        const longer = {
          firstDay: series.firstDay - 40,
          values: [...new Array<null>(40).fill(null), ...series.values],
        };
        expect(lookAround(longer, modelWith({ sdFloor: 0.5 }), series.firstDay + event, null)).toEqual(look(series));
      }),
    );
  });

  it("are averaged in any order, and the share outside does not depend on the date", () => {
    fc.assert(
      fc.property(fc.array(ringSeries(95), { minLength: 1, maxLength: 4 }), dateShift, (list, by) => {
        const events = list.map((series) => look(series));
        expectToAgree(averageAround(events.toReversed()), averageAround(events));
        const [series] = list;
        if (!series) return;
        const share = (of: DailySeries) =>
          shareOutside(of, modelWith(), { first: of.firstDay + 60, last: of.firstDay + 90 }, [of.firstDay + event]);
        expect(share(moved(series, by))).toEqual(share(series));
      }),
    );
  });
});

describe("the recovery", () => {
  const question = (series: DailySeries, scale = 1) =>
    recoverAfter({
      series,
      event: series.firstDay + 30,
      nextEvent: series.firstDay + 60,
      usual: { low: 50 * scale, high: 70 * scale },
    });

  it("does not depend on the date or the unit", () => {
    fc.assert(
      fc.property(ringSeries(70), dateShift, (series, by) => {
        expect(question(moved(series, by))).toEqual(question(series));
        expect(
          question(
            mapSeries(series, (value) => 2 * value),
            2,
          ),
        ).toEqual(question(series));
      }),
    );
  });

  it("is the same for events in any order, and its shares fall from 1 to 0", () => {
    const recovery: fc.Arbitrary<Recovery> = fc.oneof(
      fc.integer({ min: 1, max: 14 }).map((night) => ({ kind: "recovered" as const, night })),
      fc
        .integer({ min: 0, max: 14 })
        .map((night) => ({ kind: "censored" as const, night, because: "horizon" as const })),
    );
    fc.assert(
      fc.property(fc.array(recovery, { maxLength: 20 }), (recoveries) => {
        const found = estimateSurvival(recoveries);
        expect(estimateSurvival(recoveries.toReversed())).toEqual(found);
        const shares = [1, ...found.steps.map(({ share }) => share)];
        shares.slice(1).forEach((share, index) => {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(shares[index] ?? 1);
        });
        expectFinite(found);
      }),
    );
  });
});

describe("figures of many days", () => {
  it("move with the unit and the date, and are finite", () => {
    fc.assert(
      fc.property(ringSeries(60), dateShift, fc.constantFrom(0.25, 2, 64), (series, by, scale) => {
        const days = measured(series);
        const here = aggregateDays(days, 60);
        const there = aggregateDays(measured(mapSeries(series, (value) => value * scale)), 60);
        const sizes = ({ mean, median, sd }: typeof here, per = 1) =>
          [mean, median, sd].map((size) => (size === null ? null : size / per));
        sizes(there, scale).forEach((size, index) => {
          const own = sizes(here)[index] ?? null;
          if (own === null) expect(size).toBeNull();
          else expect(size).toBeCloseTo(own, 8);
        });
        expect(there.min?.days).toEqual(here.min?.days);
        const later = aggregateDays(measured(moved(series, by)), 60);
        expect(later.max?.days.map((day) => day - by)).toEqual(here.max?.days);
        expect(countAgainst(days, 60)).toEqual(countAgainst(days.toReversed(), 60));
        expect(rankDays(days.toReversed(), 3, "largest")).toEqual(rankDays(days, 3, "largest"));
      }),
    );
    fc.assert(fc.property(wildSeries(), (series) => expectFinite(aggregateDays(measured(series), 100))));
  });

  it("have the same runs of days at another date, with null days around them", () => {
    fc.assert(
      fc.property(ringSeries(60), dateShift, (series, by) => {
        const runs = (of: DailySeries, start: number) => {
          const asked = { first: start, last: start + 59, holds: (value: number) => value >= 60, today: start + 100 };
          return findStreaks({ series: of, ...asked });
        };
        const here = runs(series, series.firstDay);
        expect(runs(padded(series), series.firstDay)).toEqual(here);
        const there = runs(moved(series, by), series.firstDay + by);
        expect(there.longest?.length).toBe(here.longest?.length);
        expect(there.longestOverSingleGaps).toBe(here.longestOverSingleGaps);
      }),
    );
  });

  it("are in groups that repeat every 400 years", () => {
    fc.assert(
      fc.property(fc.nat(5000), fc.constantFrom("weekday", "week", "month", "quarter", "year"), (first, grouping) => {
        const days = (start: number) =>
          groupDays(start, start + 90, grouping).map((group) => group.days.map((day) => day - start));
        expect(days(first + calendarPeriod)).toEqual(days(first));
      }),
    );
  });
});

describe("sleep habits", () => {
  const night = fc.record({
    onset: fc.integer({ min: 1260, max: 1560 }),
    duration: fc.integer({ min: 240, max: 600 }),
  });

  it("give a chronotype that does not depend on the order of nights, and moves with the clock", () => {
    const nights = fc.array(night, { minLength: 8, maxLength: 20 });
    fc.assert(
      fc.property(nights, nights, fc.integer({ min: -120, max: 120 }), (work, free, by) => {
        const find = (shift: number, order: (list: ClockNight[]) => ClockNight[] = (list) => list) => {
          const place = ({ onset, duration }: ClockNight) => ({ onset: onClock(onset + shift), duration });
          const found = findChronotype(order(work.map(place)), order(free.map(place)));
          if (found.kind !== "chronotype") throw new Error(found.kind);
          return found;
        };
        const here = find(0);
        for (const there of [find(by), find(0, (list) => list.toReversed())]) {
          expect(there.socialJetLag).toBeCloseTo(here.socialJetLag, 6);
          expect(there.durationWeek).toBeCloseTo(here.durationWeek, 6);
        }
        expect(Math.abs(onClock(find(by).midSleepFree - here.midSleepFree - by + 720) - 720)).toBeLessThan(1e-6);
      }),
    );
  });

  it("give a regularity that is the same backwards, and with sleep and wake exchanged", () => {
    const day = fc.option(fc.array(fc.constantFrom(true, false, null), { minLength: 6, maxLength: 6 }));
    fc.assert(
      fc.property(fc.array(day, { maxLength: 20 }), (days) => {
        const here = regularityIndex(days);
        expect(regularityIndex(days.toReversed())).toEqual(here);
        const exchanged = days.map((one) => one?.map((state) => (state === null ? null : !state)) ?? null);
        expect(regularityIndex(exchanged)).toEqual(here);
        expectFinite(here);
      }),
    );
  });

  it("give a shortfall that moves with the unit, and finite figures", () => {
    const hours = fc.array(fc.option(fc.double({ min: 0, max: 14, noNaN: true })), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(hours, (nights) => {
        const here = measureShortfall(nights, 7);
        const there = measureShortfall(
          nights.map((value) => (value === null ? null : 60 * value)),
          7 * 60,
        );
        expectFinite(here);
        expect(there.kind).toBe(here.kind);
        if (here.kind !== "shortfall" || there.kind !== "shortfall") return;
        expect(there.netHours / 60).toBeCloseTo(here.netHours, 8);
        expect(there.grossHours / 60).toBeCloseTo(here.grossHours, 8);
        expect(there.shortNights).toBe(here.shortNights);
      }),
    );
  });

  it("give a spread of clock times that is finite", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1439.9, noNaN: true }), { maxLength: 30 }), (minutes) =>
        expectFinite(spreadOfClock(minutes)),
      ),
    );
  });
});

describe("what ordinary days give", () => {
  it("falls with distance, is a share, and its limit grows with the mean", () => {
    const z = fc.double({ min: 0, max: 40, noNaN: true });
    const mean = fc.double({ min: 0, max: 400, noNaN: true });
    fc.assert(
      fc.property(z, z, fc.integer({ min: 2, max: 90 }), mean, mean, (one, other, n, few, many) => {
        const [near, far] = [Math.min(one, other), Math.max(one, other)].map((size) => ordinaryShare(size, n));
        expect(near).toBeGreaterThanOrEqual((far ?? 0) - 1e-12);
        expect(near).toBeLessThanOrEqual(1);
        expect(ordinaryShare(-one, n)).toBe(ordinaryShare(one, n));
        expect(mostOrdinaryFlags(Math.min(few, many))).toBeLessThanOrEqual(mostOrdinaryFlags(Math.max(few, many)));
        const most = mostOrdinaryFlags(few);
        expect(negativeBinomialCumulative(most, { mean: few, dispersion: 1.5 })).toBeGreaterThanOrEqual(0.95);
      }),
    );
  });
});

it("corrects several p values in any order", () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 12 }), (ps) => {
      const found = correctByHolm(ps);
      expect(correctByHolm(ps.toReversed()).toReversed()).toEqual(found);
      found.forEach((corrected, index) => {
        if (corrected !== null) expect(corrected).toBeGreaterThanOrEqual(ps[index] ?? 1);
      });
      expectFinite(found);
    }),
  );
});

it("summarizes winsorised values as they would be one by one", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 30, max: 120 }), { minLength: 2, maxLength: 60 }), (values) => {
      const limits = winsorLimits(sortNumbers(values), 1);
      const listed = winsorise(values, limits);
      const mean = listed.reduce((sum, value) => sum + value, 0) / listed.length;
      const squares = listed.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      expectToAgree(summarizeWinsorised(sortNumbers(values), limits), {
        mean,
        sd: Math.sqrt(squares / (listed.length - 1)),
      });
    }),
  );
});
