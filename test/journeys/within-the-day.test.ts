import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { fixedInstant } from "../../sandbox/clock/instants.ts";
import { control } from "../support/control.ts";
import { type Assistant, connectAssistant, resetSimulator } from "../support/product.ts";

/** Compares figures within the day and the night with the simulator's documents. */
let assistant: Assistant;

beforeAll(async () => {
  await resetSimulator(fixedInstant);
  assistant = await connectAssistant();
}, 60_000);

const cell = z.union([z.string(), z.number(), z.null()]);
const table = z.object({ columns: z.array(z.string()), rows: z.array(z.array(cell)) });

async function ask<Shape extends z.ZodRawShape>(tool: string, input: object, shape: Shape) {
  const result = await assistant.call(tool, input);
  expect(result.isError, result.content[0]?.text).toBeUndefined();
  return z.object(shape).parse(result.structuredContent);
}

function columnOf({ columns, rows }: z.infer<typeof table>, name: string): (string | number | null)[] {
  const index = columns.indexOf(name);
  return rows.map((row) => row[index] ?? null);
}

const sum = (values: readonly (string | number | null)[]) =>
  values.reduce<number>((total, value) => total + Number(value ?? 0), 0);

async function held<T>(route: string, query = ""): Promise<T[]> {
  return (await control<{ data: T[] }>("GET", `/people/everyday/documents/${route}${query}`)).data;
}

interface Sleep {
  day: string;
  type: string;
  bedtime_start: string;
  deep_sleep_duration: number;
  rem_sleep_duration: number;
  light_sleep_duration: number;
  awake_time: number;
  total_sleep_duration: number;
}

describe("the course of a sleep", () => {
  it("adds up to the stages Oura reports, bucket by bucket", async () => {
    const shape = {
      time_series: z.object({
        columns: z.array(z.string()),
        sleeps: z.array(z.object({ day: z.string(), kind: z.string(), rows: z.array(z.array(cell)) })),
      }),
    };
    const { time_series } = await ask(
      "oura_get_sleep_sessions",
      { start_date: "2026-11-13", end_date: "2026-11-19", include_time_series: true },
      shape,
    );
    const sleeps = await held<Sleep>("sleep");
    expect(time_series.sleeps.length).toBeGreaterThan(4);
    for (const { day, kind, rows } of time_series.sleeps) {
      if (kind !== "night") continue;
      const night = sleeps
        .filter((one) => one.day === day && one.type === "long_sleep")
        .toSorted((a, b) => b.total_sleep_duration - a.total_sleep_duration)[0];
      const course = { columns: time_series.columns, rows };
      for (const [column, seconds] of [
        ["deep_min", night?.deep_sleep_duration],
        ["rem_min", night?.rem_sleep_duration],
        ["light_min", night?.light_sleep_duration],
        ["awake_min", night?.awake_time],
      ] as const) {
        // Half a minute for the series' resolution, plus the rounding to a tenth in each bucket.
        expect(Math.abs(sum(columnOf(course, column)) - (seconds ?? 0) / 60), `${day} ${column}`).toBeLessThanOrEqual(
          0.5 + rows.length * 0.05,
        );
      }
    }
  });

  it("separates naps from nights, and excludes sleep that was rejected or deleted", async () => {
    const {
      columns,
      rows,
      days_with_naps = [],
    } = await ask(
      "oura_get_sleep_sessions",
      { start_date: "2026-08-25", end_date: "2026-11-19" },
      {
        ...table.shape,
        days_with_naps: z
          .array(z.object({ day: z.string(), total_sleep_min: z.number(), total_sleep_with_naps_min: z.number() }))
          .optional(),
      },
    );
    const kinds = columnOf({ columns, rows }, "kind");
    const counted = (await held<Sleep>("sleep")).filter((one) => one.day >= "2026-08-25" && one.day <= "2026-11-19");
    expect(kinds.filter((kind) => kind === "nap")).toHaveLength(
      counted.filter(({ type }) => type === "sleep" || type === "late_nap").length,
    );
    expect(counted.some(({ type }) => type === "rest" || type === "deleted")).toBe(true);
    expect(rows).toHaveLength(counted.filter(({ type }) => type !== "rest" && type !== "deleted").length);
    expect(days_with_naps.length).toBeGreaterThan(0);
    for (const { total_sleep_min, total_sleep_with_naps_min } of days_with_naps)
      expect(total_sleep_with_naps_min).toBeGreaterThan(total_sleep_min);
  });
});

