import { describe, expect, it } from "vitest";
import { addDays, dayNumber, type IsoDay } from "../../src/analytics/day.ts";
import { metricIds } from "../../src/oura/metrics.ts";
import { statisticsTool } from "../../src/tools/statistics/statistics-tool.ts";
import { activityOn, ask, failureOf, type Held, nightTo } from "./ask.ts";

const today = "2026-11-20" as IsoDay; // a label, written as one
const now = `${today}T20:00:00Z`;

function daysTo(end: IsoDay, count: number): IsoDay[] {
  return Array.from({ length: count }, (_, index) => addDays(end, index + 1 - count));
}

async function ofHeld(input: object, held: Held) {
  const { answer, requests } = await ask(statisticsTool, input, { now, held, offsetMinutes: 0 });
  const { columns, rows } = answer as unknown as { columns: string[]; rows: unknown[][] }; // the tool's output
  const notes = answer.notes as string[]; // the frame's field
  const table = rows?.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
  return Object.assign(answer, { notes, requests, table });
}

function steps(values: readonly (number | null)[], end: IsoDay = addDays(today, -1)) {
  const days = daysTo(end, values.length);
  return {
    daily_activity: values.flatMap((value, index) =>
      value === null ? [] : [activityOn(days[index] ?? end, "+00:00", { steps: value })],
    ),
  };
}

/** Nights that begin at these local times ("23:50" on the evening before, "00:10" on the day) and end at seven. */
function bedtimes(times: readonly string[]) {
  const days = daysTo(today, times.length);
  return {
    sleep: times.map((time, index) => {
      const day = days[index] ?? today;
      return nightTo(day, { bedtime_start: `${time > "12" ? addDays(day, -1) : day}T${time}:00+00:00` });
    }),
  };
}

async function problemOf(input: object): Promise<string> {
  const failure = await failureOf(
    (async () => ask(statisticsTool, input, { now, held: steps([1000, 2000]), offsetMinutes: 0 }))(),
  );
  if (failure.kind !== "bad_input") throw new Error(failure.kind);
  return failure.problems.join(" ");
}

