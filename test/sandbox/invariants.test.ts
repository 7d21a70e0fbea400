import { beforeAll, describe, expect, inject, it } from "vitest";
import { z } from "zod";
import { ACCOUNTS } from "../../sandbox/people/people.ts";
import { type OpenSimulator, openSimulator, type Row } from "./open-simulator.ts";

const NOW = "2026-10-07T16:00:00Z";
const WEARERS = ACCOUNTS.filter((person) => person.rings.length > 0);
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}[+-]\d{2}:\d{2}$/;

const sample = z.object({ interval: z.literal(300), items: z.array(z.number().nullable()), timestamp: z.string() });
const sleepDocument = z.object({
  awake_time: z.int(),
  average_breath: z.number().nullable(),
  average_heart_rate: z.number().nullable(),
  average_hrv: z.int().nullable(),
  bedtime_end: z.string().regex(LOCAL),
  bedtime_start: z.string().regex(LOCAL),
  day: z.string(),
  deep_sleep_duration: z.int(),
  efficiency: z.int(),
  heart_rate: sample.nullable(),
  hrv: sample.nullable(),
  latency: z.int(),
  light_sleep_duration: z.int(),
  lowest_heart_rate: z.int(),
  movement_30_sec: z.string().regex(/^[1-4]+$/),
  period: z.int(),
  readiness: z.object({ score: z.int().nullable() }).nullable(),
  readiness_score_delta: z.int().nullable(),
  rem_sleep_duration: z.int(),
  sleep_phase_30_sec: z.string().regex(/^[1-4]+$/),
  sleep_phase_5_min: z.string().regex(/^[1-4]+$/),
  time_in_bed: z.int(),
  total_sleep_duration: z.int(),
  type: z.enum(["long_sleep", "sleep", "late_nap", "rest", "deleted"]),
});
const activityDocument = z.object({
  average_met_minutes: z.number(),
  class_5_min: z.string().regex(/^[0-5]{288}$/),
  day: z.string(),
  high_activity_time: z.int(),
  low_activity_time: z.int(),
  medium_activity_time: z.int(),
  met: z.object({ interval: z.literal(60), items: z.array(z.number().min(0.1).max(8)), timestamp: z.string() }),
  non_wear_time: z.int(),
  resting_time: z.int(),
  sedentary_time: z.int(),
  steps: z.int().nonnegative(),
  timestamp: z.string().regex(LOCAL),
});