describe("heart rate within the day", () => {
  it.each([5, 15, 30, 60])("has the raw minima and maxima in every %i-minute bucket", async (resolution_minutes) => {
    const { series } = await ask(
      "oura_get_intraday",
      { start_date: "2026-11-18", resolution_minutes },
      { series: table },
    );
    const rows = await held<{ timestamp: string; bpm: number }>(
      "heartrate",
      "?start=2026-11-18T05:00:00Z&end=2026-11-19T05:00:00Z",
    );
    const plausible = rows.filter(({ bpm, timestamp }) => bpm >= 25 && bpm <= 220 && timestamp < "2026-11-19T05:00:00");
    const perDay = (24 * 60) / resolution_minutes;
    expect(series.rows).toHaveLength(perDay);
    expect(sum(columnOf(series, "n"))).toBe(plausible.length);
    for (const [index, time] of columnOf(series, "time").entries()) {
      const from = Date.parse("2026-11-18T05:00:00Z") + index * resolution_minutes * 60_000;
      const inside = plausible
        .filter(
          ({ timestamp }) =>
            Date.parse(timestamp) >= from && Date.parse(timestamp) < from + resolution_minutes * 60_000,
        )
        .map(({ bpm }) => bpm);
      expect(columnOf(series, "min_bpm")[index], String(time)).toBe(inside.length > 0 ? Math.min(...inside) : null);
      expect(columnOf(series, "max_bpm")[index], String(time)).toBe(inside.length > 0 ? Math.max(...inside) : null);
    }
  });

  it("has 25 hours on the day the clocks go back, and 24 on the next", async () => {
    // New York, 1 November 2026. A zone given in the call takes precedence over the records.
    const day = (start_date: string) =>
      ask(
        "oura_get_intraday",
        { start_date, timezone: "America/New_York" },
        { series: table, start: z.string(), end: z.string() },
      );
    const long = await day("2026-11-01");
    expect([long.start, long.end]).toEqual(["2026-11-01T00:00-04:00", "2026-11-02T00:00-05:00"]);
    expect(long.series.rows).toHaveLength(25);
    expect((await day("2026-11-02")).series.rows).toHaveLength(24);
    expect(columnOf((await day("2026-03-08")).series, "time")).not.toContain("02:00"); // 23 hours in spring
  });

  it("crosses midnight when the end is before the start", async () => {
    const { start, end, series } = await ask(
      "oura_get_intraday",
      { start_date: "2026-11-18", start_time: "22:00", end_time: "06:00" },
      { start: z.string(), end: z.string(), series: table },
    );
    expect([start, end]).toEqual(["2026-11-18T22:00-05:00", "2026-11-19T06:00-05:00"]);
    expect(series.rows).toHaveLength(8);
  });

  it("summarizes a month by day", async () => {
    const { by_day } = await ask(
      "oura_get_intraday",
      { start_date: "2026-10-21", end_date: "2026-11-19" },
      { by_day: table },
    );
    expect(by_day.rows).toHaveLength(30);
  });
});

interface Reading {
  timestamp: string;
  bpm: number;
  source: string;
}

/** The simulator's plausible readings in [start, end). */
async function readings(start: string, end: string): Promise<Reading[]> {
  const rows = await held<Reading>(
    "heartrate",
    `?start=${new Date(start).toISOString()}&end=${new Date(end).toISOString()}`,
  );
  return rows.filter(({ bpm, timestamp }) => bpm >= 25 && bpm <= 220 && Date.parse(timestamp) < Date.parse(end));
}

/** "2026-11-19T18:45-05:00" of an instant; the everyday person is in New York in winter, and on a journey in Paris. */
function inNewYork(instant: number, hours = -5): string {
  return `${new Date(instant + hours * 3_600_000).toISOString().slice(0, 16)}${hours < 0 ? "-05:00" : "+01:00"}`;
}

