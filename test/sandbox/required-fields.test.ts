import { describe, expect, inject, it } from "vitest";
import { ACCOUNTS } from "../../sandbox/people/people.ts";
import { openSimulator } from "./open-simulator.ts";

/** Required fields of each document in Oura's published schema, with the allowed words of enums. */
const REQUIRED: Record<string, string> = {
  daily_activity:
    "id active_calories average_met_minutes contributors day equivalent_walking_distance high_activity_met_minutes " +
    "high_activity_time inactivity_alerts low_activity_met_minutes low_activity_time medium_activity_met_minutes " +
    "medium_activity_time met meters_to_target non_wear_time resting_time sedentary_met_minutes sedentary_time steps " +
    "target_calories target_meters timestamp total_calories",
  daily_cardiovascular_age: "id day",
  daily_readiness: "id contributors day timestamp",
  daily_resilience: "id day contributors level",
  daily_sleep: "id contributors day timestamp",
  daily_spo2: "id day",
  daily_stress: "id day",
  enhanced_tag: "id start_time start_day",
  heartrate: "timestamp timestamp_unix bpm source",
  personal_info: "id",
  rest_mode_period: "id episodes start_day",
  ring_battery_level: "timestamp timestamp_unix level",
  ring_configuration: "id",
  session: "id day end_datetime start_datetime type",
  sleep: "id bedtime_end bedtime_start day low_battery_alert period time_in_bed",
  sleep_time: "id day",
  tag: "id day text timestamp tags",
  vO2_max: "id day timestamp vo2_max",
  workout: "id activity day end_datetime intensity source start_datetime",
};
const RATINGS = ["score", "vascular_age", "efficiency"];

const simulator = await openSimulator();

describe.each(ACCOUNTS)("documents of $id", ({ id, restless }) => {
  it.each(Object.entries(REQUIRED))("have the fields that %s requires", async (route, fields) => {
    // Series are long, and so are six years.
    const isSeries = ["heartrate", "ring_battery_level"].includes(route);
    const start = isSeries ? "2026-10-01" : restless && !inject("long") ? "2025-09-01" : "2000-01-01";
    const held = await simulator.held(id, route, `start=${start}`);
    // Every hundredth sample of a year is enough.
    const sample = inject("long")
      ? held
      : held.filter((_document, index) => index % Math.ceil(held.length / 100) === 0);
    for (const document of sample) {
      for (const field of fields.split(" ")) {
        if (field === "text") expect(document).toHaveProperty(field);
        else expect(document[field], field).not.toBeNull();
        expect(document[field], field).not.toBeUndefined();
      }
      for (const field of RATINGS) {
        const value = document[field] ?? 50;
        // In rest mode Oura may give an activity score of 0, outside its own range.
        const least = restless && route === "daily_activity" ? 0 : 1;
        expect(Number.isInteger(value) && Number(value) >= least && Number(value) <= 100, `${field} ${value}`).toBe(
          true,
        );
      }
      expect(JSON.stringify(document)).not.toContain("NaN");
    }
  });
});

it("has no scores yet in the first three days", async () => {
  const readiness = await simulator.held("new", "daily_readiness");
  expect(readiness).toHaveLength(3);
  for (const day of readiness) {
    expect(day).toMatchObject({ score: null, temperature_deviation: null, contributors: { hrv_balance: null } });
  }
  for (const route of ["daily_resilience", "daily_cardiovascular_age", "vO2_max"]) {
    expect(await simulator.held("new", route)).toEqual([]);
  }
  const [advice] = await simulator.held("new", "sleep_time");
  expect(advice).toMatchObject({ status: "not_enough_nights", optimal_bedtime: null, recommendation: null });
});
