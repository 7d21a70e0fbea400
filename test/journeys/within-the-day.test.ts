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
  ])("%j name the field and the fix", async (input, words) => {
    const result = await assistant.call("oura_get_intraday", input);
    expect(result.isError).toBe(true);
    expect(result.content[0]?.text).toMatch(words);
  });
});