describe("when the heart rate was lowest and highest", () => {
  it.each([
    ["2026-11-05", "+01:00", 1],
    ["2026-11-14", "-05:00", -5],
    ["2026-11-18", "-05:00", -5],
    ["2026-11-19", "-05:00", -5],
  ])("on %s is the first such reading", async (day, offset, hours) => {
    const { extremes, summary } = await ask(
      "oura_get_intraday",
      { start_date: day },
      { extremes: table, summary: z.string() },
    );
    const midnight = `${day}T00:00:00${offset}`;
    const rows = await readings(midnight, new Date(Date.parse(midnight) + 86_400_000).toISOString());
    for (const [what, bpm] of [
      ["lowest", Math.min(...rows.map((row) => row.bpm))],
      ["highest", Math.max(...rows.map((row) => row.bpm))],
    ] as const) {
      const first = rows.find((row) => row.bpm === bpm);
      const at = inNewYork(Date.parse(first?.timestamp ?? ""), hours);
      expect(extremes.rows.find(([name]) => name === what)?.slice(0, 4)).toEqual([what, bpm, at, first?.source]);
      expect(summary).toContain(`${what} ${bpm} bpm at ${at.slice(11, 16)}`);
    }
  });

  it("says when the highest stands alone, and what is highest without it", async () => {
    const shape = { notes: z.array(z.string()), summary: z.string() };
    const { notes, summary } = await ask("oura_get_intraday", { start_date: "2026-11-08" }, shape);
    const rows = await readings("2026-11-08T00:00:00-05:00", "2026-11-09T00:00:00-05:00");
    const others = rows.filter(
      ({ timestamp }) => Math.abs(Date.parse(timestamp) - Date.parse("2026-11-08T03:10:00-05:00")) > 60_000,
    );
    const next = Math.max(...others.map(({ bpm }) => bpm));
    expect(summary).toContain(`highest 217 bpm at 03:10 (workout), which stands alone (else ${next} bpm at`);
    expect(notes.join()).toContain("217 bpm at 03:10 on Sun 8 Nov 2026 stands alone");
  });

  it("in a night is the lowest sample of Ōura's record, with its time", async () => {
    const { nights } = await ask(
      "oura_get_intraday",
      { start_date: "2026-11-18", end_date: "2026-11-19", summary_only: true },
      { nights: table },
    );
    const sleeps = await held<
      Sleep & { heart_rate: { interval: number; items: (number | null)[] }; lowest_heart_rate: number }
    >("sleep");
    const expected = ["2026-11-18", "2026-11-19"].map((day) => {
      const night = sleeps.find((one) => one.day === day && one.type === "long_sleep");
      const items = night?.heart_rate.items ?? [];
      const low = Math.min(...items.filter((bpm) => bpm !== null));
      const at = Date.parse(night?.bedtime_start ?? "") + items.indexOf(low) * (night?.heart_rate.interval ?? 0) * 1000;
      return [day, low, inNewYork(at), night?.lowest_heart_rate];
    });
    expect(nights.rows).toEqual(expected);
  });

  it("over a week is told by day", async () => {
    const { by_day } = await ask(
      "oura_get_intraday",
      { start_date: "2026-11-13", end_date: "2026-11-19" },
      { by_day: table },
    );
    const days = columnOf(by_day, "day");
    for (const [index, day] of days.entries()) {
      const rows = await readings(
        `${day}T00:00:00-05:00`,
        new Date(Date.parse(`${day}T05:00:00Z`) + 86_400_000).toISOString(),
      );
      const first = rows.find(({ bpm }) => bpm === columnOf(by_day, "max_bpm")[index]);
      expect(columnOf(by_day, "max_at")[index]).toBe(inNewYork(Date.parse(first?.timestamp ?? "")).slice(11, 16));
    }
  });
});

