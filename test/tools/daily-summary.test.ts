import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createAssistant } from "../../scripts/evaluate-answers/assistant.ts";
import { createSyntheticPeople } from "../../scripts/evaluate-answers/synthetic-people.ts";
import { addDays, type IsoDay } from "../../src/analytics/day.ts";
import { dailySummaryTool } from "../../src/tools/daily-summary/daily-summary-tool.ts";
import { activityOn, ask, failureOf, type Held, nightTo } from "./ask.ts";

const now = "2026-11-20T20:00:00Z";
const today = "2026-11-20" as IsoDay; // a label, written as one
const days = Array.from({ length: 29 }, (_, index) => addDays(today, index - 28));

const table = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});

function rowsOf(value: unknown) {
  const { columns, rows } = table.parse(value);
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index] ?? null])));
}

const usual = { resting_heart_rate: 85, hrv_balance: 75, body_temperature: 95, recovery_index: 80, previous_night: 72 };

/** Readiness of four weeks with ratings that go up and down by six, and of today. */
function readiness(score: number | null, onToday: Record<string, number | null> | null, from = 0): Held {
  const nights = days.slice(from).map((day, index) => {
    const swing = [-6, 2, 0, 6, -2][index % 5] ?? 0;
    const contributors = Object.fromEntries(
      Object.entries(usual).map(([name, value]) => [name, Math.min(100, value + swing)]),
    );
    return day === today ? { day, score, contributors: onToday } : { day, score: 80, contributors };
  });
  return { daily_readiness: nights, sleep: [nightTo(today)], daily_activity: [activityOn(today)] };
}

const question = { sections: ["readiness"] };

