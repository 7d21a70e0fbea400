import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findAlerts } from "../../src/analytics/alerts.ts";
import { detectAnomalies } from "../../src/analytics/anomalies.ts";
import { addDays, isoDay } from "../../src/analytics/day.ts";
import { findRuns } from "../../src/analytics/runs.ts";
import { thresholdsOf } from "../../src/analytics/sensitivity.ts";
import type { DailySeries } from "../../src/analytics/series.ts";
import { alertValue, strainMetrics, strainOf, strainSigns } from "../../src/analytics/strain.ts";
import { findStrainedNights, type MetricHistory } from "../../src/analytics/strained-nights.ts";
import { twoSidedP } from "../../src/analytics/t-distribution.ts";
import { firstDay, gaussianSeries, numbersIn, ringSeries, wildSeries } from "./generators.ts";
import { modelWith } from "./models.ts";

const history = 120;
const start = isoDay(firstDay + history);

function person(length: number, change: (metric: string, night: number) => number | null): MetricHistory[] {
  return strainMetrics.map((metric, index) => ({
    metric,
    model: modelWith({ sdFloor: 0.1 }),
    series: {
      firstDay,
      values: gaussianSeries(50 + index, length).map((value, day) => {
        const added = change(metric, day - history);
        return added === null ? null : 50 + value + added;
      }),
    },
  }));
}

const strained = (size: number) => (metric: string) => (metric === "hrv" ? -size : size);
const calm = () => 0;

describe("strain", () => {
  it("divides by √(1ᵀR1), 2.67 with all four", () => {
    const two = { resting_heart_rate: 2, hrv: -2, temperature_deviation: 2, breathing_rate: 2 };
    expect(strainOf(two)).toBeCloseTo(8 / Math.sqrt(7.14), 12);
    expect(strainOf({ resting_heart_rate: 2, hrv: -1 })).toBeCloseTo(3 / Math.sqrt(3), 12);
  });

  it("needs two metrics, caps each at 4 and ignores deviations in the good direction", () => {
    expect(strainOf({ resting_heart_rate: 9 })).toBeNull();
    expect(strainOf({ resting_heart_rate: 9, hrv: 9, temperature_deviation: 0, breathing_rate: 0 })).toBeCloseTo(
      4 / Math.sqrt(7.14),
      12,
    );
    expect(strainOf({ resting_heart_rate: 9, hrv: 9 })).toBeCloseTo(1.8, 12);
  });

  it("stays below every threshold where one metric alone is off, however far and whichever were measured", () => {
    const lowest = Math.min(...Object.values(thresholdsOf).map(({ alert }) => alert));
    const night = fc
      .record({
        measured: fc.subarray([...strainMetrics], { minLength: 2 }),
        raised: fc.constantFrom(...strainMetrics),
        size: fc.double({ min: 0, max: 1e6, noNaN: true }),
        better: fc.double({ min: 0, max: 9, noNaN: true }),
      })
      .map(({ measured, raised, size, better }) =>
        strainOf(
          Object.fromEntries(
            measured.map((metric) => [metric, strainSigns[metric] * (metric === raised ? size : -better)]),
          ),
        ),
      );
    fc.assert(
      fc.property(night, fc.option(night), (tonight, before) => {
        const alert = alertValue(tonight ?? 0, before);
        expect(alert).toBeLessThan(lowest);
        expect(alert).toBeLessThan(2.5); // from 2.5 on, a night is left out of baselines
      }),
    );
  });

  it("combines a night with the night before", () => {
    expect(alertValue(2, 2)).toBeCloseTo(4 / Math.sqrt(2.7), 12);
    expect(alertValue(2, null)).toBeCloseTo(2 / 1.3, 12);
  });
});