describe("the heart rate at a moment", () => {
  const moment = { moment: z.record(z.string(), cell), summary: z.string(), missing: z.array(z.unknown()) };

  it("is the mean of that minute, else the nearest reading within ten minutes", async () => {
    const rows = await readings("2026-11-19T00:00:00-05:00", "2026-11-20T00:00:00-05:00");
    let [exact, near, none] = [0, 0, 0];
    for (const at of ["03:10", "07:45", "08:30", "12:40", "15:05", "18:45", "19:20", "22:15"]) {
      const asked = Date.parse(`2026-11-19T${at}:00-05:00`);
      const { moment: told, missing } = await ask("oura_get_intraday", { start_date: "2026-11-19", at }, moment);
      const ofMinute = rows.filter(
        (row) => Date.parse(row.timestamp) >= asked && Date.parse(row.timestamp) < asked + 60_000,
      );
      const nearest = rows.toSorted(
        (one, other) => Math.abs(Date.parse(one.timestamp) - asked) - Math.abs(Date.parse(other.timestamp) - asked),
      )[0];
      if (ofMinute.length > 0) {
        exact += 1;
        expect(told.bpm, at).toBe(Number((sum(ofMinute.map(({ bpm }) => bpm)) / ofMinute.length).toFixed(0)));
      } else if (nearest && Math.abs(Date.parse(nearest.timestamp) - asked) <= 600_000) {
        near += 1;
        expect([told.bpm, told.read_at], at).toEqual([nearest.bpm, inNewYork(Date.parse(nearest.timestamp))]);
      } else {
        none += 1;
        expect(told.bpm, at).toBeNull();
        expect(missing.length, at).toBeGreaterThan(0);
      }
    }
    expect(
      [exact, near].every((count) => count > 0),
      `${exact}, ${near}, ${none}`,
    ).toBe(true);
  });

  it("says for how long the wearer had been up, since the end of the night", async () => {
    const sleeps = await held<Sleep & { bedtime_end: string }>("sleep");
    const night = sleeps.find(({ day, type }) => day === "2026-11-19" && type === "long_sleep");
    const { moment: told, summary } = await ask("oura_get_intraday", { start_date: "2026-11-19", at: "18:45" }, moment);
    const hours = (Date.parse("2026-11-19T18:45:00-05:00") - Date.parse(night?.bedtime_end ?? "")) / 3_600_000;
    expect(told).toMatchObject({ state: "up", hours_awake: Number(hours.toFixed(1)) });
    expect(summary).toContain(`since the sleep that ended at ${night?.bedtime_end.slice(11, 16)} on Thu 19 Nov 2026`);
  });

  it("names the stage of sleep in the night", async () => {
    const sleeps = await held<Sleep & { sleep_phase_30_sec: string }>("sleep");
    const night = sleeps.find(({ day, type }) => day === "2026-11-19" && type === "long_sleep");
    const { moment: told } = await ask("oura_get_intraday", { start_date: "2026-11-19", at: "03:10" }, moment);
    const index = Math.floor(
      (Date.parse("2026-11-19T03:10:00-05:00") - Date.parse(night?.bedtime_start ?? "")) / 30_000,
    );
    const stage = { "1": "deep", "2": "light", "3": "rem", "4": "awake" }[night?.sleep_phase_30_sec[index] ?? ""];
    expect(told.state).toBe(stage);
  });

  it("may be now", async () => {
    const { moment: told, summary } = await ask("oura_get_intraday", { at: "now" }, moment);
    expect(summary).toMatch(/^Fri 20 Nov 2026 at 15:00 \(UTC-05:00\): /);
    expect(told.state).toBe("up");
  });

  it("of steps is the count of the step day so far, estimated", async () => {
    const shape = { moment: z.record(z.string(), cell), summary: z.string() };
    const { moment: told } = await ask(
      "oura_get_intraday",
      { metric: "steps", start_date: "2026-11-19", at: "18:45" },
      shape,
    );
    const { series } = await ask(
      "oura_get_intraday",
      { metric: "steps", start_date: "2026-11-19", start_time: "04:00", end_time: "18:45", resolution_minutes: 15 },
      { series: table },
    );
    expect(told.steps_estimated).toBe(sum(columnOf(series, "steps_estimated")));
    const activity = await held<{ day: string; steps: number }>("daily_activity");
    expect(told.step_day_total).toBe(activity.find(({ day }) => day === "2026-11-19")?.steps);
  });
});