describe("what pulled a low score down", () => {
  it("is said unasked of one day: at most three contributors below their own usual, the furthest first", async () => {
    const ratings = { ...usual, hrv_balance: 30, previous_night: 55, recovery_index: 20, body_temperature: 70 };
    const { answer, requests } = await ask(dailySummaryTool, question, { now, held: readiness(62, ratings) });
    expect(answer.summary).toMatch(
      /What pulled readiness 62 down, by Ōura's ratings up to 100: recovery index 20 \(usual 7\d to 8\d\), HRV balance 30 \(.+\), body temperature 70 \(.+\)\./,
    );
    expect(rowsOf(answer.contributors)).toMatchObject([
      { score: "readiness_score", contributor: "recovery_index", rating: 20, usual_n: 28, stands: "below" },
      { contributor: "hrv_balance", rating: 30, stands: "below" },
      { contributor: "body_temperature", rating: 70, stands: "below" },
    ]);
    expect(answer.notes).toContainEqual(expect.stringContaining("recovery index: how early in the night"));
    const [asked] = requests.filter(({ query }) => query.get("fields")?.includes("contributors"));
    expect(asked?.query.get("fields")).toBe("day,score,contributors");
  });

  it("is no contributor that is good, and the lowest of all is said where it is not below usual", async () => {
    const ratings = { ...usual, hrv_balance: 66, body_temperature: 82, previous_night: 60 };
    const history = readiness(62, ratings) as { daily_readiness: { day: string; contributors: object }[] };
    // The night before is always rated low.
    for (const one of history.daily_readiness) Object.assign(one.contributors, { previous_night: 60 });
    const { answer } = await ask(dailySummaryTool, question, { now, held: { ...readiness(62, ratings), ...history } });
    expect(answer.summary).toMatch(
      /down, by Ōura's ratings up to 100: HRV balance 66 \(.+\); lowest of all: previous night 60/,
    );
    expect(answer.summary).not.toContain("body temperature");
  });

  it("is not read of a day without a low score", async () => {
    const { answer, requests } = await ask(dailySummaryTool, question, { now, held: readiness(70, usual) });
    expect(answer.contributors).toBeUndefined();
    expect(requests.some(({ query }) => query.get("fields")?.includes("contributors"))).toBe(false);
  });

  it("is nothing where every contributor is as usual, and the lowest are named", async () => {
    const { answer } = await ask(dailySummaryTool, question, { now, held: readiness(62, usual) });
    expect(answer.summary).toContain(
      "No contributor of readiness 62 is below its usual range; the lowest, rated up to 100, are previous night 72",
    );
    expect(answer.contributors).toBeUndefined();
  });

  it("cannot be compared before fourteen days, and the lowest are named", async () => {
    const { answer } = await ask(dailySummaryTool, question, {
      now,
      held: readiness(62, { ...usual, hrv_balance: 30 }, 20),
    });
    expect(answer.summary).toContain(
      "cannot be said yet (8 of 14 days); the lowest, rated up to 100, are HRV balance 30 and previous night 72",
    );
  });

  it("is missing where Ōura gave no contributors", async () => {
    const { answer } = await ask(dailySummaryTool, question, { now, held: readiness(62, null) });
    expect(answer.missing).toContainEqual({
      what: "contributors of readiness_score",
      days: today,
      reason: "unavailable",
    });
  });

  it("is said of several days on request, with how often each was below usual", async () => {
    const input = { ...question, start_date: "2026-11-14", end_date: today, include_contributors: true };
    const { answer } = await ask(dailySummaryTool, input, { now, held: readiness(62, { ...usual, hrv_balance: 30 }) });
    expect(answer.summary).toContain(
      "Readiness below 70 on 1 of 7 days with a score (20 Nov 2026); below usual on those days: HRV balance (1 day).",
    );
    expect(rowsOf(answer.contributors)).toContainEqual(
      expect.objectContaining({
        contributor: "hrv_balance",
        n: 7,
        lowest: 30,
        lowest_on: today,
        days_below_usual: 2,
      }),
    );
  });

  it("is told with all others, and what is below usual, where one score's contributors are asked for", async () => {
    const input = { ...question, include_contributors: true };
    const { answer } = await ask(dailySummaryTool, input, { now, held: readiness(75, { ...usual, hrv_balance: 30 }) });
    expect(answer.summary).toMatch(
      /What makes up readiness 75, by Ōura's ratings up to 100, lowest first: HRV balance 30 \(.+\), below usual; previous night 72 \(.+\);/,
    );
    expect(answer.summary).toMatch(/HRV balance 30 \(usual \d+ to \d+\), below usual;/);
    expect(answer.summary).not.toContain("pulled");
    expect(rowsOf(answer.contributors)).toHaveLength(5);
  });

  it("names resilience's contributors where its level is low", async () => {
    const levels = days.map((day, index) => ({
      day,
      level: day === today ? "limited" : "solid",
      contributors: {
        sleep_recovery: 50 + (index % 3),
        daytime_recovery: day === today ? 12.4 : 48 + (index % 4),
        stress: 40,
      },
    }));
    const held: Held = { daily_resilience: levels, daily_activity: [activityOn(today)] };
    const { answer } = await ask(dailySummaryTool, { sections: ["resilience"] }, { now, held });
    expect(answer.summary).toContain(
      "What pulled resilience limited down, by Ōura's ratings up to 100: daytime recovery 12",
    );
  });
});

it("tells one day in a sentence for the night, one for the activity and one for the rest", async () => {
  const held = {
    sleep: [nightTo("2026-11-19")],
    daily_activity: [activityOn("2026-11-19")],
    daily_stress: [{ day: "2026-11-19", stress_high: 4500, recovery_high: 0, day_summary: null }],
    ring_configuration: [{ hardware_type: "gen4" }],
  };
  const { answer } = await ask(dailySummaryTool, { start_date: "2026-11-19" }, { now, held, offsetMinutes: 0 });
  expect(answer.summary).toMatch(
    /^Thu 19 Nov 2026: asleep 6 h 50 min[^.]*\. 5,000 steps[^.]*\. High stress 1 h 15 min\. Missing: /,
  );
});

