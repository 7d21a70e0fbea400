import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type OpenSimulator, openSimulator, pluck, type Row } from "./open-simulator.ts";

const span = z.object({ first: z.string(), last: z.string() });
const description = z.object({
  id: z.string(),
  trip: span.nullable(),
  illness: span.nullable(),
  off_finger: z.array(span),
});

/** The everyday person's 400 days must contain these features. */
describe("the everyday person", () => {
  let simulator: OpenSimulator;
  let planted: z.output<typeof description>;
  let sleeps: Row[];
  let nights: Row[];
  beforeAll(async () => {
    simulator = await openSimulator();
    const { people } = z
      .object({ people: z.array(description) })
      .parse(await (await simulator.control("GET", "people")).json());
    planted = description.parse(people.find(({ id }) => id === "everyday"));
    sleeps = await simulator.held("everyday", "sleep");
    nights = sleeps.filter(({ type }) => type === "long_sleep");
  });

  function between({ first, last }: z.output<typeof span>): (row: Row) => boolean {
    return ({ day }) => String(day) >= first && String(day) <= last;
  }
  function meanOf(rows: readonly Row[], field: string): number {
    return rows.reduce((sum, row) => sum + Number(row[field]), 0) / rows.length;
  }
  /** Mean on nights after a day with the tag, minus the mean on the others, both outside the illness. */
  async function tagEffect(code: string, field: string): Promise<number> {
    const tags = (await simulator.held("everyday", "enhanced_tag")).filter(
      ({ tag_type_code }) => tag_type_code === code,
    );
    const tagged = new Set(tags.map(({ start_day }) => nextDay(String(start_day))));
    const well = nights.filter((night) => !between(span.parse(planted.illness))(night));
    const [after, others] = [true, false].map((wanted) => well.filter(({ day }) => tagged.has(String(day)) === wanted));
    expect(after?.length).toBeGreaterThan(20);
    return meanOf(after ?? [], field) - meanOf(others ?? [], field);
  }

  it("has 400 days, with a few nights missing rather than empty", () => {
    const days = new Set(pluck(nights, "day"));
    expect(days.size).toBeGreaterThan(365);
    expect(days.size).toBeLessThan(396);
  });

  it("has no document for whole days without the ring", async () => {
    expect(planted.off_finger).toHaveLength(2);
    for (const route of ["daily_sleep", "daily_activity", "daily_stress", "workout", "sleep"]) {
      for (const off of planted.off_finger) {
        expect((await simulator.held("everyday", route)).filter(between(off)), route).toEqual([]);
      }
    }
  });

  it("is ill for eight nights, with rest mode", async () => {
    const ill = between(span.parse(planted.illness));
    const [sick, well] = [nights.filter(ill), nights.filter((night) => !ill(night))];
    expect(sick).toHaveLength(8);
    const height = sick.slice(1, 5);
    expect(meanOf(height, "lowest_heart_rate") - meanOf(well, "lowest_heart_rate")).toBeGreaterThan(3);
    expect(meanOf(sick, "average_hrv") / meanOf(well, "average_hrv")).toBeLessThan(0.9);
    expect(meanOf(sick, "average_breath") - meanOf(well, "average_breath")).toBeGreaterThan(0.5);
    const readiness = await simulator.held("everyday", "daily_readiness");
    const peak = Math.max(...readiness.filter(ill).map((row) => Number(row.temperature_deviation)));
    expect(peak).toBeGreaterThan(0.8);
    const [longest] = (await simulator.held("everyday", "rest_mode_period")).filter(
      (row) => row.start_day !== row.end_day,
    );
    expect(longest?.end_day).toBe(planted.illness?.last);
  });

  it("travels across time zones over the last clock change", () => {
    const trip = span.parse(planted.trip);
    const offsets = (row: Row): string => String(row.bedtime_end).slice(-6);
    const away = new Set(
      nights.filter((night) => String(night.day) > trip.first && String(night.day) <= trip.last).map(offsets),
    );
    const home = new Set(nights.map(offsets));
    expect([...away].every((offset) => offset === "+01:00" || offset === "+02:00")).toBe(true);
    expect([...home].sort()).toEqual(expect.arrayContaining(["-04:00", "-05:00"]));
  });

  it("sleeps worse after alcohol and a late meal, and no different without caffeine", async () => {
    expect(await tagEffect("tag_generic_alcohol", "lowest_heart_rate")).toBeGreaterThan(2.5);
    expect(await tagEffect("tag_generic_alcohol", "average_hrv")).toBeLessThan(-5);
    expect(await tagEffect("tag_sleep_latemeal", "lowest_heart_rate")).toBeGreaterThan(0.5);
    expect(Math.abs(await tagEffect("tag_generic_nocaffeine", "lowest_heart_rate"))).toBeLessThan(0.8);
  });

  it("has naps of every kind, half of them without a heart rate", () => {
    const kinds = new Set(pluck(sleeps, "type"));
    expect([...kinds].sort()).toEqual(["deleted", "late_nap", "long_sleep", "rest", "sleep"]);
    expect(sleeps.filter(({ lowest_heart_rate }) => lowest_heart_rate === 255).length).toBeGreaterThan(20);
    const perDay = Map.groupBy(sleeps, ({ day }) => day);
    expect(Math.max(...[...perDay.values()].map((rows) => rows.length))).toBeGreaterThanOrEqual(3);
    // A false detection in the evening comes before the night of the same sleep day.
    expect(nights.some(({ period }) => period !== 0)).toBe(true);
  });

  it("contains an impossible value in each field where real data has shown one", async () => {
    const trends = pluck(await simulator.held("everyday", "daily_readiness"), "temperature_trend_deviation");
    expect(trends.filter((trend) => Number(trend) > 5)).toHaveLength(1);
    const oxygen = z.array(z.object({ spo2_percentage: z.object({ average: z.number() }).nullable() }));
    const averages = oxygen
      .parse(await simulator.held("everyday", "daily_spo2"))
      .map((row) => row.spo2_percentage?.average);
    expect(averages).toContain(0);
    expect(averages).toContain(undefined);
    const rows = await simulator.held("everyday", "heartrate", "start=2026-09-24&end=2026-09-27");
    expect(rows.some(({ bpm }) => Number(bpm) > 200)).toBe(true);
  });

  it("walks less on Sundays and on sick days", async () => {
    const activity = await simulator.held("everyday", "daily_activity");
    const on = (weekday: number): Row[] =>
      activity.filter(({ day }) => new Date(`${day}T12:00Z`).getUTCDay() === weekday);
    expect(meanOf(on(0), "steps")).toBeLessThan(0.8 * meanOf(on(6), "steps"));
    expect(meanOf(activity.filter(between(span.parse(planted.illness))), "steps")).toBeLessThan(
      meanOf(activity, "steps"),
    );
  });
});

function nextDay(day: string): string {
  return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}