describe("the figures of a metric", () => {
  it("are of measured days, with the days of both extremes", async () => {
    const { table, summary } = await ofHeld(
      { metrics: ["steps"], last_days: 7 },
      steps([9000, 3000, null, 9000, 9000, 9000]),
    );
    expect(table).toEqual([
      {
        ...{ mean: 7800, median: 9000, q25: 9000, q75: 9000, sd: 2683, sum: 39000, n: 5, of_days: 6 },
        ...{ min: 3000, min_on: "2026-11-15", max: 9000, max_on: "2026-11-17, 2026-11-18, 2026-11-19 +1" },
      },
    ]);
    expect(summary).toBe(
      "Steps, Sat 14 Nov to Thu 19 Nov 2026: 39,000 steps in all, mean 7,800 steps, median 9,000 steps, middle half 9,000 to 9,000 steps (n 5 of 6 days); lowest 3,000 steps (Sun 15 Nov 2026), highest 9,000 steps (Thu 19 Nov 2026 and 3 earlier days).",
    );
  });

  it("name both days of an extreme that two days hold, the older first", async () => {
    const { table, summary } = await ofHeld({ metrics: ["steps"], last_days: 5 }, steps([3000, 9000, 9000, 4000]));
    expect(table?.[0]).toMatchObject({ max_on: "2026-11-17, 2026-11-18" });
    expect(summary).toContain("highest 9,000 steps (Tue 17 Nov 2026 and Wed 18 Nov 2026)");
  });

  it("have hours to the minute, at both ends as in the mean", async () => {
    const { table, summary } = await ofHeld(
      { metrics: ["total_sleep"], last_days: 2 },
      {
        sleep: [
          nightTo("2026-11-19", {
            ...{ bedtime_start: "2026-11-18T21:00:00+00:00", total_sleep_duration: 553 * 60, time_in_bed: 36_000 },
          }),
          nightTo("2026-11-20"),
        ],
      },
    );
    expect(table?.[0]).toMatchObject({ max: 9.22, max_on: "2026-11-19" });
    expect(summary).toContain("highest 9 h 13 min");
  });

  it("of a metric that changes slowly are also the first and the latest value", async () => {
    const held = {
      vO2_max: [
        ["2025-12-02", 38],
        ["2026-05-04", 43],
        ["2026-11-15", 41],
      ].map(([day, vo2_max]) => ({ id: String(day), day, vo2_max, timestamp: `${day}T08:00:00+00:00` })),
      daily_resilience: [
        ["2026-11-01", "adequate"],
        ["2026-11-18", "strong"],
      ].map(([day, level]) => ({ id: String(day), day, level, contributors: {} })),
    };
    const { table, summary } = await ofHeld({ metrics: ["vo2_max"], last_days: 365 }, held);
    expect(table?.[0]).toMatchObject({
      ...{ first: 38, first_on: "2025-12-02", latest: 41, latest_on: "2026-11-15" },
    });
    expect(summary).toContain("first 38 ml/kg/min on Tue 2 Dec 2025, latest 41 ml/kg/min on Sun 15 Nov 2026");
    const both = await ofHeld({ metrics: ["vo2_max", "resilience"], last_days: 365 }, held);
    expect(both.table?.[1]).toMatchObject({ first: "adequate", latest: "strong", latest_on: "2026-11-18" });
    expect(both.summary).toContain("first adequate on Sun 1 Nov 2026, latest strong on Wed 18 Nov 2026");
    const byYear = await ofHeld({ metrics: ["vo2_max"], last_days: 365, group_by: "year" }, held);
    expect(byYear.summary).toContain("First 38 ml/kg/min on Tue 2 Dec 2025, latest 41 ml/kg/min on Sun 15 Nov 2026.");
  });

  it("have no rows and no lists of days where only the summary is wanted", async () => {
    const input = { metrics: ["steps"], last_days: 10, above: "2000", top: 3, summary_only: true };
    const answer = await ofHeld(input, steps([9000, 3000, 1000, 9000]));
    expect(Object.keys(answer)).not.toEqual(expect.arrayContaining(["matches"]));
    expect([answer.ranked, answer.rows, answer.columns]).toEqual([undefined, undefined, undefined]);
    expect(answer.summary).toContain("above 2,000 steps on 3 of 4 measured days");
    expect(answer.summary).toContain("Highest steps of 4 measured days");
  });

  it("say why today is not among the days, where it was asked for and has not synced", async () => {
    const { table, notes, missing } = await ofHeld(
      { metrics: ["steps"], last_days: 3, include_today: true },
      steps([4000, 5000]),
    );
    expect(table?.[0]).toMatchObject({ n: 2, of_days: 3 });
    expect(missing).toEqual([{ what: "steps", days: "2026-11-20", reason: "not_synced" }]);
    expect(notes.join(" ")).not.toContain("today so far is counted");
  });

  it("leave today's steps out unless they are asked for", async () => {
    const held = steps([4000, 5000, 6000], today);
    const without = await ofHeld({ metrics: ["steps"], last_days: 3 }, held);
    expect(without.table?.[0]).toMatchObject({ sum: 9000, of_days: 2 });
    expect(without.notes).toContainEqual(expect.stringContaining("up to yesterday; include_today counts today so far"));
    const counted = await ofHeld({ metrics: ["steps"], last_days: 3, include_today: true }, held);
    expect(counted.table?.[0]).toMatchObject({ sum: 15000, of_days: 3 });
    const alone = await ofHeld({ metrics: ["steps"], start_date: "today" }, held);
    expect(alone.summary).toMatch(/today is not over.*include_today/);
  });

  it("have no mean where fewer than half of the days were measured", async () => {
    const { table, summary } = await ofHeld(
      { metrics: ["steps"], last_days: 8 },
      steps([1, null, null, null, null, 3, 5]),
    );
    expect(table?.[0]).toMatchObject({ mean: null, median: null, sd: null, sum: 9, n: 3, of_days: 7 });
    expect(summary).toContain("no mean, because fewer than half of the days were measured");
  });

  it("count from the first record on, and say so", async () => {
    const { table, notes } = await ofHeld({ metrics: ["steps"], last_days: 365 }, steps([1000, 3000]));
    expect(table?.[0]).toMatchObject({ mean: 2000, n: 2, of_days: 2 });
    expect(notes).toContainEqual(expect.stringContaining("Counted from Wed 18 Nov 2026 on"));
  });

  it("have no sums of rates, ratings and clock times", async () => {
    const { columns } = await ofHeld({ metrics: ["bedtime"], last_days: 5 }, bedtimes(["23:50", "00:10"]));
    expect(columns).not.toContain("sum");
  });

  it("say which of many days are missing by their number", async () => {
    const values = Array.from({ length: 120 }, (_, index) => (index % 2 ? null : 5000));
    const { missing } = await ofHeld({ metrics: ["steps"], last_days: 121 }, steps(values));
    expect(missing).toContainEqual(
      expect.objectContaining({
        what: "steps",
        days: expect.stringMatching(/^59 days from 2026-07-24 to 2026-11-17$/),
      }),
    );
  });
});