describe("the activity goal", () => {
  const withGoal = (day: string, active: number, fields: object = {}) =>
    activityOn(day, "+00:00", {
      active_calories: active,
      target_calories: 450,
      target_meters: 8000,
      meters_to_target: 2600,
      ...fields,
    });

  it.each([
    ["2026-11-20", 295, "goal not reached yet (295 of 450 active kcal so far, equal to walking 2.6 km more)"],
    ["2026-11-20", 450, "goal reached (450 of 450 active kcal so far)"],
    ["2026-11-19", 449, "goal missed (449 of 450 active kcal)"],
  ])("of %s with %i kcal: %s", async (day, active, said) => {
    const held = { daily_activity: [withGoal(day, active), withGoal(today, active)] };
    const { answer } = await ask(dailySummaryTool, { start_date: day, sections: ["activity"] }, { now, held });
    expect(answer.summary).toContain(said);
    expect(rowsOf(answer)).toMatchObject([{ goal_kcal: 450, goal_m: 8000, to_goal_m: 2600 }]);
  });

  it("is counted over several days without today, and shown by day on request", async () => {
    const held = {
      daily_activity: [
        withGoal("2026-11-17", 500),
        withGoal("2026-11-18", 100),
        withGoal("2026-11-19", 450),
        withGoal(today, 450),
      ],
    };
    const range = { start_date: "2026-11-17", end_date: today };
    const { answer } = await ask(dailySummaryTool, { ...range, sections: ["activity"] }, { now, held });
    expect(answer.summary).toContain("Activity goal reached on 2 of 3 measured days (17 Nov, 19 Nov 2026)");
    expect(table.parse(answer).columns).not.toContain("goal_kcal");
    const { answer: named } = await ask(
      dailySummaryTool,
      { ...range, columns: ["to_goal_m", "sitting time"] },
      { now, held },
    );
    expect(named.summary).toContain("Activity goal reached on 2 of 3 measured days");
    expect(table.parse(named).columns).toEqual(["day", "weekday", "to_goal_m", "sitting_min"]);
  });
});

it.each([
  [today, " so far"],
  ["2026-11-19", ""],
])("says of each value of %s whether it still grows: %j", async (day, soFar) => {
  const fields = {
    ...{ score: 78, steps: 7_636, sedentary_time: 30_480, resting_time: 18_480, inactivity_alerts: 2 },
    ...{ equivalent_walking_distance: 6_500, total_calories: 1_900 },
  };
  const stress = { day, stress_high: 900, recovery_high: 1_800, day_summary: "normal" };
  const held = {
    daily_activity: [activityOn("2026-11-19", "+00:00", fields), activityOn(today, "+00:00", fields)],
    daily_stress: [stress],
  };
  const summaryOf = async (asked: object) =>
    (await ask(dailySummaryTool, { start_date: day, ...asked }, { now, held })).answer.summary;
  const all = ["steps", "activity_score", "walking_equivalent_m", "sitting_min", "resting_min", "inactivity_alerts"];
  const summary = await summaryOf({
    columns: [...all, "total_kcal", "stress_high_min", "recovery_high_min", "stress_day"],
  });
  const values = [
    ...["7,636 steps", "activity score 78", "activity equal to walking 6.5 km", "sitting 8 h 28 min"],
    ...["resting 5 h 8 min", "2 inactivity alerts", "total 1,900 kcal"],
    ...["igh stress 15 min", "high recovery 30 min", "stress day normal"],
  ];
  for (const value of values) expect(summary).toMatch(new RegExp(`${value}${soFar}[,.]`));
});

describe("columns that are asked for by name", () => {
  it.each([
    [2800, "activity goal not reached yet, 2.8 km of walking to go"],
    [-640, "activity goal reached, by 640 m of walking"],
    [0, "activity goal reached"],
  ])("are all in the sentence of a day, %d m to the goal in words", async (meters_to_target, said) => {
    const activity = activityOn(today, "+00:00", { meters_to_target, total_calories: 2345, low_activity_time: 3600 });
    const columns = ["to_goal_m", "total_kcal", "low_activity_min"];
    const { answer } = await ask(
      dailySummaryTool,
      { start_date: today, columns },
      {
        ...{ now, held: { daily_activity: [activity] }, offsetMinutes: 0 },
      },
    );
    expect(answer.summary).toContain(said);
    expect(answer.summary).toContain("total 2,345 kcal");
    expect(answer.summary).toContain("low activity 1 h 0 min");
    expect(answer.summary).not.toContain("no data");
  });

  it("are all in the sentence of several days, with the newest value, and words with their days", async () => {
    const span = ["2026-11-17", "2026-11-18", "2026-11-19"];
    const held = {
      daily_readiness: span.map((day, index) => ({ day, score: 80, temperature_deviation: [0.1, 0.3, 0.2][index] })),
      daily_resilience: span.map((day, index) => ({ day, level: index === 0 ? "solid" : "strong", contributors: {} })),
    };
    const columns = ["temperature_deviation", "resilience"];
    const { answer } = await ask(
      dailySummaryTool,
      { start_date: span[0], end_date: span[2], columns },
      {
        ...{ now, held, offsetMinutes: 0 },
      },
    );
    expect(answer.summary).toContain("highest +0.30 °C on Wed 18 Nov; latest +0.20 °C on Thu 19 Nov)");
    expect(answer.summary).toContain("resilience strong on 2 days, solid on 1, latest strong on Thu 19 Nov 2026");
  });
});

