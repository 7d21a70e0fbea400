import { describe, expect, it } from "vitest";
import { addDays, type IsoDay } from "../../src/analytics/day.ts";
import type { Tool } from "../../src/question/tool.ts";
import { dailySummaryTool } from "../../src/tools/daily-summary/daily-summary-tool.ts";
import { influencesTool } from "../../src/tools/influences/influences-tool.ts";
import { statisticsTool } from "../../src/tools/statistics/statistics-tool.ts";
import type { Picture } from "../../src/words/pictures.ts";
import { activityOn, ask, type Held } from "./ask.ts";

const today = "2026-11-20" as IsoDay; // a label, written as one

async function pictureOf(tool: Tool, input: object, held: Held): Promise<Picture | null> {
  const drawn: Picture[] = [];
  const draw = (picture: Picture) => drawn.push(picture);
  await ask(tool, input, { now: `${today}T20:00:00Z`, held, offsetMinutes: 0, draw });
  expect(drawn.length).toBeLessThanOrEqual(1);
  return drawn[0] ?? null;
}

/** A picture of one kind. */
async function picture<Kind extends Picture["kind"]>(kind: Kind, ...asked: Parameters<typeof pictureOf>) {
  const found = await pictureOf(...asked);
  if (found?.kind !== kind) throw new Error(`no picture of the kind ${kind}`);
  return found as Extract<Picture, { kind: Kind }>; // checked one line above
}

/** 1,000 steps on the first of a month, 2,000 on the second, and so on. None in September. */
const daily_activity = Array.from({ length: 120 }, (_, index) => addDays(today, index - 120))
  .filter((day) => day.slice(5, 7) !== "09")
  .map((day) => ({ ...activityOn(day), steps: Number(day.slice(8)) * 1000 }));
const months = { start_date: "2026-08-01", end_date: "2026-11-19", group_by: "month" };

describe("the picture of groups", () => {
  it("has each group's mean with its number of days, both ends with their day, and no mean for a gap", async () => {
    const drawn = await picture("groups", statisticsTool, { ...months, metrics: ["steps"] }, { daily_activity });
    expect(drawn).toMatchObject({ groupedBy: "month", days: "2026-08-01..2026-11-19" });
    const [steps] = drawn.metrics;
    expect(steps).toMatchObject({ id: "steps", isAmount: true });
    expect(steps?.groups.map(({ name, short, mean, n, days }) => [name, short, mean, n, days])).toEqual([
      ["August 2026", "Aug 26", 16_000, 31, 31],
      ["September 2026", "Sep 26", null, 0, 30],
      ["October 2026", "Oct 26", 16_000, 31, 31],
      ["November 2026", "Nov 26", 10_000, 19, 19],
    ]);
    expect(steps?.groups[3]).toMatchObject({
      said: "mean 10,000 steps",
      isPartial: true,
      ends: "lowest 1,000 steps on 1 Nov 2026, highest 19,000 steps on 19 Nov 2026",
    });
    expect(steps?.ends).toEqual([
      { label: "Highest, 31 Oct 2026", said: "31,000 steps" },
      { label: "Lowest, 1 Nov 2026", said: "1,000 steps" },
    ]);
  });

  it("marks the weekday that differs by more than ordinary ups and downs", async () => {
    const weekly = daily_activity.map((one, index) => {
      const isSunday = new Date(`${one.day}T00:00:00Z`).getUTCDay() === 0;
      return { ...one, steps: (isSunday ? 16_000 : 8000) + ((index * 7919) % 6000) };
    });
    const asked = { metrics: ["steps"], group_by: "weekday", last_days: 50 };
    const { metrics } = await picture("groups", statisticsTool, asked, { daily_activity: weekly });
    expect(metrics[0]?.groups.filter(({ differs }) => differs).map(({ name }) => name)).toEqual(["Sundays"]);
  });

  it("is absent without groups, without data, and where none has a mean", async () => {
    expect(await pictureOf(statisticsTool, { metrics: ["steps"] }, { daily_activity })).toBeNull();
    expect(await pictureOf(statisticsTool, { ...months, metrics: ["hrv"] }, { daily_activity })).toBeNull();
    expect(await pictureOf(statisticsTool, { pattern: "regularity" }, { daily_activity })).toBeNull();
  });
});

describe("the picture of ranked days", () => {
  it("has the days in order with the median of all measured days", async () => {
    const asked = { metrics: ["steps"], start_date: "2026-11-01", end_date: "2026-11-19", top: 2, order: "lowest" };
    expect(await picture("ranked", statisticsTool, asked, { daily_activity })).toEqual({
      kind: "ranked",
      metric: { id: "steps", label: "Steps", unit: "steps", decimals: 0 },
      order: "Lowest",
      days: "2026-11-01..2026-11-19",
      n: 19,
      median: { value: 10_000, said: "10,000 steps" },
      ranked: [
        { rank: 1, day: "2026-11-01", value: 1000, said: "1,000 steps" },
        { rank: 2, day: "2026-11-02", value: 2000, said: "2,000 steps" },
      ],
    });
  });
});

