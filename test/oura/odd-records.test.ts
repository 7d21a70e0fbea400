import { expect, it } from "vitest";
import { isOdd } from "../../src/oura/odd-records.ts";
import { type OuraRouteName, ouraRoutes } from "../../src/oura/routes.ts";

const night = { day: "2026-11-20", type: "long_sleep", total_sleep_duration: 25_000, average_hrv: 40 };
const beat = { timestamp: "2026-11-20T10:00:00Z", bpm: 60, source: "awake" };

function judge(route: OuraRouteName, row: object): boolean {
  return isOdd(route, row, ouraRoutes[route].schema.parse(row));
}

it.each<[string, OuraRouteName, object, boolean]>([
  ["a night as it should be", "sleep", night, false],
  ["a figure that is null", "sleep", { ...night, average_hrv: null }, false],
  ["Oura's number for not measured", "sleep", { ...night, lowest_heart_rate: 255 }, false],
  ["a number written as text", "sleep", { ...night, average_hrv: "40" }, true],
  ["a kind of sleep nobody has heard of", "sleep", { ...night, type: "trance" }, true],
  ["a sleep without its kind", "sleep", { ...night, type: null }, true],
  ["a field nobody has heard of", "sleep", { ...night, dreams: [{ vivid: true }] }, false],
  [
    "text among the samples",
    "daily_activity_with_series",
    { day: "2026-11-20", met: { interval: 60, items: ["1.2"] } },
    true,
  ],
  ["an object that became a number", "daily_spo2", { day: "2026-11-20", spo2_percentage: { average: "96" } }, true],
  ["a failed night of SpO2", "daily_spo2", { day: "2026-11-20", spo2_percentage: { average: 0 } }, false],
  ["a reading", "heartrate", beat, false],
  ["a reading beyond any heart", "heartrate", { ...beat, bpm: 255 }, false],
  ["a reading without a value", "heartrate", { ...beat, bpm: null }, true],
  ["a reading without its source", "heartrate", { ...beat, source: undefined }, true],
  ["a word of advice nobody has heard of", "sleep_time", { day: "2026-11-20", recommendation: "dance" }, false],
])("%s", (_name, route, row, expected) => {
  expect(judge(route, row)).toBe(expected);
});
