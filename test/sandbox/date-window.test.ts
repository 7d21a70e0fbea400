import { describe, expect, it } from "vitest";
import { openSimulator, pluck } from "./open-simulator.ts";

const DAYS = ["2026-09-28", "2026-09-29", "2026-09-30"];
const WINDOW = "start_date=2026-09-28&end_date=2026-09-30";

async function daysListed(person: string, path: string): Promise<unknown[]> {
  const simulator = await openSimulator();
  return [...new Set(pluck(await simulator.list(path, await simulator.token(person)), "day"))];
}

describe("a window of bare dates", () => {
  it.each(["daily_sleep", "daily_readiness", "daily_stress", "daily_spo2", "daily_cardiovascular_age", "sleep_time"])(
    "includes both ends for %s, anchored at midnight UTC",
    async (route) => {
      for (const person of ["everyday", "far_east"]) {
        expect(await daysListed(person, `${route}?${WINDOW}`), person).toEqual(DAYS);
      }
    },
  );

  it("excludes the last day of daily_activity, which starts at 04:00 local time", async () => {
    expect(await daysListed("everyday", `daily_activity?${WINDOW}`)).toEqual(DAYS.slice(0, 2));
  });

  it("excludes the first day of daily_activity in Tonga, where 04:00 is on the day before in UTC", async () => {
    expect(await daysListed("far_east", `daily_activity?${WINDOW}`)).toEqual(DAYS.slice(1));
  });

  it("finds today's daily_activity with an end inside the day", async () => {
    const days = await daysListed("everyday", "daily_activity?start_date=2026-10-07&end_date=2026-10-07T23:59:59");
    expect(days).toEqual(["2026-10-07"]);
  });
});

describe("sleep, filtered by the UTC instant of bedtime_start", () => {
  it("excludes the first day east of New York, whose night began the evening before", async () => {
    const days = await daysListed("gen2", `sleep?${WINDOW}`);
    expect(days).not.toContain("2026-09-28");
    expect(days).toContain("2026-09-30");
  });

  it("finds nothing if the window is one date", async () => {
    expect(await daysListed("gen2", "sleep?start_date=2026-09-28&end_date=2026-09-28")).toEqual([]);
  });

  it("assigns a night to the UTC day of its start, so a night in New York is found on its wake-up day", async () => {
    const simulator = await openSimulator();
    const nights = await simulator.list(`sleep?${WINDOW}`, await simulator.token("everyday"));
    expect(nights.length).toBeGreaterThan(0);
    for (const night of nights) {
      const start = Date.parse(String(night.bedtime_start));
      expect(start).toBeGreaterThanOrEqual(Date.parse("2026-09-28"));
      expect(start).toBeLessThanOrEqual(Date.parse("2026-09-30"));
    }
  });

  it("comes in order of bedtime_end", async () => {
    const simulator = await openSimulator();
    const sleeps = await simulator.list("sleep?start_date=2025-10-01", await simulator.token("everyday"));
    const ends = sleeps.map((sleep) => Date.parse(String(sleep.bedtime_end)));
    expect(ends.length).toBeGreaterThan(380);
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
  });
});

describe("workouts, filtered by the UTC instant of their start", () => {
  it("returns an evening walk west of UTC under the day after", async () => {
    const simulator = await openSimulator();
    const held = await simulator.held("everyday", "workout");
    const late = held.find((workout) => String(workout.start_datetime).slice(11, 13) >= "20");
    const day = String(late?.day);
    const nextDay = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    const dayAfter = new Date(Date.parse(day) + 2 * 86_400_000).toISOString().slice(0, 10);
    const token = await simulator.token("everyday");
    expect(pluck(await simulator.list(`workout?start_date=${day}&end_date=${nextDay}`, token), "id")).not.toContain(
      late?.id,
    );
    expect(pluck(await simulator.list(`workout?start_date=${nextDay}&end_date=${dayAfter}`, token), "id")).toContain(
      late?.id,
    );
  });
});

describe("bounds", () => {
  it("parse numbers as Unix times, like pydantic", async () => {
    expect(await daysListed("everyday", "daily_sleep?start_date=1&end_date=2")).toEqual([]);
    const seconds = Date.parse("2026-09-29T00:00Z") / 1_000;
    expect(await daysListed("everyday", `daily_sleep?start_date=${seconds}&end_date=${seconds}`)).toEqual([
      "2026-09-29",
    ]);
  });

  it("default to yesterday and today in UTC", async () => {
    expect(await daysListed("everyday", "daily_sleep")).toEqual(["2026-10-06", "2026-10-07"]);
  });

  it("allow any range of daily documents in one answer", async () => {
    const simulator = await openSimulator();
    const { data, next_token } = await simulator.page(
      "daily_sleep?start_date=0024-11-11&end_date=2026-10-07",
      await simulator.token("everyday"),
    );
    expect(data.length).toBeGreaterThan(360);
    expect(next_token).toBeNull();
  });

  it("accept offsets, and assume UTC without one", async () => {
    const day = await daysListed(
      "everyday",
      "daily_sleep?start_date=2026-09-29T02:00:00%2B02:00&end_date=2026-09-29T00:00:00",
    );
    expect(day).toEqual(["2026-09-29"]);
  });
});
