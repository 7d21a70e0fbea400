import { describe, expect, it } from "vitest";
import { addDays, countDays, dayMilliseconds, dayNumber, type IsoDay, parseIsoDay } from "../../src/analytics/day.ts";
import { AppError } from "../../src/errors.ts";
import { gatherSleepDays } from "../../src/oura/night.ts";
import { ouraRoutes } from "../../src/oura/routes.ts";
import type { OuraTool } from "../../src/question/tool.ts";
import { anomaliesTool } from "../../src/tools/anomalies/anomalies-tool.ts";
import { createCircumstances } from "../../src/tools/anomalies/circumstances.ts";
import { resolvePeriods } from "../../src/tools/compare-periods/compared-periods.ts";
import { sayStandings } from "../../src/tools/daily-summary/baselines.ts";
import { dailyInput, readDays as readDailyDays } from "../../src/tools/daily-summary/daily-input.ts";
import { dailySummaryTool } from "../../src/tools/daily-summary/daily-summary-tool.ts";
import { forecastBattery, sayForecast } from "../../src/tools/device/battery-use.ts";
import { deviceTool } from "../../src/tools/device/device-tool.ts";
import { eventsTool } from "../../src/tools/events/events-tool.ts";
import { influencesTool } from "../../src/tools/influences/influences-tool.ts";
import { findSpells } from "../../src/tools/intraday/heart-rate-figures.ts";
import { intradayTool } from "../../src/tools/intraday/intraday-tool.ts";
import { resolveInterval } from "../../src/tools/intraday/local-time.ts";
import { describeUnwritten } from "../../src/tools/intraday/night-lows.ts";
import { readDays as readSleepDays, sleepInput } from "../../src/tools/sleep-sessions/sleep-input.ts";
import { sayRings } from "../../src/tools/statistics/notes.ts";
import { readDays as readStatisticsDays, statisticsInput } from "../../src/tools/statistics/statistics-input.ts";
import { statisticsTool } from "../../src/tools/statistics/statistics-tool.ts";
import { readNeed } from "../../src/tools/statistics/thresholds.ts";
import { rollBack } from "../../src/tools/trends/roll-back.ts";
import { trendsTool } from "../../src/tools/trends/trends-tool.ts";
import { activityOn, ask, failureOf } from "./ask.ts";

/*
 * Each limit of the tools is tried exactly at its number and one step beyond it. The numbers are written out: a constant
 * of the code would follow every change of the limit.
 */

const today = parseIsoDay("2026-11-20") as IsoDay; // a label, written as one
const calendar = { today, latest: today, dayOf: () => today, note: () => {} };
const minute = 60_000;

/** The `days` days that end today. */
const last = (days: number) => ({ start_date: addDays(today, 1 - days), end_date: today });
const rangeOf = (days: number) => ({ start: addDays(today, 1 - days), end: today });

function accepts(call: () => unknown): boolean {
  try {
    call();
    return true;
  } catch (error) {
    if (error instanceof AppError && error.failure.kind === "bad_input") return false;
    throw error;
  }
}

const daily = (input: object) => accepts(() => readDailyDays(dailyInput.parse(input), calendar));
const sleep = (input: object) => accepts(() => readSleepDays(sleepInput.parse(input), calendar));
const statistics = (input: object) => accepts(() => readStatisticsDays(statisticsInput.parse(input), calendar));
const fourDaily = ["steps", "sleep_score", "readiness_score", "activity_score"];
const fourOfSleep = ["start", "end", "hrv_ms", "efficiency_pct"];

