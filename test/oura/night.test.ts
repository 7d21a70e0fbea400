import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type IsoDay, isoDay } from "../../src/analytics/day.ts";
import { gatherSleepDays, readSleepDay, type Sleep, type SleepDay, type SleepPeriod } from "../../src/oura/night.ts";
import { ouraRoutes } from "../../src/oura/routes.ts";
import golden from "./golden/night.json" with { type: "json" };

const day = "2026-08-18" as IsoDay; // a literal in the right form
const midnight = Date.parse("2026-08-18T00:00:00+02:00");

/** A timestamp, in minutes after the midnight that begins the day. */
function stamp(minute: number): string {
  return new Date(midnight + (minute + 120) * 60_000).toISOString().replace("Z", "+02:00");
}

function record(type: string | null, start: number, end: number | null, fields: object = {}): SleepPeriod {
  return ouraRoutes.sleep.schema.parse({
    ...Object.fromEntries(Object.keys(ouraRoutes.sleep.schema.shape).map((key) => [key, null])),
    day,
    type,
    bedtime_start: stamp(start),
    bedtime_end: end === null ? null : stamp(end),
    ...fields,
  });
}

/** The figures of the golden file, in minutes. */
function describeSleep(sleep: Sleep) {
  const minute = (instant: number) => (instant - midnight) / 60_000;
  return {
    start: minute(sleep.start),
    end: minute(sleep.end),
    in_bed: sleep.time_in_bed / 60,
    asleep: (sleep.total_sleep_duration ?? Number.NaN) / 60,
    efficiency: sleep.efficiency,
    latency: (sleep.latency ?? Number.NaN) / 60,
    lowest: sleep.lowest_heart_rate,
    hrv: sleep.average_hrv,
    parts: sleep.parts.length,
  };
}

function asCloseAs<Value>(expected: Value): unknown {
  if (typeof expected === "number") return expect.closeTo(expected, 9);
  if (Array.isArray(expected)) return expected.map(asCloseAs);
  if (expected === null || typeof expected !== "object") return expected;
  return Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, asCloseAs(value)]));
}