describe("time in heart-rate zones", () => {
  it("is that of each workout's own readings, by the stated maximum", async () => {
    const shape = { zones: table, notes: z.array(z.string()) };
    const { zones, notes } = await ask("oura_get_intraday", { start_date: "2026-11-19", max_bpm: 180 }, shape);
    const all = await held<{ day: string; activity: string; start_datetime: string; end_datetime: string }>("workout");
    const workouts = all
      .filter(({ day }) => day === "2026-11-19")
      .toSorted((one, other) => Date.parse(one.start_datetime) - Date.parse(other.start_datetime));
    expect(workouts.length).toBeGreaterThan(0);
    expect(columnOf(zones, "workout")).toEqual(workouts.map(({ activity }) => activity));
    for (const [index, { start_datetime, end_datetime }] of workouts.entries()) {
      const own = await readings(start_datetime, end_datetime);
      // Every second stands for the last reading before it.
      const seconds = [0, 0, 0, 0, 0, 0];
      const last = Date.parse(own.at(-1)?.timestamp ?? "");
      for (const [position, { timestamp, bpm }] of own.entries()) {
        const next = own[position + 1];
        const until = next ? Date.parse(next.timestamp) : last + 5000;
        const zone = bpm < 90 ? 0 : bpm < 108 ? 1 : bpm < 126 ? 2 : bpm < 144 ? 3 : bpm < 162 ? 4 : 5;
        seconds[zone] = (seconds[zone] ?? 0) + Math.min(until - Date.parse(timestamp), 600_000) / 1000;
      }
      const told = ["below_min", "zone_1_min", "zone_2_min", "zone_3_min", "zone_4_min", "zone_5_min"];
      for (const [zone, column] of told.entries())
        expect(columnOf(zones, column)[index], column).toBeCloseTo((seconds[zone] ?? 0) / 60, 0);
    }
    expect(notes.join()).toContain("Zones 1 to 5 begin at 90, 108, 126, 144, 162 bpm");
  });

  it("of many workouts are added up by activity", async () => {
    const { zones, summary } = await ask(
      "oura_get_intraday",
      { start_date: "2026-10-25", end_date: "2026-11-19", max_bpm: 180 },
      { zones: table, summary: z.string() },
    );
    const workouts = await held<{ day: string; activity: string }>("workout");
    const own = workouts.filter(({ day }) => day >= "2026-10-25" && day <= "2026-11-19");
    expect(sum(columnOf(zones, "count"))).toBe(own.length);
    expect(summary).toContain(`all workouts (${own.length})`);
  });
});

describe("steps within the day", () => {
  it("add up to the day's count exactly, and are marked as estimated", async () => {
    const activity = await held<{ day: string; steps: number }>("daily_activity");
    for (const start_date of ["2026-11-19", "2026-11-14", "2026-11-01"]) {
      const { series, notes } = await ask(
        "oura_get_intraday",
        { metric: "steps", start_date, resolution_minutes: 15 },
        { series: table, notes: z.array(z.string()) },
      );
      expect(series.columns).toEqual(["time", "steps_estimated"]);
      expect(sum(columnOf(series, "steps_estimated"))).toBe(activity.find(({ day }) => day === start_date)?.steps);
      expect(notes.join()).toContain("shared over the day's walking-like minutes");
    }
  });

  it("of a time range have no total", async () => {
    const { notes } = await ask(
      "oura_get_intraday",
      { metric: "steps", start_date: "2026-11-19", start_time: "08:00", end_time: "12:00" },
      { notes: z.array(z.string()) },
    );
    expect(notes.join()).toContain("adds up to no total of Ōura's");
  });
});

describe("invalid arguments", () => {
  it.each<[object, RegExp]>([
    [{ start_time: "25:00" }, /start_time: 25:00 is not a time; write HH:MM/],
    [{ resolution_minutes: 7 }, /resolution_minutes: /],
    [{ start_date: "2026-10-01", end_date: "2026-11-15" }, /at most 30/],
    [{ metric: "steps", start_date: "2026-11-01", end_date: "2026-11-10" }, /at most 2/],
    [{ start_date: "2026-11-01", end_date: "2026-11-10", start_time: "08:00" }, /times go with one or two days/],
    [{ at: "6pm" }, /at: 6pm is not a time; write HH:MM/],
    [{ at: "18:45", start_date: "2026-11-18", end_date: "2026-11-19" }, /at: a moment is on one day/],
    [{ at: "18:45", start_time: "18:00" }, /at: give either at, or start_time and end_time/],
    [{ at: "now", start_date: "2026-11-18" }, /at: now is on 2026-11-20; leave start_date out/],
    [{ at: "22:00" }, /at: 22:00 is still to come; it is 15:00 there now/],
    [{ max_bpm: 20 }, /max_bpm: 20 is not accepted; write a whole number from 100 to 230/],
  ])("%j name the field and the fix", async (input, words) => {
    const result = await assistant.call("oura_get_intraday", input);
    expect(result.isError).toBe(true);
    expect(result.content[0]?.text).toMatch(words);
  });
});