it.each<[string, number, (days: number) => boolean]>([
  ["a summary of each day", 92, (days) => daily(last(days))],
  ["four columns of each day", 92, (days) => daily({ ...last(days), columns: fourDaily })],
  ["three columns of each day", 366, (days) => daily({ ...last(days), columns: fourDaily.slice(1) })],
  ["a summary without rows", 366, (days) => daily({ ...last(days), summary_only: true })],
  ["the nights", 92, (days) => sleep(last(days))],
  ["four columns of the nights", 92, (days) => sleep({ ...last(days), columns: fourOfSleep })],
  ["three columns of the nights", 366, (days) => sleep({ ...last(days), columns: fourOfSleep.slice(1) })],
  ["nights by the quarter hour", 7, (days) => sleep({ ...last(days), include_time_series: true })],
  ["statistics", 2192, (days) => statistics(last(days))],
  ["the regularity of sleep", 92, (days) => statistics({ ...last(days), pattern: "regularity" })],
  ["a chronotype", 366, (days) => statistics({ ...last(days), pattern: "chronotype" })],
  ["a shortfall of sleep", 31, (days) => statistics({ ...last(days), pattern: "sleep_shortfall" })],
  ["a period that is compared", 184, (days) => accepts(() => resolvePeriods(last(days), calendar))],
  [
    "two compared periods together",
    400,
    (days) => {
      const first = addDays(today, 1 - days);
      const other = { compare_start_date: first, compare_end_date: addDays(first, 6) };
      return accepts(() => resolvePeriods({ ...last(7), ...other }, calendar));
    },
  ],
])("%s: at most %i days", (_name, most, isAccepted) => {
  expect([isAccepted(most), isAccepted(most + 1)]).toEqual([true, false]);
});

it.each<[string, number, OuraTool, object]>([
  ["unusual days", 180, anomaliesTool, {}],
  ["a trend", 366, trendsTool, {}],
  ["influences", 366, influencesTool, {}],
  ["events", 366, eventsTool, {}],
  ["heart rate", 30, intradayTool, {}],
  ["steps within the day", 2, intradayTool, { metric: "steps" }],
])("a question about %s: at most %i days", async (_name, most, tool, input) => {
  const asked = (days: number) =>
    ask(tool, { ...input, ...last(days) }, { now: `${today}T20:00:00Z`, held: {}, offsetMinutes: 0 });
  expect(await asked(most)).toMatchObject({ answer: { summary: expect.any(String) } });
  expect(await failureOf(asked(most + 1))).toMatchObject({ kind: "bad_input" });
});

describe("statistics", () => {
  it("have at most 160 rows of groups", () => {
    const weeks = (count: number) => statistics({ ...last(7 * (count - 1)), group_by: "week", metrics: ["steps"] });
    expect([weeks(160), weeks(161)]).toEqual([true, false]);
  });

  it.each([
    ["14:00", true],
    ["14:01", false],
    ["3:00", true],
    ["2:59", false],
  ])("take a need of sleep from 3 to 14 hours: %s", (text, isAccepted) => {
    expect(accepts(() => readNeed(text))).toBe(isAccepted);
  });

  it("list the newest 31 days that match, and count the others", async () => {
    const days = Array.from({ length: 33 }, (_, index) => activityOn(addDays(today, -1 - index)));
    const question = {
      metrics: ["steps"],
      above: "1000",
      start_date: addDays(today, -33),
      end_date: addDays(today, -1),
    };
    const held = { daily_activity: days };
    const { answer } = await ask(statisticsTool, question, { now: `${today}T20:00:00Z`, held, offsetMinutes: 0 });
    expect(JSON.stringify(answer)).toContain('"earlier_days_not_listed":2');
  });

  it("name a new ring in sixty days, and not in fewer", () => {
    const ring = (set_up_at: string) => ouraRoutes.ring_configuration.schema.parse({ set_up_at });
    const rings = [ring("2024-01-01T00:00:00Z"), ring("2026-11-10T00:00:00Z")];
    expect([59, 60].map((days) => sayRings(rings, rangeOf(days)).length)).toEqual([0, 1]);
  });
});