describe.each(WEARERS)("every document of $id", ({ id, historyDays, sensesDaytime, restless }) => {
  let simulator: OpenSimulator;
  let sleeps: z.output<typeof sleepDocument>[];
  let activities: z.output<typeof activityDocument>[];
  beforeAll(async () => {
    simulator = await openSimulator(NOW);
    // A period without a type is not finished; it has no stages yet.
    const finished = (await held("sleep")).filter(({ type }) => type !== null);
    sleeps = z.array(sleepDocument).parse(finished);
    activities = z.array(activityDocument).parse(await held("daily_activity"));
  }, 60_000);
  /** Of six years, the last 400 days. */
  function held(route: string): Promise<Row[]> {
    return simulator.held(id, route, historyDays > 400 && !inject("long") ? "start=2025-09-03" : "");
  }

  it("has times and stages of a night that add up", () => {
    expect(sleeps.length).toBeGreaterThanOrEqual(Math.min(3, historyDays));
    for (const sleep of sleeps) {
      const span = (Date.parse(sleep.bedtime_end) - Date.parse(sleep.bedtime_start)) / 1_000;
      const stages = sleep.deep_sleep_duration + sleep.light_sleep_duration + sleep.rem_sleep_duration;
      expect(sleep.time_in_bed).toBe(span);
      expect(sleep.total_sleep_duration + sleep.awake_time).toBe(span);
      expect(stages).toBe(sleep.total_sleep_duration);
      expect(sleep.efficiency).toBe(Math.round((100 * stages) / span));
      expect(sleep.sleep_phase_5_min).toHaveLength(Math.ceil(span / 300));
      expect(sleep.sleep_phase_30_sec.replaceAll("4", "").length * 30).toBe(stages);
      expect(Math.abs(sleep.movement_30_sec.length - span / 30)).toBeLessThan(1);
      for (const seconds of [stages, sleep.deep_sleep_duration, sleep.rem_sleep_duration]) expect(seconds % 30).toBe(0);
    }
  });

  it("assigns a sleep to the day on which it ends, or to the next day from 18:00", () => {
    for (const { bedtime_end, day } of sleeps) {
      const sixHoursOn = new Date(Date.parse(`${bedtime_end.slice(0, 19)}Z`) + 6 * 3_600_000);
      expect(sixHoursOn.toISOString().slice(0, 10)).toBe(day);
    }
  });

  it("has no sleeps that overlap a workout or, except small ones inside a night, each other", async () => {
    const asleep = sleeps.map(({ bedtime_start, bedtime_end }) => [Date.parse(bedtime_start), Date.parse(bedtime_end)]);
    const active = (await held("workout")).map(({ start_datetime, end_datetime }) => [
      Date.parse(String(start_datetime)),
      Date.parse(String(end_datetime)),
    ]);
    const stretches = [...asleep, ...active].sort(([a = 0], [b = 0]) => a - b);
    let inside = 0;
    let last = 0;
    for (const [start = 0, end = 0] of stretches) {
      // The ring keeps a small period of the beginning of a night beside the whole one.
      if (restless && start < last && end <= last) inside += 1;
      else expect(start).toBeGreaterThanOrEqual(last);
      last = Math.max(last, end);
    }
    expect(inside > 0).toBe(restless);
  });

  it("numbers the periods of a day in order", () => {
    const perDay = Map.groupBy(sleeps, ({ day }) => day);
    for (const periods of perDay.values())
      expect(periods.map(({ period }) => period)).toEqual(periods.map((_, i) => i));
  });

  it("has heart rate every five minutes, or 255 as a marker for none", () => {
    for (const sleep of sleeps) {
      expect(sleep.hrv === null).toBe(sleep.heart_rate === null);
      if (sleep.heart_rate === null) {
        expect(sleep).toMatchObject({ lowest_heart_rate: 255, average_hrv: null, average_heart_rate: null });
        expect(sleep.type).not.toBe("long_sleep");
        continue;
      }
      const { items, timestamp } = sleep.heart_rate;
      expect(timestamp).toBe(sleep.bedtime_start);
      expect([0, 1]).toContain(Math.ceil(sleep.time_in_bed / 300) - items.length);
      const heard = items.filter((item) => item !== null);
      if (heard.length > 0) expect(Math.min(...heard)).toBeGreaterThanOrEqual(sleep.lowest_heart_rate);
      expect(((sleep.average_heart_rate ?? 0.1) * 8) % 1).toBe(0);
      expect(((sleep.average_breath ?? 0.1) * 8) % 1).toBe(0);
    }
  });

  it("changes scores only by naps", () => {
    for (const { type, readiness_score_delta: delta, readiness } of sleeps) {
      if (type === "long_sleep") expect(delta).toBe(0);
      else if (type === "sleep" || type === "late_nap") expect([3, 4, 5, 6]).toContain(delta);
      else expect(delta).toBeNull();
      expect(readiness === null).toBe(type !== "long_sleep");
    }
  });

  it("covers all 86,400 s of an activity day, also in the future", () => {
    for (const activity of activities) {
      const { items } = activity.met;
      const { high_activity_time, medium_activity_time, low_activity_time } = activity;
      const moving = high_activity_time + medium_activity_time + low_activity_time;
      expect(moving + activity.sedentary_time + activity.resting_time + activity.non_wear_time).toBe(86_400);
      expect(items).toHaveLength(1_440);
      expect(activity.timestamp.slice(0, 16)).toBe(`${activity.day}T04:00`);
      const mean = items.reduce((sum, met) => sum + met, 0) / items.length;
      expect(Math.abs(mean - activity.average_met_minutes)).toBeLessThan(0.02);
    }
  });

  it("has readiness on exactly the days with a sleep score, and a night on each", async () => {
    const days = async (route: string): Promise<unknown[]> => (await held(route)).map(({ day }) => day);
    const scored = await days("daily_sleep");
    expect(await days("daily_readiness")).toEqual(scored);
    const long = sleeps.filter(({ type }) => type === "long_sleep").map(({ day }) => day);
    const short = sleeps.filter(({ type, bedtime_end }) => type === "sleep" && bedtime_end.slice(11, 13) < "12");
    const shortOnly = scored.filter((day) => !long.includes(String(day)));
    expect(shortOnly.filter((day) => !short.some((sleep) => sleep.day === day))).toEqual([]);
    expect(new Set(long).isSubsetOf(new Set(scored))).toBe(true);
    expect([long.length > new Set(long).size, shortOnly.length > 0]).toEqual([restless, restless]);
  });

  it("has stress in multiples of 15 minutes, with a matching summary", async () => {
    for (const { day_summary, stress_high, recovery_high } of await held("daily_stress")) {
      expect([Number(stress_high) % 900, Number(recovery_high) % 900]).toEqual([0, 0]);
      if (day_summary === "restored") expect(recovery_high).toBeGreaterThanOrEqual(9_000);
      if (day_summary === "stressful") expect(stress_high).toBeGreaterThanOrEqual(9_900);
      if (stress_high === 0 && recovery_high === 0) expect(day_summary).toBeNull();
    }
  });

  it("has two matching UTC timestamps for heart rate, in order", async () => {
    const rows = await simulator.held(id, "heartrate", "start=2026-09-20&end=2026-10-07T16:00:00Z");
    expect(rows.length).toBeGreaterThan(100);
    let last = 0;
    for (const { timestamp, timestamp_unix, bpm } of rows) {
      expect(new Date(Number(timestamp_unix)).toISOString()).toBe(timestamp);
      expect(Number(timestamp_unix)).toBeGreaterThanOrEqual(last);
      expect(Number(bpm)).toBeGreaterThan(30);
      last = Number(timestamp_unix);
    }
    const sources = new Set(rows.map(({ source }) => source));
    expect([...sources].every((source) => sensesDaytime || source === "sleep" || source === "rest")).toBe(true);
  });

  it("has a unique id", async () => {
    const ids: unknown[] = [];
    for (const route of ["daily_sleep", "daily_readiness", "sleep", "workout", "enhanced_tag", "tag", "session"]) {
      ids.push(...(await held(route)).map((document: Row) => document.id));
    }
    expect(new Set(ids).size).toBe(ids.length);
  });
});

it("has no documents for an account without a ring", async () => {
  const simulator = await openSimulator(NOW);
  for (const route of ["daily_sleep", "daily_activity", "workout", "enhanced_tag", "ring_configuration", "heartrate"]) {
    expect(await simulator.held("no_ring", route), route).toEqual([]);
  }
});

it("has no documents for Gen 2 that the ring cannot measure", async () => {
  const simulator = await openSimulator(NOW);
  for (const route of ["daily_spo2", "daily_stress", "daily_resilience", "daily_cardiovascular_age", "vO2_max"]) {
    expect(await simulator.held("gen2", route), route).toEqual([]);
  }
});