describe("bedtime", () => {
  it.each([
    ["not_enough_recent_nights", "no bedtime advice: too few recent nights"],
    ["bad_sleep_quality", "no bedtime advice: sleep too poor for advice"],
  ])("without advice has Ōura's reason: %s", async (status, said) => {
    const sleepTime = { day: today, optimal_bedtime: null, recommendation: null, status };
    const held = { sleep_time: [sleepTime], daily_activity: [activityOn(today)] };
    const { answer } = await ask(dailySummaryTool, { sections: ["bedtime"] }, { now, held });
    expect(answer.summary).toContain(said);
    const { answer: named } = await ask(dailySummaryTool, { columns: ["bedtime_advice"] }, { now, held });
    for (const one of [answer, named]) {
      const reason = `Ōura's reason: ${said.replace("no bedtime advice: ", "")}`;
      expect(one.missing).toEqual([{ what: "bedtime_advice", days: today, reason: "unavailable", detail: reason }]);
      expect(one.notes).not.toContain("Bedtime advice: only on some days.");
    }
  });
});

describe("a range of days", () => {
  const nights = (count: number) =>
    Array.from({ length: count }, (_, index) => addDays(today, index + 1 - count)).map((day, index) => ({
      day,
      score: [70, 90, 70, 80][index % 4],
    }));
  const held = (count: number) => ({
    daily_sleep: nights(count),
    sleep: nights(count).map(({ day }) => nightTo(day)),
    daily_activity: nights(count).map(({ day }) => activityOn(day)),
  });

  it("has its lowest and highest with their days, and the sum of what adds up", async () => {
    const input = { start_date: "2026-11-17", end_date: today, columns: ["sleep_score", "steps"] };
    const { answer } = await ask(dailySummaryTool, input, { now, held: held(4) });
    expect(answer.summary).toContain(
      "sleep score 78 (n 4; lowest 70 on Tue 17 Nov and Thu 19 Nov, highest 90 on Wed 18 Nov; latest 80 on Fri 20 Nov)",
    );
    expect(answer.summary).toContain("5,000 steps (n 3; 15,000 steps in all;");
  });

  it("has weekdays up to fourteen rows", async () => {
    const of = async (start_date: string) =>
      table.parse(
        (
          await ask(
            dailySummaryTool,
            { start_date, end_date: today, columns: ["sleep_score"] },
            { now, held: held(20) },
          )
        ).answer,
      );
    expect((await of("2026-11-07")).rows[0]).toEqual(["2026-11-07", "Sat", 70]);
    expect((await of("2026-11-06")).columns).toEqual(["day", "sleep_score"]);
  });

  it("can be a year with three columns or without rows, and else names the tool for it", async () => {
    const year = { start_date: "2025-11-21", end_date: today };
    const asked = { now, held: held(365) };
    const three = { ...year, columns: ["sleep_score", "steps", "total_sleep"] };
    expect(table.parse((await ask(dailySummaryTool, three, asked)).answer).rows).toHaveLength(365);
    const { answer } = await ask(dailySummaryTool, { ...year, sections: ["sleep"], summary_only: true }, asked);
    expect(answer).toMatchObject({ columns: [], rows: [], summary: expect.stringContaining("sleep score 77 (n 365;") });
    expect(await failureOf(ask(dailySummaryTool, year, asked))).toMatchObject({
      kind: "bad_input",
      problems: [
        expect.stringContaining("or name up to 3 columns for a year of days, or use oura_get_statistics for means"),
      ],
    });
  });

  it("has what changes slowly or follows from other columns only where its section or it is named", async () => {
    const columnsOf = async (input: Record<string, unknown>) => {
      const range = { start_date: "2026-11-17", end_date: today };
      const heart = nights(4).map(({ day }) => ({ day, vascular_age: 35, pulse_wave_velocity: 6.6 }));
      const given = { ...held(4), daily_cardiovascular_age: heart };
      return table.parse((await ask(dailySummaryTool, { ...range, ...input }, { now, held: given })).answer).columns;
    };
    expect(await columnsOf({})).not.toContain("light_min");
    expect(await columnsOf({})).not.toContain("vascular_age_years");
    expect(await columnsOf({ sections: ["sleep"] })).toContain("light_min");
    expect(await columnsOf({ columns: ["light_min"] })).toEqual(["day", "weekday", "light_min"]);
    const heart = ["day", "weekday", "vascular_age_years", "pulse_wave_velocity_m_s"];
    expect(await columnsOf({ sections: ["heart_health"] })).toEqual(heart);
    expect(await columnsOf({ start_date: today })).toContain("light_min"); // one day has all
  });

  it("have the columns by the names of sleep sessions", async () => {
    const held = { sleep: [nightTo(today)] };
    const input = { start_date: today, columns: ["asleep_min", "efficiency_pct", "deep_min"] };
    const { answer } = await ask(dailySummaryTool, input, { now, held, offsetMinutes: 0 });
    expect(answer).toMatchObject({
      columns: ["day", "weekday", "total_sleep_min", "sleep_efficiency_pct", "deep_min"],
    });
  });

  it("say that there is no ring also where the columns are those of another tool", async () => {
    const held = { ring_configuration: [] };
    const { answer } = await ask(dailySummaryTool, { start_date: today, columns: ["hrv_ms"] }, { now, held });
    expect(answer.missing).toContainEqual(expect.objectContaining({ reason: "no_ring" }));
    expect(answer.summary).toContain("no ring is set up at Ōura");
    expect(answer.notes).toContainEqual(
      "hrv: not in this answer; see oura_get_statistics and oura_get_sleep_sessions.",
    );
  });

  it("refuses a column that does not exist with those that do", () => {
    expect(() => dailySummaryTool.ask({ columns: ["shoe size"] })).toThrow(
      expect.objectContaining({
        failure: { kind: "bad_input", problems: [expect.stringContaining("write sleep_score,")] },
      }),
    );
  });

  it("says that bedtime advice is rare only where a day is without it", async () => {
    const advice = {
      optimal_bedtime: { start_offset: -5_400, end_offset: -2_700 },
      recommendation: "follow_optimal_bedtime",
    };
    const held = { sleep_time: [{ day: today, status: "optimal_found", ...advice }] };
    const notesOf = async (start_date: string) =>
      (await ask(dailySummaryTool, { start_date, end_date: today, sections: ["bedtime"] }, { now, held })).answer.notes;
    expect(await notesOf(today)).not.toContain("Bedtime advice: only on some days.");
    expect(await notesOf(addDays(today, -1))).toContain("Bedtime advice: only on some days.");
  });
});