it("a course of rolling means has at most 26 rows", () => {
  expect([26, 27].map((days) => rollBack([], rangeOf(days), 7).rows.length)).toEqual([26, 14]);
});

it("a journey is named for two days after it", () => {
  const nightTo = (day: IsoDay, offset: string) =>
    ouraRoutes.sleep.schema.parse({
      day,
      type: "long_sleep",
      total_sleep_duration: 25_000,
      bedtime_start: `${addDays(day, -1)}T23:00:00${offset}`,
      bedtime_end: `${day}T07:00:00${offset}`,
    });
  const nights = Array.from({ length: 12 }, (_, index) =>
    nightTo(addDays(today, index - 11), index < 6 ? "+00:00" : "+09:00"),
  );
  const none = { workouts: [], tags: [], oldTags: [], restModes: [] };
  const { before } = createCircumstances(
    none,
    gatherSleepDays(nights, () => true),
    rangeOf(12),
  );
  const named = nights.filter(({ day }) => before(day, "day").length > 0).map(({ day }) => day);
  expect(named).toEqual(["2026-11-15", "2026-11-16", "2026-11-17"]);
});

it.each([
  [15.4, "all as usual"],
  [16, "later than usual"],
  [1394.6, "all as usual"],
  [1394.4, "earlier than usual"],
])("a clock time is as usual up to the limits as they are shown, 23:15 and 00:15: minute %f is %s", (value, said) => {
  const usual = { typical: 1425, low: 1395, high: 15.2 };
  const standing = { id: "bedtime", value, usual, sd: 1.3, n: 28, status: "established" } as const;
  expect(sayStandings(today, [standing])).toContain(said);
});

it.each([
  [8, true],
  [9, false],
])("a column with two values in %i days is shown if a quarter of the days has one", async (days, isShown) => {
  const values = [2, 4].map((ago) => ({ day: addDays(today, -ago), vo2_max: 41 }));
  const question = {
    start_date: addDays(today, -days),
    end_date: addDays(today, -1),
    columns: ["steps", "vo2_max_ml_kg_min"],
  };
  const held = {
    vO2_max: values,
    daily_activity: Array.from({ length: days }, (_, index) => activityOn(addDays(today, -1 - index))),
  };
  const { answer } = await ask(dailySummaryTool, question, { now: `${today}T20:00:00Z`, held, offsetMinutes: 0 });
  expect((answer.columns as string[]).includes("vo2_max_ml_kg_min")).toBe(isShown); // the tool's output schema
});

describe("heart rate", () => {
  it.each([
    ["12:10:00", 60],
    ["11:50:00", 60],
    ["12:10:01", null],
    ["11:49:59", null],
  ])("at 12:00 is the reading at %s if it is ten minutes away or less", async (clock, bpm) => {
    const day = addDays(today, -1);
    const held = {
      heartrate: [{ timestamp: `${day}T${clock}Z`, bpm: 60, source: "awake" }],
      daily_activity: [activityOn(day)],
    };
    const question = { start_date: day, at: "12:00" };
    const { answer } = await ask(intradayTool, question, { now: `${today}T20:00:00Z`, held, offsetMinutes: 0 });
    expect(answer.moment).toMatchObject({ bpm });
  });

  it("of a workout belongs to one period across pauses of ten minutes, and not across longer ones", () => {
    const rows = (pause: number) => [0, 5_000 + pause].map((at) => ({ at, bpm: 120, source: "workout" }));
    expect([10 * minute, 10 * minute + 1].map((pause) => findSpells("workout", rows(pause)).length)).toEqual([1, 2]);
  });

  it("at a point in time is read half an hour before and after it", () => {
    const instantOf = (day: IsoDay, at: number) => dayNumber(day) * dayMilliseconds + at * minute;
    const local = { spans: [{ from: 0, offsetMinutes: 0 }], instantOf };
    const { start, end } = resolveInterval(rangeOf(1), { at: "12:00" }, local, Date.parse("2026-11-20T20:00:00Z"));
    expect([start, end]).toEqual(["11:30", "12:30"].map((clock) => Date.parse(`${today}T${clock}:00Z`)));
  });

  it("of a night without an end is missing for eight hours after bedtime", () => {
    const record = { day: today, type: "long_sleep", bedtime_start: "2026-11-19T22:00:00+00:00", bedtime_end: null };
    const days = gatherSleepDays([ouraRoutes.sleep_with_series.schema.parse(record)], () => true);
    const end = Date.parse("2026-11-20T20:00:00Z");
    const from = Date.parse("2026-11-20T06:00:00Z");
    expect([from - 1, from].map((start) => describeUnwritten(days, { start, end }).length)).toEqual([1, 0]);
  });
});

