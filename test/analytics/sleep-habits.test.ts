import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ClockNight, chronotypeFigures, findChronotype } from "../../src/analytics/chronotype.ts";
import { onClock } from "../../src/analytics/circular.ts";
import { spreadOfClock } from "../../src/analytics/clock-spread.ts";
import { measureRegularity, regularityIndex } from "../../src/analytics/sleep-regularity.ts";
import { measureShortfall, recommendedHours } from "../../src/analytics/sleep-shortfall.ts";
import { numbersIn } from "./generators.ts";
import { expectToAgree, methods } from "./golden/methods.ts";

function nightsOf(pairs: readonly (readonly number[])[]): ClockNight[] {
  return pairs.map(([onset = 0, duration = 0]) => ({ onset, duration }));
}

describe("the sleep regularity index", () => {
  it.each(methods.sri.cases)("agrees with numpy: $name", ({ input, expected }) => {
    const days = input.map((day) => day?.map((state) => (state === null ? null : state === 1)) ?? null);
    const { index, pairsOfEpochs } = regularityIndex(days);
    expectToAgree({ sri: index, pairs: pairsOfEpochs }, expected);
  });

  const night = [false, true, true, false];

  it("needs seven pairs of neighbouring days, and is provisional below 14", () => {
    expect(measureRegularity(new Array(7).fill(night))).toEqual({ kind: "too_few_days", pairsOfDays: 6, needPairs: 7 });
    expect(measureRegularity(new Array(8).fill(night))).toMatchObject({ index: 100, isProvisional: true });
    expect(measureRegularity(new Array(15).fill(night))).toMatchObject({ index: 100, isProvisional: false });
  });

  it("counts a day on which nothing is known like an absent one", () => {
    const unknown = night.map(() => null);
    const around = (day: (typeof night)[number][] | null[] | null) => [
      ...new Array(8).fill(night),
      day,
      ...new Array(8).fill(night),
    ];
    expect(measureRegularity(around(unknown))).toEqual(measureRegularity(around(null)));
  });

  it("is from −100 to 100", () => {
    const state = fc.constantFrom(true, false, null);
    fc.assert(
      fc.property(fc.array(fc.option(fc.array(state, { minLength: 6, maxLength: 6 })), { maxLength: 20 }), (days) => {
        const { index } = regularityIndex(days);
        if (index !== null) expect(Math.abs(index)).toBeLessThanOrEqual(100);
      }),
    );
  });
});

describe("the spread of bedtimes", () => {
  it.each(methods.bedtimeSpread.cases)("agrees with numpy: $name", ({ input, expected }) => {
    const found = spreadOfClock(input);
    if (found.kind === "too_few_nights") throw new Error(found.kind);
    expectToAgree({ sd: found.sd, R: found.concentration }, { sd: expected.sd, R: expected.R });
    if (found.kind === "no_usual_time") return expect([expected.median, expected.R < 0.3]).toEqual([null, true]);
    for (const key of ["mean", "median", "earliest", "latest"] as const)
      expect(Math.abs(onClock(found[key] - (expected[key] ?? 0) + 720) - 720), key).toBeLessThan(1e-9);
  });

  it("needs seven nights", () => {
    expect(spreadOfClock([1380, 1390, 10])).toEqual({ kind: "too_few_nights", n: 3, needNights: 7 });
    expect(spreadOfClock([], 0)).toEqual({ kind: "too_few_nights", n: 0, needNights: 0 });
  });

  it("lays the evening before midnight, so that later times are larger", () => {
    const found = spreadOfClock([1430, 1435, 1425, 10, 20, 15, 0]);
    if (found.kind !== "spread") throw new Error(found.kind);
    expect(found.line.map(Math.round)).toEqual([-10, -5, -15, 10, 20, 15, 0]);
  });

  it("does not depend on the order of nights, and moves with the clock", () => {
    const times = fc.array(fc.integer({ min: 1300, max: 1540 }).map(onClock), { minLength: 7, maxLength: 30 });
    fc.assert(
      fc.property(times, fc.integer({ min: -300, max: 300 }), (minutes, by) => {
        const here = spreadOfClock(minutes);
        const there = spreadOfClock(minutes.map((minute) => onClock(minute + by)));
        const back = spreadOfClock(minutes.toReversed());
        if (here.kind !== "spread" || there.kind !== "spread" || back.kind !== "spread") throw new Error(here.kind);
        expect(there.sd).toBeCloseTo(here.sd, 6);
        expect(Math.abs(onClock(there.mean - here.mean - by + 720) - 720)).toBeLessThan(1e-6);
        expect(back.sd).toBeCloseTo(here.sd, 6);
      }),
    );
  });
});

describe("the chronotype", () => {
  it.each(methods.chronotype.cases)("agrees with the MCTQ: $name", ({ input, expected }) => {
    const found = chronotypeFigures(nightsOf(input.work), nightsOf(input.free), input.workdays);
    if (found === null) throw new Error("no figures");
    expectToAgree(
      {
        msf: found.midSleepFree,
        msw: found.midSleepWork,
        sd_free: found.durationFree,
        sd_work: found.durationWork,
        sd_week: found.durationWeek,
        msfsc: found.chronotype,
        social_jetlag: Math.abs(found.socialJetLag),
        social_jetlag_relative: found.socialJetLag,
        social_jetlag_sc: found.socialJetLagCorrected,
      },
      expected,
    );
  });

  it("needs eight work nights and four free nights", () => {
    const night = { onset: 1390, duration: 430 };
    const nights = (count: number) => new Array<ClockNight>(count).fill(night);
    expect(findChronotype(nights(7), nights(4))).toMatchObject({ kind: "too_few_nights", workNights: 7 });
    expect(findChronotype(nights(8), nights(3))).toMatchObject({ kind: "too_few_nights", freeNights: 3 });
    expect(findChronotype(nights(8), nights(4))).toMatchObject({ kind: "chronotype", socialJetLag: 0 });
    expect(chronotypeFigures([], nights(4), 5)).toBeNull();
  });

  it("never gives NaN or infinity", () => {
    const night = fc.record({ onset: fc.integer({ min: 0, max: 1439 }), duration: fc.integer({ min: 0, max: 1440 }) });
    fc.assert(
      fc.property(
        fc.array(night, { minLength: 8 }),
        fc.array(night, { minLength: 4 }),
        fc.nat(7),
        (work, free, days) => {
          expect(numbersIn(findChronotype(work, free, days)).filter((value) => !Number.isFinite(value))).toEqual([]);
        },
      ),
    );
  });
});

describe("the sleep shortfall", () => {
  it.each(methods.sleepShortfall.cases)("agrees with numpy: $name", ({ input, expected }) => {
    const found = measureShortfall(input.hours, input.need);
    if (found.kind === "too_few_nights") {
      expect({ kind: found.kind, n: found.n, need_nights: found.needNights }).toEqual(expected);
      return;
    }
    const { kind, n, missing } = found;
    const figures = {
      net_hours: found.netHours,
      gross_hours: found.grossHours,
      short_nights: found.shortNights,
      mean_hours: found.meanHours,
      net_per_night: found.netPerNight,
    };
    expectToAgree({ kind, n, missing, ...figures }, expected);
  });

  it("does not depend on the order of nights", () => {
    const hours = fc.array(fc.option(fc.double({ min: 0, max: 14, noNaN: true })), { minLength: 14, maxLength: 14 });
    fc.assert(
      fc.property(hours, (nights) =>
        expectToAgree(
          measureShortfall(nights.toReversed(), recommendedHours),
          measureShortfall(nights, recommendedHours),
        ),
      ),
    );
  });
});