describe("strained nights", () => {
  const range = { start, end: addDays(start, 39) };
  const ill = (night: number) => night >= 5 && night < 11;

  it("are excluded from later baselines", () => {
    const histories = person(history + 40, (metric, night) => (ill(night) ? strained(5)(metric) : 0));
    const { guarded, nights } = findStrainedNights(histories, range);
    for (const night of [5, 6, 7, 8, 9, 10]) expect(guarded.has(firstDay + history + night)).toBe(true);
    expect(nights[20]?.alert).toBeLessThan(2);
  });

  it("are excluded for at most ten nights in a row, so that a lasting change becomes usual", () => {
    const histories = person(history + 90, (metric, night) => (night >= 5 ? strained(5)(metric) : 0));
    const { guarded, nights } = findStrainedNights(histories, { start, end: addDays(start, 89) });
    const kept = [...guarded].filter((day) => day >= firstDay + history + 5 && day < firstDay + history + 30);
    expect(kept).toHaveLength(10);
    expect(nights.at(-1)?.alert).toBeLessThan(2.5);
  });

  it("are those with an alert value of 2.5 or more, at any sensitivity", () => {
    const waves = (metric: string, night: number) => strained(night % 9 === 0 ? (night / 9) * 0.7 : 0)(metric);
    const { guarded, nights } = findStrainedNights(person(history + 40, waves), range);
    expect(nights.some(({ alert }) => alert !== null && alert >= 2.5)).toBe(true);
    expect(nights.some(({ alert }) => alert !== null && alert > 1.5 && alert < 2.5)).toBe(true);
    for (const { day, alert } of nights) expect(guarded.has(day)).toBe(alert !== null && alert >= 2.5);
  });

  it("are none where one sign alone is far off beside the noise of the others, night after night", () => {
    const oneOff = (metric: string) => (metric === "resting_heart_rate" ? 6 : 0);
    const quiet = person(history + 40, (metric, night) => (night >= 5 && night < 11 ? oneOff(metric) : 0)).map(
      (one) => ({ ...one, series: { ...one.series, values: one.series.values.map(soften(one.metric)) } }),
    );
    const { guarded, nights } = findStrainedNights(quiet, range);
    expect(nights.some(({ alert }) => alert !== null && alert >= 2.5)).toBe(true);
    expect([...guarded].filter((day) => day >= firstDay + history)).toEqual([]);
    expect(findAlerts(nights, thresholdsOf.high.alert)).toEqual([]);

    /** Keeps every metric except resting heart rate within .9 SD of usual on the nights after the history. */
    function soften(metric: string) {
      return (value: number | null, day: number) =>
        metric === "resting_heart_rate" || value === null || day < history ? value : 50 + 0.8 * strainSign(metric);
    }
    function strainSign(metric: string): number {
      return metric === "hrv" ? -1 : 1;
    }
  });

  it("include those long before the range", () => {
    const before = (metric: string, night: number) => (night >= -90 && night < -85 ? strained(5)(metric) : 0);
    const { guarded } = findStrainedNights(person(history + 40, before), range);
    expect(guarded.has(firstDay + history - 88)).toBe(true);
  });

  it("pair with a night two days earlier, not three", () => {
    const missing = (nights: readonly number[]) => (metric: string, night: number) =>
      nights.includes(night) ? null : night === 5 || night === 8 ? strained(5)(metric) : 0;
    const alertOn8 = (nights: readonly number[]) =>
      findStrainedNights(person(history + 10, missing(nights)), { start, end: addDays(start, 9) }).nights[8];
    expect(alertOn8([6])?.alert).toBeCloseTo(alertValue(alertOn8([6])?.strain ?? 0, nightStrain(7)), 9);
    expect(alertOn8([6, 7])?.alert).toBeCloseTo((alertOn8([6, 7])?.strain ?? 0) / 1.3, 9);

    function nightStrain(night: number): number | null {
      const { nights } = findStrainedNights(person(history + 10, missing([6])), { start, end: addDays(start, 9) });
      return nights[night]?.strain ?? null;
    }
  });

  it("do not depend on data more than 120 days before the range", () => {
    const long = person(history + 40, calm).map((one) => ({
      ...one,
      series: { firstDay: firstDay - 50, values: [...gaussianSeries(9, 50, 0.9), ...one.series.values] },
    }));
    expect(findStrainedNights(long, range)).toEqual(findStrainedNights(person(history + 40, calm), range));
  });
});