describe("clock times", () => {
  it("are one evening across midnight", async () => {
    const { table } = await ofHeld(
      { metrics: ["bedtime"], last_days: 4 },
      bedtimes(["23:40", "00:20", "23:50", "00:10"]),
    );
    expect(table?.[0]).toMatchObject({
      ...{ mean: "00:00", median: "00:00", min: "23:40", min_on: "2026-11-17", max: "00:20", max_on: "2026-11-18" },
    });
  });

  it("are counted, ranked and followed on that line", async () => {
    const { matches, ranked, summary, streak } = await ofHeld(
      { metrics: ["bedtime"], last_days: 4, above: "23:45", streak: true, top: 2 },
      bedtimes(["23:40", "00:20", "23:45", "00:10"]),
    );
    expect(matches).toMatchObject({ count: 2, exactly_at: 1, days: "2026-11-18, 2026-11-20" });
    expect(ranked).toMatchObject({
      rows: [
        [1, "2026-11-18", "00:20"],
        [2, "2026-11-20", "00:10"],
      ],
    });
    expect(streak).toMatchObject({ longest: 1, current: 1 });
    expect(summary).toMatch(/^Latest bedtime of 4 measured nights.*Bedtime after 23:45 on 2 of 4 measured nights/);
  });

  it("have no mean where they are spread round the clock", async () => {
    const { table } = await ofHeld(
      { metrics: ["wake_time"], last_days: 4 },
      {
        sleep: daysTo(today, 4).map((day, index) =>
          nightTo(day, { bedtime_end: `${day}T${["02", "08", "14", "20"][index]}:00:00+00:00` }),
        ),
      },
    );
    expect(table?.[0]).toMatchObject({ mean: null, median: null });
  });
});