describe("the picture of contributors", () => {
  const ratings = { hrv_balance: 41, previous_night: 80, sleep_balance: null };
  /** A readiness score with contributors on each day up to today; about 80 before. */
  const held = (score: number, before = 60): Held => ({
    daily_readiness: Array.from({ length: before + 1 }, (_, index) => {
      const around = 78 + ((index * 7919) % 5);
      const usual = { hrv_balance: around, previous_night: around, sleep_balance: around };
      const isToday = index === before;
      return {
        day: addDays(today, index - before),
        score: isToday ? score : 80,
        contributors: isToday ? ratings : usual,
      };
    }),
  });
  const asked = { start_date: today, end_date: today, columns: ["readiness_score"] };

  it("has every contributor of a low score, the lowest first, against its usual range", async () => {
    const { day, scores } = await picture("contributors", dailySummaryTool, asked, held(62));
    expect([day, scores.map(({ name }) => name)]).toEqual([today, ["Readiness 62"]]);
    const rated = scores[0]?.contributors.filter(({ rating }) => rating !== null) ?? [];
    expect(rated.map(({ label, rating, stands }) => [label, rating, stands])).toEqual([
      ["HRV balance", 41, "below"],
      ["Previous night", 80, "usual"],
    ]);
    for (const { usual } of rated) expect(usual?.low).toBeLessThan(usual?.high ?? 0);
    expect(scores[0]?.contributors.find(({ label }) => label === "Sleep balance")).toMatchObject({ rating: null });
  });

  it("has no usual range where too few days were measured", async () => {
    const { scores } = await picture("contributors", dailySummaryTool, asked, held(62, 5));
    expect(scores[0]?.contributors[0]).toEqual({ label: "HRV balance", rating: 41, usual: null, stands: null });
  });

  it("is absent for a good score unless asked for, and for several days", async () => {
    expect(await pictureOf(dailySummaryTool, asked, held(85))).toBeNull();
    const more = { ...asked, include_contributors: true };
    expect(await pictureOf(dailySummaryTool, more, held(85))).toMatchObject({ kind: "contributors" });
    expect(await pictureOf(dailySummaryTool, { ...more, start_date: "2026-11-14" }, held(62))).toBeNull();
  });
});

describe("the picture of an event's days", () => {
  const event = addDays(today, -20);
  /** Nights with a lowest heart rate of 51 to 53 bpm, 62 bpm in the night after each evening of `evenings`, none on `gap`. */
  const nights = (evenings: readonly IsoDay[], gap: IsoDay | null = null): Held => ({
    sleep: Array.from({ length: 150 }, (_, index) => addDays(today, index - 149))
      .filter((day) => day !== gap)
      .map((day, index) => ({
        ...{ day, type: "long_sleep", total_sleep_duration: 25_200, time_in_bed: 28_800 },
        bedtime_start: `${addDays(day, -1)}T23:00:00+00:00`,
        bedtime_end: `${day}T07:00:00+00:00`,
        lowest_heart_rate: evenings.includes(addDays(day, -1)) ? 62 : 51 + ((index * 7919) % 3),
      })),
    enhanced_tag: evenings.map((day) => ({
      ...{ start_day: day, end_day: null, start_time: `${day}T20:00:00+00:00`, end_time: null },
      tag_type_code: "tag_generic_alcohol",
    })),
  });
  const outcomes = ["resting_heart_rate"];

  it("has each day's value, its usual range, and which days lie outside it; a night without data is a gap", async () => {
    const held = nights([event], addDays(event, 3));
    const drawn = await picture("around", influencesTool, { outcomes, event }, held);
    expect(drawn).toMatchObject({ day: event, events: 1, firstOffset: -3 });
    const [rate] = drawn.metrics;
    expect(rate?.values).toHaveLength(14);
    expect([rate?.values[4], rate?.values[6]]).toEqual([62, null]);
    expect(rate?.outside.flatMap((isOutside, index) => (isOutside ? [index - 3] : []))).toEqual([1]);
    expect(rate?.low.every((low, index) => low !== null && low < (rate.high[index] ?? 0))).toBe(true);
  });

  it("ends today", async () => {
    const late = addDays(today, -2);
    const { metrics } = await picture("around", influencesTool, { outcomes, event: late }, nights([late]));
    expect(metrics[0]?.values).toHaveLength(6);
  });

  it("has the mean deviation of several evenings with a tag, with how many were measured", async () => {
    const evenings = [-80, -60, -40].map((back) => addDays(today, back));
    const asked = { outcomes, event: "alcohol" };
    const drawn = await picture("around", influencesTool, asked, nights(evenings, addDays(evenings[0] ?? today, 3)));
    expect(drawn).toMatchObject({ day: null, events: 3 });
    const [rate] = drawn.metrics;
    expect(rate).toMatchObject({ unit: "SD", label: "Resting heart rate" });
    expect([rate?.counts[4], rate?.counts[6]]).toEqual([3, 2]);
    expect(rate?.values[4]).toBeGreaterThan(3);
  });

  it("is absent without an event, and where nothing can be judged", async () => {
    expect(await pictureOf(influencesTool, { outcomes }, nights([event]))).toBeNull();
    expect(await pictureOf(influencesTool, { outcomes, event }, { sleep: [] })).toBeNull();
    expect(await pictureOf(influencesTool, { outcomes, event: "moonlight" }, nights([event]))).toBeNull();
  });
});