it("uses the thresholds of the evaluation", () => {
  expect(thresholdsOf).toEqual({
    high: { z: 2, alert: 2.2 },
    medium: { z: 2.5, alert: 2.8 },
    low: { z: 3, alert: 3.3 },
  });
});

describe("runs", () => {
  it("continue over one day without data, and report it", () => {
    const hasData = (day: number) => day !== 3;
    expect(findRuns([1, 2, 4], hasData)).toEqual([{ first: 1, last: 4, flagged: 3, withoutData: 1 }]);
  });

  it("end at a measured usual day or at two days without data", () => {
    expect(findRuns([1, 3], () => true)).toHaveLength(2);
    expect(findRuns([1, 4], () => false)).toHaveLength(2);
  });
});

describe("anomalies", () => {
  const range = { start, end: addDays(start, 29) };

  it("report a day with its value, usual range, size and run", () => {
    const fever = (metric: string, night: number) => (night >= 10 && night < 13 ? strained(6)(metric) : 0);
    const answer = detectAnomalies({ histories: person(history + 30, fever), range, sensitivity: "medium" });
    const flags = answer.metrics[0]?.flags.filter(({ run }) => run.flaggedDays === 3) ?? [];
    expect(flags.map(({ day }) => day)).toEqual([10, 11, 12].map((night) => addDays(start, night)));
    expect(flags[0]?.value).toBeGreaterThan(flags[0]?.usual.high ?? Number.POSITIVE_INFINITY);
    expect(flags[0]?.z).toBeGreaterThan(4);
    expect(answer.alerts.map(({ day }) => day)).toContain(addDays(start, 11));
    expect(answer.guardedDays).toContain(addDays(start, 11));
  });

  it("report only the requested metrics, but use all signs together", () => {
    const question = { histories: person(history + 30, calm), range, sensitivity: "high" } as const;
    const answer = detectAnomalies({ ...question, asked: ["hrv"] });
    expect(answer.metrics.map(({ metric }) => metric)).toEqual(["hrv"]);
    expect(answer.nightsReadTogether).toBe(30);
  });

  it("are more at higher sensitivity, with the same baselines", () => {
    const histories = person(history + 30, (metric, night) => (night === 9 ? strained(4)(metric) : 0));
    const [low, medium, high] = (["low", "medium", "high"] as const).map((sensitivity) =>
      detectAnomalies({ histories, range, sensitivity }),
    );
    const count = (answer = low) => answer?.metrics.reduce((sum, { flags }) => sum + flags.length, 0) ?? 0;
    expect(count(low)).toBeLessThanOrEqual(count(medium));
    expect(count(medium)).toBeLessThanOrEqual(count(high));
    expect(low?.guardedDays).toEqual(high?.guardedDays);
  });

  it("report a night after a journey separately, not as anomalous", () => {
    const tired = (metric: string, night: number) => (night === 10 ? strained(8)(metric) : 0);
    const offsets: DailySeries = {
      firstDay,
      values: Array.from({ length: history + 30 }, (_, day) => (day < history + 10 ? 60 : -300)),
    };
    const histories = person(history + 30, tired);
    const answer = detectAnomalies({ histories, range, sensitivity: "medium", offsets });
    const day = addDays(start, 10);
    expect(answer.journeys).toEqual([{ day: firstDay + history + 10, fromOffsetMinutes: 60, toOffsetMinutes: -300 }]);
    expect(answer.metrics.flatMap(({ flags }) => flags).map((flag) => flag.day)).not.toContain(day);
    expect(answer.metrics[0]?.setAside.map((flag) => flag.day)).toEqual([day]);
    expect(answer.alerts.map((alert) => alert.day)).not.toContain(day);
  });

  it("report how much history is missing instead of judging", () => {
    const young = person(history + 30, calm).map((one) => ({
      ...one,
      series: { firstDay: firstDay + history + 20, values: [50, 51, 52] },
    }));
    const answer = detectAnomalies({ histories: young, range, sensitivity: "high" });
    expect(answer.metrics[0]).toMatchObject({
      formingDays: 3,
      missingDays: 27,
      flags: [],
      ordinary: { expectedFlags: 0 },
    });
    expect(answer.nightsReadTogether).toBe(0);
  });

  it("of one day do not depend on later days", () => {
    fc.assert(
      fc.property(ringSeries(160), ringSeries(160), fc.integer({ min: 0, max: 38 }), (rhr, other, cut) => {
        const histories = (pulse: DailySeries): MetricHistory[] => [
          { metric: "resting_heart_rate", model: modelWith(), series: pulse },
          { metric: "breathing_rate", model: modelWith(), series: other },
        ];
        const changed = { ...rhr, values: rhr.values.map((value, day) => (day > history + cut ? 200 : value)) };
        const until = { start, end: addDays(start, cut) };
        const before = detectAnomalies({ histories: histories(rhr), range: until, sensitivity: "high" });
        const after = detectAnomalies({ histories: histories(changed), range: until, sensitivity: "high" });
        expect(after).toEqual(before);
        const longer = detectAnomalies({
          histories: histories(rhr),
          range: { start, end: addDays(start, 39) },
          sensitivity: "high",
        });
        const earlier = (flags: readonly { day: string; z: number }[] = []) =>
          flags.filter(({ day }) => day <= until.end).map(({ day, z }) => ({ day, z }));
        expect(earlier(longer.metrics[0]?.flags)).toEqual(earlier(before.metrics[0]?.flags));
      }),
      { numRuns: 25 },
    );
  });

  it("depend on the date only by moving with it", () => {
    const histories = person(history + 30, (metric, night) => (night === 9 ? strained(4)(metric) : 0));
    const here = detectAnomalies({ histories, range, sensitivity: "high" });
    const by = 4321;
    const moved = histories.map((one) => ({ ...one, series: { ...one.series, firstDay: firstDay + by } }));
    const there = detectAnomalies({
      histories: moved,
      range: { start: addDays(start, by), end: addDays(range.end, by) },
      sensitivity: "high",
    });
    expect(there.metrics.map(({ flags }) => flags.map(({ day, z }) => [day, z]))).toEqual(
      here.metrics.map(({ flags }) => flags.map(({ day, z }) => [addDays(day, by), z])),
    );
  });

  it.each([
    { sensitivity: "high", weekday: false },
    { sensitivity: "medium", weekday: false },
    { sensitivity: "medium", weekday: true },
  ] as const)(
    "flag Gaussian noise as often as Student's t says, and print more for ordinary days ($sensitivity, weekday $weekday)",
    (setup) => {
      const days = 36_000;
      const model = modelWith({ weekday: setup.weekday, sdFloor: 0.1 });
      const series = { firstDay, values: gaussianSeries(77, days + history) };
      const answer = detectAnomalies({
        histories: [{ metric: "steps", model, series }],
        range: { start, end: addDays(start, days - 1) },
        sensitivity: setup.sensitivity,
      });
      const flags = answer.metrics[0]?.flags.length ?? 0;
      const ratio = flags / (days * twoSidedP(answer.thresholds.z, 59));
      expect(ratio).toBeGreaterThan(0.8);
      expect(ratio).toBeLessThan(1.2);
      expect(answer.expectedFlags).toBeGreaterThan(1.2 * flags);
    },
  );

  it("never contain NaN or infinity", () => {
    fc.assert(
      fc.property(wildSeries(), wildSeries(), fc.constantFrom(0, 1), (one, other, sdFloor) => {
        const histories = [
          { metric: "resting_heart_rate", model: modelWith({ sdFloor, weekday: true }), series: one },
          { metric: "hrv", model: modelWith({ transform: "ln", sdFloor }), series: other },
          { metric: "bedtime", model: modelWith({ transform: "clock", sdFloor }), series: other },
        ];
        const answer = detectAnomalies({
          histories,
          range: { start: isoDay(firstDay), end: isoDay(firstDay + 110) },
          sensitivity: "high",
          offsets: other,
        });
        expect(numbersIn(answer).filter((value) => !Number.isFinite(value))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
