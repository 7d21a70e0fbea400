import { expect, it } from "vitest";
import { isOdd } from "../../src/oura/odd-records.ts";
import { type OuraRouteName, ouraRoutes } from "../../src/oura/routes.ts";

const night = { day: "2026-11-20", type: "long_sleep", total_sleep_duration: 25_000, average_hrv: 40 };
const times = { start_datetime: "2026-11-20T10:00:00+00:00", end_datetime: "2026-11-20T11:00:00+00:00" };
const effort = { day: "2026-11-20", activity: "swimming", ...times };
const beat = { timestamp: "2026-11-20T10:00:00Z", bpm: 60, source: "awake" };

function judge(route: OuraRouteName, row: object): boolean {
  return isOdd(route, row, ouraRoutes[route].schema.parse(row));
}

it.each<[string, OuraRouteName, object, boolean]>([
  ["a valid night", "sleep", night, false],
  ["a figure that is null", "sleep", { ...night, average_hrv: null }, false],
  ["Oura's number for not measured", "sleep", { ...night, lowest_heart_rate: 255 }, false],
  ["a number written as text", "sleep", { ...night, average_hrv: "40" }, true],
  ["an unknown kind of sleep", "sleep", { ...night, type: "trance" }, true],
  ["a sleep whose kind Oura has not decided yet", "sleep", { ...night, type: null }, false],
  ["a sleep without the field of its kind", "sleep", { ...night, type: undefined }, true],
  ["an unknown field", "sleep", { ...night, dreams: [{ vivid: true }] }, false],
  [
    "text among the samples",
    "daily_activity_with_series",
    { day: "2026-11-20", met: { interval: 60, items: ["1.2"] } },
    true,
  ],
  ["a number as text inside an object", "daily_spo2", { day: "2026-11-20", spo2_percentage: { average: "96" } }, true],
  ["a failed night of SpO2", "daily_spo2", { day: "2026-11-20", spo2_percentage: { average: 0 } }, false],
  ["a reading", "heartrate", beat, false],
  ["a reading above any possible heart rate", "heartrate", { ...beat, bpm: 255 }, false],
  ["a reading without a value", "heartrate", { ...beat, bpm: null }, true],
  ["a reading without its source", "heartrate", { ...beat, source: undefined }, true],
  ["a workout", "workout_details", effort, false],
  ["a workout without its kind", "workout_details", { ...effort, activity: null }, true],
  ["a workout without its end", "workout_details", { ...effort, end_datetime: undefined }, true],
  ["an unknown recommendation", "sleep_time", { day: "2026-11-20", recommendation: "dance" }, false],
])("%s", (_name, route, row, expected) => {
  expect(judge(route, row)).toBe(expected);
});
