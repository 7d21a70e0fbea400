import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isoDay, parseIsoDay } from "../../src/analytics/day.ts";
import { type DailySeries, valueAt } from "../../src/analytics/series.ts";
import { readHistories, readNightOffsets, readSeries, routesOf } from "../../src/oura/metric-series.ts";
import { defaultMetricIds, type Metric, metricIds, metrics, numericMetricIds } from "../../src/oura/metrics.ts";
import { readSleepDay } from "../../src/oura/night.ts";
import { type DayRouteName, type OuraDocument, ouraRoutes } from "../../src/oura/routes.ts";

const monday = isoDay(20_000);
const tuesday = isoDay(20_001);
const later = isoDay(20_100);

/** A document parsed by its route's schema; fields not given are null. */
function document<Name extends DayRouteName>(route: Name, fields: Record<string, unknown>): OuraDocument<Name> {
  return ouraRoutes[route].schema.parse({
    ...Object.fromEntries(Object.keys(ouraRoutes[route].schema.shape).map((key) => [key, null])),
    day: monday,
    ...fields,
  }) as OuraDocument<Name>; // parsed by the schema of `route`
}

/** A night of eight hours in bed, with its day as questions read it. */
const nightRecord = (fields: Record<string, unknown> = {}) =>
  document("sleep", {
    type: "long_sleep",
    bedtime_start: "2024-10-03T23:00:00.000+02:00",
    bedtime_end: "2024-10-04T07:00:00.000+02:00",
    total_sleep_duration: 7 * 3600,
    ...fields,
  });

const night = (fields: Record<string, unknown> = {}) => readSleepDay(monday, [nightRecord(fields)], true);

function on(series: DailySeries, day = 20_000): number | null {
  return valueAt(series, day);
}

describe("the catalogue", () => {
  it("lists the metrics asked for by default first, as the tools' argument says", () => {
    expect(metricIds.slice(0, defaultMetricIds.length)).toEqual(defaultMetricIds);
  });

  it.each(metricIds)("defines for %s what the reader and the analytics need", (id) => {
    const metric: Metric = metrics[id];
    expect(metric.label).not.toBe("");
    expect(metric.meaning).not.toBe("");
    expect(metric.model.sdFloor).toBeGreaterThan(0);
    expect(metric.plausible.min).toBeLessThan(metric.plausible.max);
    expect(metric.model.transform === "clock").toBe(metric.unit === "clock");
  });

  it("has the priors that docs/analytics.md states", () => {
    const section = readFileSync("docs/analytics.md", "utf8").split("### Priors")[1]?.split("\n## ")[0] ?? "";
    const rows = section
      .split("\n")
      .filter((line) => line.startsWith("| ") && !line.startsWith("| metric"))
      .map((line) => line.split("|").map((cell) => cell.trim()));
    const told = rows.map(([, label = "", size = "", phi, slowShare]) => {
      const isShare = size.includes("% of the level");
      const sd = Number.parseFloat(size) / (isShare ? 100 : 1);
      return [label, { of: isShare ? "level" : "scale", sd, phi: Number(phi), slowShare: Number(slowShare) }];
    });
    const known = numericMetricIds.map((id) => [metrics[id].label, metrics[id].model.prior]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(known));
  });

  it("names each route once", () => {
    expect(routesOf(["hrv", "resting_heart_rate", "steps"])).toEqual(["sleep", "daily_activity"]);
  });
});

