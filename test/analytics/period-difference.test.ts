import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ComparedDays,
  type DifferenceOptions,
  estimateDifference,
} from "../../src/analytics/period-difference.ts";
import type { Observation } from "../../src/analytics/series.ts";
import { numbersIn } from "./generators.ts";
import { expectToAgree, methods, observationsOf } from "./golden/methods.ts";

const options: DifferenceOptions = { prior: { sd: 2.3, phi: 0.4, slowShare: 0.15 }, sdFloor: 1 };
const withWeekdays: DifferenceOptions = { ...options, weekday: true };

/** Days from `first` on; a null is a day without a value. */
function daysFrom(first: number, values: readonly (number | null)[]): Observation[] {
  return values.flatMap((value, index) => (value === null ? [] : [{ day: first + index, value }]));
}

const value = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 40, max: 80 }) },
  { weight: 2, arbitrary: fc.double({ min: 40, max: 80, noNaN: true }) },
  { weight: 2, arbitrary: fc.constant(null) },
);
const side = fc.array(value, { minLength: 3, maxLength: 30 }).filter((list) => list.some((one) => one !== null));
const comparedDays = fc.record({ history: fc.array(value, { maxLength: 90 }), before: side, after: side }).map(
  ({ history, before, after }): ComparedDays => ({
    history: daysFrom(20_000, history),
    before: daysFrom(20_090, before),
    after: daysFrom(20_120, after),
  }),
);
const anyOptions = fc.constantFrom(options, withWeekdays, { ...options, sdFloor: 0 });

function mapDays(days: ComparedDays, change: (observation: Observation) => Observation): ComparedDays {
  return { history: days.history.map(change), before: days.before.map(change), after: days.after.map(change) };
}

describe("the difference of two periods", () => {
  it.each(methods.shortComparison.cases)("agrees with numpy and scipy: $name", ({ input, expected }) => {
    const { sd0, phi0, slow, floor } = input;
    const days = {
      history: observationsOf(input.history),
      before: observationsOf(input.before),
      after: observationsOf(input.after),
    };
    const found = estimateDifference(days, {
      prior: { sd: sd0, phi: phi0, slowShare: slow },
      sdFloor: floor,
      weekday: "weekday" in input && input.weekday === true,
    });
    const { difference, low, high, degreesOfFreedom: df, sd, phi, p } = found;
    const { plain_difference: plain, ...rest } = expected;
    expectToAgree({ difference, low, high, df, sd, phi, p }, rest);
    if (!found.isWeekdayAdjusted) expectToAgree(difference, plain);
  });

  it("equals the difference of the means it shows", () => {
    fc.assert(
      fc.property(comparedDays, anyOptions, (days, how) => {
        const { before, after, difference, low, high } = estimateDifference(days, how);
        expect(after - before).toBe(difference);
        expect(low).toBeLessThanOrEqual(difference);
        expect(high).toBeGreaterThanOrEqual(difference);
      }),
    );
  });

  it("changes its sign when the periods change places", () => {
    fc.assert(
      fc.property(comparedDays, anyOptions, (days, how) => {
        const there = estimateDifference(days, how);
        const back = estimateDifference({ ...days, before: days.after, after: days.before }, how);
        expect(back.difference).toBeCloseTo(-there.difference, 9);
        expect(back.low).toBeCloseTo(-there.high, 9);
        expect(back.p).toBeCloseTo(there.p, 9);
      }),
    );
  });

  it("moves with the unit", () => {
    fc.assert(
      fc.property(comparedDays, anyOptions, fc.double({ min: 0.01, max: 100, noNaN: true }), (days, how, unit) => {
        const scaled = mapDays(days, ({ day, value: x }) => ({ day, value: x * unit }));
        const prior = { ...how.prior, sd: how.prior.sd * unit };
        const here = estimateDifference(days, how);
        const there = estimateDifference(scaled, { ...how, prior, sdFloor: how.sdFloor * unit });
        expectToAgree(there.difference / unit, here.difference);
        expectToAgree(there.low / unit, here.low);
        expectToAgree(there.p, here.p);
      }),
    );
  });

  it("does not depend on the level", () => {
    fc.assert(
      fc.property(comparedDays, anyOptions, fc.integer({ min: -500, max: 500 }), (days, how, by) => {
        const raised = mapDays(days, ({ day, value: x }) => ({ day, value: x + by }));
        expectToAgree(estimateDifference(raised, how).low, estimateDifference(days, how).low);
      }),
    );
  });

  it("does not depend on the date", () => {
    fc.assert(
      fc.property(comparedDays, anyOptions, fc.integer({ min: -9000, max: 9000 }), (days, how, by) => {
        const later = mapDays(days, ({ day, value: x }) => ({ day: day + by, value: x }));
        expectToAgree(estimateDifference(later, how), estimateDifference(days, how));
      }),
    );
  });

  it("is wider where neighbouring days resemble one another", () => {
    const alternating = Array.from({ length: 90 }, (_, day) => (day % 2 === 0 ? 50 : 54));
    const inRuns = Array.from({ length: 90 }, (_, day) => (Math.floor(day / 6) % 2 === 0 ? 50 : 54));
    const widthOf = (values: readonly number[]) => {
      const { low, high } = estimateDifference(
        {
          history: daysFrom(0, values),
          before: daysFrom(90, values.slice(0, 7)),
          after: daysFrom(97, values.slice(0, 7)),
        },
        options,
      );
      return high - low;
    };
    expect(widthOf(inRuns)).toBeGreaterThan(1.5 * widthOf(alternating));
  });

  it("adjusts for weekdays only with 28 days of history", () => {
    const weekly = Array.from({ length: 90 }, (_, day) => (day % 7 === 0 ? 20 : 50));
    const compare = (history: readonly Observation[]) =>
      estimateDifference(
        { history, before: daysFrom(91, [20, 50, 50]), after: daysFrom(95, [50, 50, 50]) },
        withWeekdays,
      );
    expect(compare(daysFrom(0, weekly))).toMatchObject({ isWeekdayAdjusted: true });
    expect(Math.abs(compare(daysFrom(0, weekly)).difference)).toBeLessThan(3);
    expect(compare(daysFrom(63, weekly.slice(0, 27)))).toMatchObject({ isWeekdayAdjusted: false, difference: 10 });
  });

  it("never gives NaN or infinity", () => {
    const wild = fc.oneof(
      fc.double({ min: -1e15, max: 1e15, noNaN: true }),
      fc.constantFrom(0, -0, 5e-324, 1e-300, 1e15, -1e15),
    );
    const list = (first: number, minLength: number) =>
      fc.array(wild, { minLength, maxLength: 40 }).map((values) => daysFrom(first, values));
    const days = fc.record({ history: list(0, 0), before: list(40, 1), after: list(80, 1) });
    const prior = fc.constantFrom(
      options.prior,
      { sd: 0, phi: 0, slowShare: 0 },
      { sd: 1e-300, phi: 0.9, slowShare: 0.3 },
    );
    fc.assert(
      fc.property(days, prior, fc.boolean(), fc.constantFrom(0, 1), (drawn, one, weekday, sdFloor) => {
        const found = estimateDifference(drawn, { prior: one, sdFloor, weekday });
        expect(numbersIn(found).filter((number) => !Number.isFinite(number))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
