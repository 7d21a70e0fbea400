import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type IsoDay } from "../../src/analytics/day.ts";
import { type MetricId, metrics, numericMetricIds } from "../../src/oura/metrics.ts";
import { comparePeriodsTool } from "../../src/tools/compare-periods/compare-periods-tool.ts";
import { influencesTool } from "../../src/tools/influences/influences-tool.ts";
import { trendsTool } from "../../src/tools/trends/trends-tool.ts";
import { differenceValue, noteClockDifferences, sayChangeOf, showChange } from "../../src/words/metric-change.ts";
import { formatMinutes, formatSigned, pValue, round } from "../../src/words/present.ts";
import { ask, nightTo } from "./ask.ts";

const now = "2026-11-20T20:00:00Z";
const today = "2026-11-20" as IsoDay; // a label, written as one

/** Two means of a metric and an interval of their difference. */
const changes = fc.constantFrom(...numericMetricIds).chain((id) => {
  const { min, max } = metrics[id].plausible;
  const mean = fc.double({ min, max: Math.min(max, 20_000), noNaN: true });
  const near = fc.double({ min: -0.2, max: 0.2, noNaN: true });
  const to = fc.tuple(mean, fc.oneof(near, fc.constant(0), mean));
  return fc.record({ id: fc.constant(id), pair: to, reach: fc.double({ min: 0, max: 5, noNaN: true }) });
});

/** "7 h 23 min", "63.4 min", "-0.05 °C", "9,214 steps" or "23:10" as a number. */
function readFigure(text: string): number {
  const clock = /^(\d\d):(\d\d)$/.exec(text);
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const long = /^(\d+) h (\d+) min$/.exec(text);
  if (long) return Number(long[1]) * 60 + Number(long[2]);
  return Number(/^[+-]?[\d,]+(?:\.\d+)?/.exec(text)?.[0].replaceAll(",", ""));
}