describe("the night of a day", () => {
  it.each(golden.cases)("is as defined: $name", ({ input, expected }) => {
    const periods = input.parts.map(({ type, start, end, asleep, lowest, hrv, latency }) =>
      record(type, start, end, {
        total_sleep_duration: asleep * 60,
        lowest_heart_rate: lowest,
        average_hrv: hrv,
        latency: latency * 60,
      }),
    );
    const found = readSleepDay(day, periods, input.scored);
    expect({
      night: found.night && describeSleep(found.night),
      short: found.isShort,
      second_sleeps: found.secondSleeps.map(describeSleep),
      naps: found.naps.map((nap) => {
        const { start, end, asleep } = describeSleep(nap);
        return { start, end, asleep };
      }),
      total_with_naps: found.totalWithNaps === null ? null : found.totalWithNaps / 60,
      unfinished: found.unfinished.length,
    }).toEqual(asCloseAs(expected));
  });

  it("holds parts that begin less than three hours after the last one ended, and not those after", () => {
    const slept = { total_sleep_duration: 3600 };
    const count = (start: number) =>
      readSleepDay(day, [record("long_sleep", 0, 100, slept), record("long_sleep", start, 400, slept)], true).night
        ?.parts.length;
    expect(count(279)).toBe(2);
    expect(count(280)).toBe(1);
  });

  it("is joined from parts across a change of the clock and of the zone, by what really passed", () => {
    const first = record("long_sleep", 0, 100, { bedtime_end: "2026-08-18T01:40:00+02:00", total_sleep_duration: 600 });
    const second = record("long_sleep", 0, 0, {
      bedtime_start: "2026-08-18T01:10:00+01:00",
      bedtime_end: "2026-08-18T06:00:00+01:00",
      total_sleep_duration: 600,
    });
    expect(readSleepDay(day, [first, second], true).night).toMatchObject({
      bedtime_start: stamp(0),
      bedtime_end: "2026-08-18T06:00:00+01:00",
      time_in_bed: 7 * 3600,
    });
  });

  it("can be a short sleep only if that ends before noon on its own clock and the day has no long one", () => {
    const slept = { total_sleep_duration: 7200 };
    const isShort = (...periods: SleepPeriod[]) => readSleepDay(day, periods, true).isShort;
    expect(isShort(record("sleep", 500, 719, slept))).toBe(true);
    expect(isShort(record("sleep", 500, 720, slept))).toBe(false);
    expect(isShort(record("late_nap", -360, -240, slept))).toBe(false); // the evening before
    expect(isShort(record("sleep", 200, 360, slept), record("long_sleep", 400, 700, slept))).toBe(false);
  });

  it("is not a short sleep while it is unknown whether Oura scored it; the sleep is told", () => {
    const short = record("sleep", 190, 365, { total_sleep_duration: 9600 });
    for (const isScored of [null, false]) {
      const found = readSleepDay(day, [short], isScored);
      expect(found.night).toBeNull();
      expect(found).toMatchObject({ uncounted: { total_sleep_duration: 9600 }, isScored });
    }
  });

  it("is not finished without an end, a start, a kind, or with an end before its start", () => {
    const slept = { total_sleep_duration: 7200 };
    const periods = [
      record("long_sleep", 0, null, slept),
      record("long_sleep", 0, 300, { ...slept, bedtime_start: null }),
      record(null, 0, 300, slept),
      record("long_sleep", 300, 300, slept),
    ];
    const found = readSleepDay(day, periods, true);
    expect(found).toMatchObject({ night: null, naps: [], totalWithNaps: null });
    expect(found.unfinished).toHaveLength(4);
  });

  it("has no time asleep where a part does not say it, and keeps what the parts do say", () => {
    const parts = [
      record("long_sleep", 0, 120, { average_hrv: 40, deep_sleep_duration: 600 }),
      record("long_sleep", 150, 270, { average_hrv: 60, deep_sleep_duration: 600, total_sleep_duration: 7200 }),
    ];
    const { night } = readSleepDay(day, parts, true);
    expect(night).toMatchObject({ total_sleep_duration: null, efficiency: null, deep_sleep_duration: 1200 });
    expect(night?.average_hrv).toBe(50);
  });

  it("keeps the means of the whole records where they overlap, and counts each minute of them once", () => {
    const parts = [
      record("long_sleep", 0, 300, { total_sleep_duration: 18_000, restless_periods: 90 }),
      record("long_sleep", 100, 300, { total_sleep_duration: 12_000, restless_periods: 60 }),
    ];
    const found = readSleepDay(day, parts, true);
    expect(found.night).toMatchObject({ total_sleep_duration: 18_000, restless_periods: 90, efficiency: 100 });
    expect(found.covered).toEqual([parts[1]]);
  });
});