describe("reading a metric's days", () => {
  it("takes nightly metrics and total sleep from the night, and counts naps only under the name that says so", () => {
    const at = (from: string, to: string) => ({ bedtime_start: `${from}:00+02:00`, bedtime_end: `${to}:00+02:00` });
    const nap = at("2024-10-04T14:00", "2024-10-04T14:40");
    const sleep = [
      readSleepDay(
        monday,
        [
          nightRecord({ lowest_heart_rate: 50, average_hrv: 44, total_sleep_duration: 6 * 3600 }),
          document("sleep", { type: "late_nap", lowest_heart_rate: 40, total_sleep_duration: 1800, ...nap }),
          document("sleep", { type: "rest", total_sleep_duration: 1800, ...nap }),
          document("sleep", { type: "deleted", total_sleep_duration: 1800, ...nap }),
        ],
        true,
      ),
    ];
    expect(on(readSeries("resting_heart_rate", { sleep }, later))).toBe(50);
    expect(on(readSeries("hrv", { sleep }, later))).toBe(44);
    expect(on(readSeries("total_sleep", { sleep }, later))).toBe(6);
    expect(on(readSeries("total_sleep_with_naps", { sleep }, later))).toBe(6.5);
  });

  it("does not use a nap as the day's sleep if the night is missing", () => {
    const nap = nightRecord({
      type: "sleep",
      bedtime_start: "2024-10-04T14:00:00+02:00",
      bedtime_end: "2024-10-04T15:00:00+02:00",
      total_sleep_duration: 3600,
    });
    const sleep = [readSleepDay(monday, [nap], true)];
    expect(on(readSeries("total_sleep", { sleep }, later))).toBeNull();
    expect(on(readSeries("total_sleep_with_naps", { sleep }, later))).toBeNull();
  });

  it("reads sentinels and outliers as null", () => {
    const sleep = [night({ lowest_heart_rate: 255, average_hrv: 0 })];
    expect(on(readSeries("resting_heart_rate", { sleep }, later))).toBeNull();
    expect(on(readSeries("hrv", { sleep }, later))).toBeNull();
    const daily_spo2 = [document("daily_spo2", { spo2_percentage: { average: 0 } })];
    expect(on(readSeries("spo2", { daily_spo2 }, later))).toBeNull();
    const daily_readiness = [document("daily_readiness", { temperature_deviation: -5.4 })];
    expect(on(readSeries("temperature_deviation", { daily_readiness }, later))).toBeNull();
  });

  it("reads as null what Oura's schema allows but cannot be true", () => {
    const impossible = [document("daily_sleep", { score: 255 })];
    expect(on(readSeries("sleep_score", { daily_sleep: impossible }, later))).toBeNull();
    const unmeasured = [document("daily_sleep", { score: 0 })];
    expect(on(readSeries("sleep_score", { daily_sleep: unmeasured }, later))).toBeNull();
  });

  it("omits today's unfinished activity, but not last night", () => {
    const daily_activity = [document("daily_activity", { steps: 400, score: 70 })];
    expect(on(readSeries("steps", { daily_activity }, monday))).toBeNull();
    expect(on(readSeries("steps", { daily_activity }, tuesday))).toBe(400);
    expect(on(readSeries("resting_heart_rate", { sleep: [night({ lowest_heart_rate: 50 })] }, monday))).toBe(50);
  });

  it("uses the later of two documents of a day: the corrected one", () => {
    const daily_sleep = [document("daily_sleep", { score: 70 }), document("daily_sleep", { score: 74 })];
    expect(on(readSeries("sleep_score", { daily_sleep }, later))).toBe(74);
  });

  it("reads clock times in whole minutes at the document's own UTC offset", () => {
    const sleep = [
      night({ bedtime_start: "2024-10-03T23:40:30.000+13:00", bedtime_end: "2024-10-04T07:05:00.000+13:00" }),
    ];
    expect(on(readSeries("bedtime", { sleep }, later))).toBe(23 * 60 + 40);
    expect(on(readSeries("wake_time", { sleep }, later))).toBe(7 * 60 + 5);
    expect(on(readNightOffsets(sleep))).toBe(13 * 60);
  });

  it("returns minutes and hours, never seconds", () => {
    const sleep = [night({ deep_sleep_duration: 5400, latency: 600 })];
    expect(on(readSeries("deep_sleep", { sleep }, later))).toBe(90);
    expect(on(readSeries("latency", { sleep }, later))).toBe(10);
    expect(on(readSeries("sleep_efficiency", { sleep }, later))).toBe(87.5);
    const daily_stress = [{ ...document("daily_stress", { stress_high: 3600 }), non_wear_time: 0 }];
    expect(on(readSeries("stress_high", { daily_stress }, later))).toBe(60);
  });

  it("returns only nulls for a route that was not read", () => {
    const histories = readHistories(metricIds, {}, parseIsoDay("2026-01-01") ?? monday);
    expect(histories.map(({ metric }) => metric)).toEqual(metricIds);
    expect(histories.every(({ series }) => series.values.length === 0)).toBe(true);
  });
});