describe("a change", () => {
  it("is the difference of the means shown, in tables and in sentences, for every metric", () => {
    fc.assert(
      fc.property(changes, ({ id, pair: [from, step], reach }) => {
        const to = Math.abs(step) <= 0.2 ? from + step : step;
        const interval = { low: to - from - reach, high: to - from + reach };
        const table = showChange(id, { from, to, interval });
        const said = sayChangeOf(id, { from, to, interval });
        const between = (one: number, other: number) =>
          metrics[id].unit === "clock" ? ((other - one + 720 + 1440) % 1440) - 720 : other - one;
        expect(table.difference).toBeCloseTo(between(table.from, table.to), 8);
        expect(said.sign * readFigure(said.size)).toBeCloseTo(between(readFigure(said.from), readFigure(said.to)), 8);
        expect(said.interval).not.toMatch(/-0(\.0+)?\b(?!\.)/);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[MetricId, number, number, string, string, string]>([
    ["resting_heart_rate", 54.6, 54.5, "0.1 bpm", "54.6 bpm", "54.5 bpm"],
    ["resting_heart_rate", 54.52, 54.48, "0.04 bpm", "54.52 bpm", "54.48 bpm"],
    ["total_sleep", 7.05, 7.4, "21 min", "7 h 3 min", "7 h 24 min"],
    ["deep_sleep", 63.2, 63.4, "0.2 min", "63.2 min", "63.4 min"],
    ["steps", 9_214.4, 10_001.6, "788 steps", "9,214 steps", "10,002 steps"],
    ["bedtime", 1_430, 15, "25 min", "23:50", "00:15"],
    ["spo2", 96.31, 96.36, "0.1 percentage points", "96.3 %", "96.4 %"],
    ["temperature_deviation", -0.12, 0.05, "0.17 °C", "-0.12 °C", "+0.05 °C"],
    ["breathing_rate", 14.6, 15, "0.4 breaths a minute", "14.6 breaths a minute", "15.0 breaths a minute"],
  ])("of %s from %s to %s is %s", (id, from, to, size, saidFrom, saidTo) => {
    expect(sayChangeOf(id, { from, to })).toMatchObject({ size, from: saidFrom, to: saidTo });
  });

  it("of equal means is none", () => {
    expect(sayChangeOf("resting_heart_rate", { from: 54, to: 54 }).sign).toBe(0);
  });

  it("has as many decimals as its interval needs to exclude zero", () => {
    const shown = showChange("resting_heart_rate", { from: 54, to: 54.6, interval: { low: 0.03, high: 1.17 } });
    expect(shown).toMatchObject({ low: 0.03, difference: 0.6, decimals: 2 });
  });
});

it("gives spreads and differences of clock times in minutes", () => {
  expect(differenceValue("bedtime", 42.4)).toBe(42);
  expect(noteClockDifferences(["bedtime", "hrv"])).toEqual(["bedtime: differences and SDs are in minutes."]);
  expect(noteClockDifferences(["hrv"])).toEqual([]);
  expect(differenceValue("total_sleep", 0.7312)).toBe(0.73);
});

it("rounds p values up, so that none is 0 and none looks smaller than a limit", () => {
  expect([0, 6.7e-10, 0.00004].map((p) => pValue(p, 4))).toEqual([0.0001, 0.0001, 0.0001]);
  expect(pValue(0.0123, 4)).toBe(0.0123);
  expect(pValue(0.0123, 3)).toBe(0.013);
  expect([0.04996, 0.05, 0.05004].map((p) => pValue(p, 4))).toEqual([0.05, 0.05, 0.0501]);
  expect(pValue(1, 3)).toBe(1);
});

it("writes nothing as minus zero", () => {
  expect(formatSigned(-0.04, 1)).toBe("0.0");
  expect(Object.is(round(-0.04, 1), 0)).toBe(true);
  expect(formatMinutes(-75)).toBe("-1 h 15 min");
});

describe("every tool that says a change", () => {
  const days = Array.from({ length: 130 }, (_, index) => addDays(today, index - 129));
  const nights = days.map((day, index) => {
    const average_hrv = 40 + ((index * 7919) % 5);
    const lowest_heart_rate = 54 + (index % 2) - (day >= "2026-11-01" && index % 8 === 0 ? 1 : 0);
    const bedtime_start = `${addDays(day, -1)}T${index % 3 === 0 ? "23:10" : "22:50"}:00+00:00`;
    return { ...nightTo(day, { lowest_heart_rate, bedtime_start }), day, average_hrv };
  });
  const held = { sleep: nights };
  const asking = { now, held, offsetMinutes: 0 };
  const recordsOf = (answer: Record<string, unknown>) => {
    const { columns, rows } = answer as { columns: string[]; rows: (string | number)[][] }; // the tools' output schema
    return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
  };
  const ids = ["resting_heart_rate", "hrv", "bedtime"];

  it("compares means that differ by what it says, each with its n", async () => {
    const { answer } = await ask(comparePeriodsTool, { metrics: ids, last_days: 20 }, asking);
    const [heart, , bedtime] = recordsOf(answer);
    expect(Number(heart?.mean) - Number(heart?.mean_compared)).toBeCloseTo(Number(heart?.difference), 8);
    expect(Number.isInteger(bedtime?.difference)).toBe(true);
    const one = await ask(comparePeriodsTool, { metrics: ["resting_heart_rate"], last_days: 20 }, asking);
    expect(one.answer.summary).toMatch(/from \d\d\.\d+ bpm \(n 20\) to \d\d\.\d+ bpm \(n \d+\)/);
    expect(one.answer.summary).not.toMatch(/by 0(\.0+)? bpm/);
  });

  it("says a trend's change from the means it names, each with its n", async () => {
    const { answer } = await ask(trendsTool, { metrics: ids, window_days: 20 }, asking);
    expect(answer.summary).toMatch(/from \d\d\.\d+ bpm \(n 20\) to \d\d\.\d+ bpm \(n 20\)/);
    const [, , bedtime] = recordsOf(answer);
    expect(Number.isInteger(bedtime?.sd)).toBe(true);
  });

  it("gives an influence means that are as far apart as its difference", async () => {
    const tagged = days.filter((_, index) => index % 3 === 0);
    const enhanced_tag = tagged.map((day) => ({
      start_day: day,
      start_time: `${day}T20:00:00+00:00`,
      tag_type_code: "tag_generic_alcohol",
    }));
    const sleep = nights.map((night) =>
      tagged.includes(addDays(night.day, -1)) ? { ...night, average_hrv: night.average_hrv - 8 } : night,
    );
    const { answer } = await ask(influencesTool, { outcomes: ["hrv"] }, { ...asking, held: { sleep, enhanced_tag } });
    const found = recordsOf(answer);
    expect(found.length).toBeGreaterThan(0);
    for (const { difference, mean_with, mean_without } of found)
      expect(Number(mean_with) - Number(mean_without)).toBeCloseTo(Number(difference), 8);
    expect(answer.summary).toMatch(/from \d\d\.\d ms \(\d+ nights without\) to \d\d\.\d ms \(\d+ with\)/);
  });
});