it("how long a battery lasts is predicted from a level that is at most a day old", () => {
  const at = Date.parse("2026-11-19T20:00:00Z");
  const rows = Array.from({ length: 48 }, (_, hours) =>
    ouraRoutes.ring_battery_level.schema.parse({
      timestamp: new Date(at - (47 - hours) * 60 * minute).toISOString(),
      level: 90 - hours,
      charging: false,
      in_charger: false,
    }),
  );
  const battery = { at, level: 43 } as Parameters<typeof forecastBattery>[1]; // the function reads these two fields
  const empty = [dayMilliseconds, dayMilliseconds + 1].map(
    (age) => forecastBattery(rows, battery, { now: at + age, offsetMinutes: 0 }).emptyAt !== null,
  );
  expect(empty).toEqual([true, false]);
});

it.each([
  [5, "Enough for the night"],
  [4.99, "Not enough for the night"],
])("a battery with %f % at the end of the night: %s", (level, said) => {
  const use = { drainPerDay: null, hours: 0, charges: [] } as unknown as Parameters<typeof sayForecast>[0]["use"]; // nothing else is said
  const night = { until: Date.parse("2026-11-21T10:00:00Z"), level };
  const forecast = { use, emptyAt: null, night, readings: 0, incomplete: 0 };
  const battery = { charging: false } as Parameters<typeof sayForecast>[1]; // the function reads this field
  expect(sayForecast(forecast, battery, 0)).toContain(said);
});

it("of two rings, the one of the nights of the last fourteen days is in use", async () => {
  const rings = [1, 2].map((id) => ({ id: `${id}`, hardware_type: "gen4", set_up_at: "2025-01-01T00:00:00Z" }));
  const { requests } = await ask(
    deviceTool,
    {},
    { now: `${today}T20:00:00Z`, held: { ring_configuration: rings }, offsetMinutes: 0 },
  );
  const asked = requests.flatMap(({ route, query }) => (route === "sleep" ? [query.get("start_date")] : []));
  expect(asked.toSorted()[0]).toBe("2026-11-04"); // every question about days reads two days more
});

it("an answer lists the 24 most unusual runs of days", async () => {
  const daily_activity = Array.from({ length: 340 }, (_, index) => {
    const isFar = index > 80 && index % 5 === 0;
    return activityOn(addDays(today, -340 + index), "+00:00", {
      steps: isFar ? 30_000 : 5_000 + ((index * 7919) % 900),
    });
  });
  const question = { metrics: ["steps"], start_date: addDays(today, -180), end_date: addDays(today, -1) };
  const { answer } = await ask(anomaliesTool, question, {
    now: `${today}T20:00:00Z`,
    held: { daily_activity },
    offsetMinutes: 0,
  });
  expect(answer.unusual).toHaveLength(24);
  expect(JSON.stringify(answer.notes)).toContain("Only the 24 most unusual of 36 spells");
});

it("a comparison of fewer than fourteen days is with the 28 days before", () => {
  const before = (days: number) => countDays(resolvePeriods(last(days), calendar).before);
  expect([before(13), before(14)]).toEqual([28, 14]);
});