describe("any day of records", () => {
  const blank = record(null, 0, 0);
  const minutes = fc.integer({ min: -360, max: 1080 });
  const orNull = <Value>(values: fc.Arbitrary<Value>) => fc.option(values, { nil: null, freq: 8 });
  const anyRecord = fc
    .record({
      day: fc.integer({ min: 20_000, max: 20_002 }),
      type: fc.constantFrom(
        "long_sleep",
        "long_sleep",
        "long_sleep",
        "sleep",
        "late_nap",
        "rest",
        "deleted",
        "trance",
        null,
      ),
      start: orNull(minutes),
      length: orNull(fc.integer({ min: -10, max: 600 })),
      asleep: orNull(fc.double({ min: 0, max: 1.1, noNaN: true })),
      deep: orNull(fc.double({ min: 0, max: 0.5, noNaN: true })),
      hrv: orNull(fc.integer({ min: 5, max: 120 })),
      lowest: orNull(fc.constantFrom(48, 52, 255)),
      offset: fc.constantFrom("+02:00", "-06:00", "+13:00"),
    })
    .map(({ day: number, type, start, length, asleep, deep, hrv, lowest, offset }) => {
      const at = (minute: number) =>
        new Date(Date.parse(`${isoDay(number)}T00:00:00Z`) + minute * 60_000).toISOString().replace("Z", offset);
      const seconds = Math.max(0, length ?? 0) * 60;
      return {
        ...blank,
        day: isoDay(number),
        type,
        bedtime_start: start === null ? null : at(start),
        bedtime_end: start === null || length === null ? null : at(start + length),
        total_sleep_duration: asleep === null ? null : Math.round(asleep * seconds),
        deep_sleep_duration: deep === null ? null : Math.round(deep * seconds),
        average_hrv: hrv,
        lowest_heart_rate: lowest,
      };
    });
  const anyDays = fc.array(anyRecord, { maxLength: 9 });

  /** What of a day does not add up. */
  function* faultsOf(found: SleepDay, records: number): Generator<string> {
    const sleeps = [...(found.night ? [found.night] : []), ...found.secondSleeps, ...found.naps];
    const stretches = sleeps.flatMap(({ parts }) => parts.flatMap(({ counted }) => counted));
    const inOrder = stretches.toSorted((one, other) => one.start - other.start);
    for (const [index, { start, end }] of inOrder.entries()) {
      if (end <= start) yield "an empty stretch";
      if (start < (inOrder[index - 1]?.end ?? Number.NEGATIVE_INFINITY)) yield "a minute counts twice";
    }
    for (const sleep of sleeps) {
      const asleep = sleep.total_sleep_duration;
      if (asleep !== sumOf(sleep.parts.map((part) => part.total_sleep_duration))) yield "parts that are not the whole";
      if ((asleep ?? 0) > sleep.time_in_bed + 1e-6) yield "longer asleep than in bed";
      if ((sleep.efficiency ?? 0) > 100 + 1e-6) yield "an efficiency above 100 %";
      if ((sleep.deep_sleep_duration ?? 0) > sleep.time_in_bed + 1e-6) yield "longer in deep sleep than in bed";
      const values = sleep.parts.flatMap(({ average_hrv }) => (average_hrv === null ? [] : [average_hrv]));
      const hrv = sleep.average_hrv;
      if ((hrv === null) !== (values.length === 0)) yield "a mean of nothing, or no mean of something";
      if (hrv !== null && (hrv < Math.min(...values) - 1e-9 || hrv > Math.max(...values) + 1e-9))
        yield "a mean outside its values";
    }
    const total = sleeps.length === 0 ? null : sumOf(sleeps.map((sleep) => sleep.total_sleep_duration));
    if ((total === null) !== (found.totalWithNaps === null)) yield "a total of unknown parts, or none of known ones";
    if (Math.abs((total ?? 0) - (found.totalWithNaps ?? 0)) > 1e-6) yield "a total that is not the sum";
    const told = new Set([
      ...sleeps.flatMap(({ parts }) => parts.map(({ period }) => period)),
      ...found.unfinished,
      ...found.covered,
    ]);
    if (told.size !== records) yield "a record that is not told once: in a sleep, as unfinished, or as covered";
  }

  function sumOf(terms: readonly (number | null)[]): number | null {
    return terms.reduce<number | null>((sum, term) => (sum === null || term === null ? null : sum + term), 0);
  }

  it("gives sleeps in which no minute counts twice and whose parts add up, over 10,000 days", () => {
    let days = 0;
    // biome-ignore lint/nursery/noFloatingPromises: the property is synchronous, so there is no promise
    fc.assert(
      fc.property(anyDays, fc.constantFrom(true, false, null), (periods, isScored) => {
        const counts = [null, "long_sleep", "sleep", "late_nap"];
        for (const found of gatherSleepDays(periods, () => isScored)) {
          days += 1;
          const records = periods.filter((one) => one.day === found.day && counts.includes(one.type)).length;
          const faults = [...faultsOf(found, records)];
          if (faults.length > 0) throw new Error(`${found.day}: ${faults.join(", ")}`);
        }
      }),
      { numRuns: 6_000 },
    );
    expect(days).toBeGreaterThan(10_000);
  });
});