it("has the contributors of any span as the simulator's documents have them", async () => {
  const people = createSyntheticPeople();
  const assistant = await createAssistant(people, "everyday");
  const held = new Map((await people.held("everyday", "daily_readiness")).map((one) => [String(one.day), one]));
  for (const [end, length] of [
    ["2026-11-20", 20],
    ["2026-06-11", 64],
    ["2026-03-30", 3],
  ] as const) {
    const span = Array.from({ length }, (_, index) => addDays(end as IsoDay, index + 1 - length)); // a label
    const input = { start_date: span[0], end_date: end, columns: ["readiness"], include_contributors: true };
    const answer = z.object({ contributors: table }).parse(await assistant.call("oura_get_daily_summary", input));
    const scored = span.filter((day) => typeof held.get(day)?.score === "number");
    for (const row of rowsOf(answer.contributors)) {
      const values = scored.flatMap((day) => {
        const value = z.record(z.string(), z.number().nullable()).parse(held.get(day)?.contributors)[
          String(row.contributor)
        ];
        return typeof value === "number" ? [{ day, value }] : [];
      });
      const all = values.map(({ value }) => value);
      const newest = (value: number) => values.findLast((one) => one.value === value)?.day;
      expect(row).toMatchObject({
        mean: Number((all.reduce((sum, value) => sum + value, 0) / all.length).toFixed(1)),
        n: all.length,
        lowest: Math.min(...all),
        lowest_on: newest(Math.min(...all)),
        highest: Math.max(...all),
        highest_on: newest(Math.max(...all)),
      });
    }
    expect(answer.contributors.rows).toHaveLength(9);
  }
});
