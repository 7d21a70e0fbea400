import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { averageAround, lookAround, shareOutside } from "../../src/analytics/around-event.ts";
import { firstDay, gaussianSeries, numbersIn, wildSeries } from "./generators.ts";
import { modelWith } from "./models.ts";

const event = firstDay + 80;
/** 100 nights of about 50. From the first night after the event on, the values of `change` are added; null removes the night's value. */
function nightsWith(change: readonly (number | null)[]) {
  const values = gaussianSeries(5, 100).map((noise, index) => {
    const added = change[index - 81] === undefined ? 0 : (change[index - 81] ?? null);
    return added === null ? null : 50 + 0.5 * noise + added;
  });
  return { firstDay, values };
}

function around(change: readonly (number | null)[], nextEvent: number | null = null) {
  const found = lookAround(nightsWith(change), modelWith({ sdFloor: 0.5 }), event, nextEvent);
  if (found.kind !== "around") throw new Error(found.kind);
  return found;
}

describe("the days around an event", () => {
  it("are judged against the 60 days before it, so that what follows does not become usual", () => {
    const { days, recovery } = around([6, 8, 5, 3, 0, 0]);
    expect(days.map(({ offset }) => offset)).toEqual([-3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(days.filter(({ isOutside }) => isOutside).map(({ offset }) => offset)).toEqual(
      expect.arrayContaining([1, 2, 3, 4]),
    );
    expect(days.find(({ offset }) => offset === 2)?.z).toBeGreaterThan(8);
    expect(new Set(days.map(({ usual }) => usual.n))).toEqual(new Set([60]));
    expect(recovery.kind).toBe("recovered");
    expect(recovery.night).toBeGreaterThanOrEqual(5);
  });

  it("do not change with what happens after the nights looked at, and a night without data is no value", () => {
    const { days, recovery } = around([6, null, null]);
    expect(days.find(({ offset }) => offset === 2)).toMatchObject({ value: null, z: null, isOutside: false });
    expect(recovery).toEqual({ kind: "censored", night: 1, because: "missing_nights" });
    expect(around([6, 6, 6, 6], event + 3).recovery).toEqual({ kind: "censored", night: 2, because: "next_event" });
  });

  it("cannot be judged with too little history", () => {
    const young = { firstDay: event - 5, values: new Array<number>(30).fill(50) };
    expect(lookAround(young, modelWith(), event, null)).toMatchObject({ kind: "too_little_history", haveDays: 5 });
  });

  it("are averaged over several events, each with its own n", () => {
    const events = [
      around([6, 8]),
      around([4, null]),
      { kind: "too_little_history", haveDays: 3, needDays: 14 } as const,
    ];
    const first = averageAround(events).find(({ offset }) => offset === 1);
    const second = averageAround(events).find(({ offset }) => offset === 2);
    expect([first?.n, second?.n]).toEqual([2, 1]);
    expect(first?.z ?? 0).toBeLessThan(second?.z ?? 0);
    expect(averageAround([])[0]).toEqual({ offset: -3, n: 0, z: null, difference: null, interval: null });
  });

  it("lie outside the usual range on about two ordinary days in ten", () => {
    const series = { firstDay, values: gaussianSeries(9, 2000).map((noise) => 50 + 3 * noise) };
    const range = { first: firstDay + 60, last: firstDay + 1999 };
    const { share, n } = shareOutside(series, modelWith({ sdFloor: 0.5 }), range, []);
    expect(n).toBe(1940);
    expect(share).toBeGreaterThan(0.17);
    expect(share).toBeLessThan(0.23);
    expect(shareOutside(series, modelWith(), range, [firstDay + 100]).n).toBe(1930);
    expect(shareOutside({ firstDay, values: [] }, modelWith(), range, []).share).toBeNull();
  });

  it("never give NaN or infinity", () => {
    fc.assert(
      fc.property(wildSeries(), fc.integer({ min: 0, max: 100 }), (series, at) => {
        const found = [lookAround(series, modelWith({ sdFloor: 0 }), firstDay + at, null)];
        expect(numbersIn([found, averageAround(found)]).filter((value) => !Number.isFinite(value))).toEqual([]);
      }),
    );
  });
});