describe("counts and runs", () => {
  const held = steps([9000, 9000, 9000, null, 9000, 8000, 8500, 9500]);

  it("count strictly above, and name what is exactly there", async () => {
    const { matches, summary } = await ofHeld({ metrics: ["steps"], last_days: 9, above: "8,000" }, held);
    expect(matches).toMatchObject({ count: 6, of_measured: 7, exactly_at: 1, earlier_days_not_listed: 0 });
    expect(summary).toContain("Steps above 8,000 steps on 6 of 7 measured days (8,000 steps or above: 7)");
  });

  it.each([">=8000", "≥ 8,000", "at least 8000", "8000 or more", "8000 steps or above", "min 8000"])(
    "count what is exactly there for %j, and say how many there are without",
    async (above) => {
      const { matches, streak, summary, table } = await ofHeld(
        { metrics: ["steps"], last_days: 9, above, streak: true, group_by: "weekend" },
        held,
      );
      expect(matches).toMatchObject({ count: 7, exactly_at: 1, with_exactly: 7 });
      expect(summary).toContain("Steps 8,000 steps or above on 7 of 7 measured days (above 8,000 steps: 6)");
      expect(streak).toMatchObject({ longest: 4, current: 4 });
      expect(table?.map(({ matches: count }) => count)).toEqual([6, 1]);
    },
  );

  it.each(["<=9000", "at most 9000", "9000 or less", "up to 9,000"])("count at most for %j", async (below) => {
    const { matches, summary } = await ofHeld({ metrics: ["steps"], last_days: 9, below }, held);
    expect(matches).toMatchObject({ count: 6, exactly_at: 4 });
    expect(summary).toContain("Steps 9,000 steps or below on 6 of 7 measured days (below 9,000 steps: 2)");
  });

  it("count between with either end, and days at one value", async () => {
    const ofBetween = (above: string, below: string) =>
      ofHeld({ metrics: ["steps"], last_days: 9, above, below }, held);
    const both = await ofBetween(">=8000", "<=9000");
    expect(both.summary).toContain("from 8,000 steps to 9,000 steps on 6 of 7 measured days (between 8,000 steps and");
    const one = await ofBetween(">=8000", "9000");
    expect(one.summary).toContain(
      "8,000 steps or above and below 9,000 steps on 2 of 7 measured days (between 8,000 steps and 9,000 steps: 1)",
    );
    const at = await ofBetween(">=9000", "<=9000");
    expect(at.matches).toMatchObject({ count: 4, exactly_at: 4, with_exactly: 4 });
  });

  it("say that none is exactly there, and 'or later' of clock times", async () => {
    const none = await ofHeld({ metrics: ["steps"], last_days: 9, above: "> 8001" }, held);
    expect(none.summary).toContain("on 6 of 7 measured days (none exactly there)");
    const clock = await ofHeld(
      { metrics: ["bedtime"], last_days: 4, above: "23:45 or later" },
      bedtimes(["23:40", "00:20", "23:45", "00:10"]),
    );
    expect(clock.summary).toContain("Bedtime 23:45 or later on 3 of 4 measured nights (after 23:45: 2)");
  });

  it("count between two values", async () => {
    const { matches } = await ofHeld({ metrics: ["steps"], last_days: 9, above: "8000", below: "9000" }, held);
    expect(matches).toMatchObject({ count: 1, exactly_at: 5, days: "2026-11-18" });
  });

  it("break a run at a day without data, and say how long it were without that", async () => {
    const { streak, summary } = await ofHeld({ metrics: ["steps"], last_days: 9, above: 8000, streak: true }, held);
    expect(streak).toEqual({
      ...{ longest: 3, longest_from: "2026-11-12", longest_to: "2026-11-14", longest_over_single_gaps: 4 },
      ...{ runs_of_this_length: 1, current: 2, current_from: "2026-11-18" },
    });
    expect(summary).toContain("(4 if single days without data did not break it)");
  });

  it("name the newest of several runs of one length, and count the others", async () => {
    const ofRuns = (values: readonly number[]) =>
      ofHeld({ metrics: ["steps"], last_days: values.length + 1, above: "8000", streak: true }, steps(values));
    const two = await ofRuns([9000, 9000, 100, 9000, 9000, 100, 9000]);
    expect(two.summary).toMatch(
      /Longest run: 2 days in a row, Mon 16 Nov to Tue 17 Nov 2026, and 1 earlier run of this length\./,
    );
    const single = await ofRuns([9000, 100, 9000, 100, 9000]);
    expect(single.summary).toContain("Longest run: 1 day, Thu 19 Nov 2026, and 2 earlier runs of this length.");
    expect(single.streak).toMatchObject({ longest: 1, runs_of_this_length: 3 });
  });

  it("count by group", async () => {
    const { table } = await ofHeld({ metrics: ["steps"], last_days: 9, above: "8000", group_by: "weekend" }, held);
    expect(table?.map(({ group, matches }) => [group, matches])).toEqual([
      ["weekdays", 5],
      ["weekend", 1],
    ]);
  });

  it("rank ties by the same number, newest first, and count those left out", async () => {
    const { ranked, summary } = await ofHeld({ metrics: ["steps"], last_days: 9, top: 3 }, held);
    expect(ranked).toMatchObject({
      rows: [
        [1, "2026-11-19", 9500],
        [2, "2026-11-16", 9000],
        [2, "2026-11-14", 9000],
      ],
    });
    expect(summary).toContain("2 older days equal the last of these.");
    expect(summary).toContain("(of equal ones the newest first)");
  });
});

describe("groups", () => {
  it("are months with their own days, also of a leap year, and marked where the range holds a part", async () => {
    const end = "2024-03-10" as IsoDay; // a label, written as one
    const { table, partial_groups } = await ofHeld(
      { metrics: ["steps"], start_date: "2024-01-01", end_date: end, group_by: "month" },
      { daily_activity: daysTo(end, 90).map((day) => activityOn(day, "+00:00", { steps: Number(day.slice(8)) })) },
    );
    expect(table?.map(({ group, n, of_days, max }) => [group, n, of_days, max])).toEqual([
      ["2024-01", 31, 31, 31],
      ["2024-02", 29, 29, 29],
      ["2024-03", 10, 10, 10],
    ]);
    expect(partial_groups).toEqual(["2024-03"]);
  });

  it("of weekends are the nights that end on Saturday and Sunday", async () => {
    const days = daysTo(today, 84);
    const isWeekend = (day: IsoDay) => [6, 0].includes(new Date(`${day}T12:00:00Z`).getUTCDay());
    const { table, summary, differences } = await ofHeld(
      { metrics: ["bedtime"], last_days: 84, group_by: "work_nights" },
      {
        sleep: days.map((day, index) =>
          nightTo(day, { bedtime_start: `${day}T0${isWeekend(day) ? 1 : 0}:${10 + (index % 3)}:00+00:00` }),
        ),
      },
    );
    expect(table?.map(({ group, mean, n }) => [group, mean, n])).toEqual([
      ["fri_sat_nights", "01:11", 24],
      ["work_nights", "00:11", 60],
    ]);
    expect(differences).toMatchObject({
      rows: [["bedtime", "fri_sat_nights", 60, 60, 60, 0.0001]],
    });
    expect(summary).toContain("Friday and Saturday nights 1 h 0 min later (95 % interval +1 h 0 min to ");
  });

  it("name a weekday that differs, and no weekday of noise", async () => {
    const days = daysTo(addDays(today, -1), 140);
    const ofDays = (value: (day: IsoDay, index: number) => number) => ({
      daily_activity: days.map((day, index) => activityOn(day, "+00:00", { steps: Math.round(value(day, index)) })),
    });
    const noise = (index: number) => 8000 + 1500 * Math.sin(index * 12.9898) * Math.cos(index * 78.233);
    const input = { metrics: ["steps"], last_days: 141, group_by: "weekday" };
    const flat = await ofHeld(
      input,
      ofDays((_, index) => noise(index)),
    );
    expect(flat.differences).toBeUndefined();
    expect(flat.summary).toContain("No difference is more than ordinary ups and downs.");
    const sundays = await ofHeld(
      input,
      ofDays((day, index) => noise(index) - (dayNumber(day) % 7 === 3 ? 4000 : 0)),
    );
    expect(sundays.differences).toMatchObject({ columns: ["metric", "group", "difference", "low", "high", "p"] });
    const rows = (sundays.differences as { rows: (string | number)[][] }).rows; // the tool's output schema
    expect(rows.map(([, group]) => group)).toContain("sunday");
    for (const [, group, difference, low, high, p] of rows) {
      expect(Number(low), String(group)).toBeLessThan(Number(difference));
      expect(Number(high), String(group)).toBeGreaterThan(Number(difference));
      expect(Number(low) * Number(high), String(group)).toBeGreaterThan(0);
      expect(p).not.toBe(0);
    }
    expect(sundays.summary).toMatch(/Sundays -[\d,]+ steps \(95 % interval -[\d,]+ to -[\d,]+ steps\)/);
    const hikes = await ofHeld(
      input,
      ofDays((day, index) => {
        const weekday = dayNumber(day) % 7;
        return noise(index) - (weekday === 3 ? 4000 : 0) + (weekday === 0 && index % 10 < 1 ? 70_000 : 0);
      }),
    );
    expect(hikes.summary).toMatch(
      /Not among them: Thursdays \(\+[\d,]+ steps\), which vary too much from week to week\./,
    );
  });

  it("name no difference of few weeks", async () => {
    const { summary } = await ofHeld(
      { metrics: ["steps"], last_days: 15, group_by: "weekday" },
      steps(Array(14).fill(5000)),
    );
    expect(summary).toContain("Too few weeks");
  });
});

describe("questions that cannot be answered as they are", () => {
  it.each([
    [{ metrics: ["steps", "hrv"], above: "8000" }, /above: works for one metric at a time; .* metrics \["steps"\]/],
    [{ metrics: ["steps", "hrv"], top: 3 }, /top: works for one metric/],
    [{ metrics: ["steps"], streak: true }, /streak: say with above or below/],
    [{ metrics: ["bedtime"], above: "8000" }, /above: "8000" is not a clock time such as 23:30/],
    [{ metrics: ["bedtime"], above: "6 hours" }, /above: "6 hours" is not a clock time such as 23:30/],
    [{ metrics: ["steps"], above: "many" }, /above: "many" is not a number in steps such as 8000/],
    [{ metrics: metricIds, last_days: 2192 }, /metrics: a list is not accepted; write at most 6 values, and ask again/],
    [{ metrics: ["steps"], sum: true }, /Unknown argument "sum"; this tool takes metrics, /],
    [{ metrics: ["steps"], top: 50 }, /top: 50 is not accepted; write a whole number from 1 to 20/],
    [{ metrics: ["hrv"], below: "6:30" }, /below: "6:30" is not a number in ms/],
    [{ metrics: ["total_sleep"], below: "360" }, /outside what total_sleep can be .* write hours such as 6/],
    [{ metrics: ["total_sleep"], above: "8", below: "6" }, /nothing lies above "8" and below "6"; swap them/],
    [{ metrics: ["steps"], above: ">=8000", below: "8000" }, /nothing lies above ">=8000" and below "8000"/],
    [{ metrics: ["steps"], above: "<=8000" }, /above: "<=8000" is the other side; write it as below/],
    [{ metrics: ["steps"], above: ">=" }, /above: ">=" is not a number in steps such as 8000/],
    [{ metrics: ["bedtime"], above: "01:00", below: "23:00" }, /no time lies after 01:00 and before 23:00/],
    [
      { metrics: ["steps"], group_by: "work_nights" },
      /work_nights is about nights, and steps about days; write weekend/,
    ],
    [{ metrics: ["steps"], last_days: 30, start_date: "2026-11-01" }, /either last_days or start_date/],
    [
      { metrics: ["steps", "hrv"], group_by: "week", last_days: 2192 },
      /about 630 rows, .* write month, or start at 20/,
    ],
    [{ metrics: ["steps"], start_date: "2019-01-01" }, /at most 2192; start at 2020-11-20/],
    [{ pattern: "regularity", last_days: 300 }, /at most 92/],
    [{ pattern: "sleep_shortfall", need_hours: "45" }, /need_hours: "45" is not accepted; write hours from 3 to 14/],
  ])("say what to ask instead: %j", async (input, sentence) => {
    expect(await problemOf(input)).toMatch(sentence);
  });

  it.each([
    ["total_sleep", "420 min", "above 7 h 0 min"],
    ["total_sleep", "7 h 30 min", "above 7 h 30 min"],
    ["deep_sleep", "1.5 h", "above 1 h 30 min"],
    ["steps", "10k", "above 10,000 steps"],
    ["active_calories", "500kcal", "above 500 kcal"],
  ])("read %s above %s in the unit that is written", async (metric, above, words) => {
    const held = {
      daily_activity: daysTo(addDays(today, -1), 5).map((day) => activityOn(day, "+00:00", { active_calories: 400 })),
      sleep: daysTo(today, 5).map((day) => nightTo(day, { deep_sleep_duration: 3600 })),
    };
    const { summary } = await ofHeld({ metrics: [metric], last_days: 5, above }, held);
    expect(summary).toContain(words);
  });

  it("add no clock times, and the rest", async () => {
    const { table } = await ofHeld(
      { metrics: ["bedtime", "steps"], last_days: 5 },
      { ...bedtimes(["23:50", "00:10", "23:40"]), ...steps([1000, 2000, 3000, 4000]) },
    );
    expect(table?.map(({ metric, sum }) => [metric, sum])).toEqual([
      ["bedtime", null],
      ["steps", 10000],
    ]);
  });

  it("keep a group without a measured day, as a gap with its reason", async () => {
    const days = [...daysTo("2026-08-31" as IsoDay, 31), ...daysTo("2026-10-31" as IsoDay, 31)]; // labels, written as such
    const { table, missing } = await ofHeld(
      { metrics: ["steps"], start_date: "2026-08-01", end_date: "2026-10-31", group_by: "month" },
      { daily_activity: days.map((day) => activityOn(day)) },
    );
    expect(table?.map(({ group, mean, sum, n, of_days }) => [group, mean, sum, n, of_days])).toEqual([
      ["2026-08", 5000, 155000, 31, 31],
      ["2026-09", null, null, 0, 30],
      ["2026-10", 5000, 155000, 31, 31],
    ]);
    expect(missing).toEqual([{ what: "steps", days: "2026-09-01..2026-09-30", reason: "not_worn" }]);
  });

  it("say that there are no days at all, in groups too, with the reason", async () => {
    const ring = { hardware_type: "gen4", set_up_at: "2020-01-01T00:00:00+00:00" };
    const { summary, table } = await ofHeld(
      { metrics: ["steps"], start_date: "2026-08-01", end_date: "2026-09-30", group_by: "month" },
      { ring_configuration: [ring] },
    );
    expect(summary).toMatch(/^Steps, Sat 1 Aug to Wed 30 Sept? 2026: no data\. Missing: steps \(the ring was not worn/);
    expect(table?.every(({ n, mean }) => n === 0 && mean === null)).toBe(true);
  });

  it("give the reason where no metric may be read, or the membership has lapsed", async () => {
    const asking = { now, held: steps([1000, 2000]), offsetMinutes: 0 };
    const refused = ask(statisticsTool, { metrics: ["spo2"] }, { ...asking, refused: ["spo2"] });
    expect(await failureOf(refused)).toMatchObject({ kind: "not_granted_to_assistant" });
    const lapsed = { ...asking, held: { ...asking.held, daily_spo2: () => Response.json({}, { status: 403 }) } };
    const { answer } = await ask(statisticsTool, { metrics: ["steps", "spo2"], last_days: 3 }, lapsed);
    expect(answer.summary).toContain("3,000 steps in all");
    expect(answer.missing).toContainEqual(expect.objectContaining({ what: "spo2", reason: "no_membership" }));
    expect(await failureOf(ask(statisticsTool, { metrics: ["spo2"] }, lapsed))).toMatchObject({
      kind: "membership_lapsed",
    });
  });

  it("name an argument that has no use", async () => {
    const { notes } = await ofHeld({ metrics: ["steps"], last_days: 3, need_hours: "8" }, steps([1000, 2000]));
    expect(notes).toContainEqual(expect.stringContaining("need_hours is not used"));
  });

  it("answer the metrics that may be read, with the reason for the others", async () => {
    const { answer } = await ask(
      statisticsTool,
      { metrics: ["steps", "spo2"], last_days: 5 },
      { now, held: steps([1000, 2000, 3000, 4000]), offsetMinutes: 0, refused: ["spo2"] },
    );
    expect(answer.rows).toHaveLength(1);
    expect(answer.missing).toContainEqual(expect.objectContaining({ what: "spo2", reason: "not_granted" }));
  });

  it("name a ring that was set up within a long range", async () => {
    const ring = (id: string, set_up_at: string) => ({ id, set_up_at, hardware_type: "gen4" });
    const { notes } = await ofHeld(
      { metrics: ["steps"], last_days: 200 },
      {
        ...steps(Array(199).fill(5000)),
        ring_configuration: [ring("a", "2024-01-01T00:00:00+00:00"), ring("b", "2026-09-01T00:00:00+00:00")],
      },
    );
    expect(notes).toContainEqual(expect.stringContaining("A ring was set up on Tue 1 Sept 2026"));
  });
});
