import { describe, expect, it } from "vitest";
import { z } from "zod";
import { addDays, type IsoDay } from "../../src/analytics/day.ts";
import { sleepSessionsTool } from "../../src/tools/sleep-sessions/sleep-sessions-tool.ts";
import { newestNight } from "../../src/tools/sleep-sessions/sleep-table.ts";
import { activityOn, ask, failureOf, nightTo } from "./ask.ts";

const now = "2026-11-20T20:00:00Z";
const today = "2026-11-20" as IsoDay; // a label, written as one

const table = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
});

function napOn(day: string, minutes: number) {
  return {
    day,
    type: "sleep",
    bedtime_start: `${day}T14:00:00+00:00`,
    bedtime_end: `${day}T15:30:00+00:00`,
    total_sleep_duration: minutes * 60,
    time_in_bed: 5400,
  };
}

/** Nights up to today with lowest heart rates 50, 54, 58, 50, …, and naps of 30 and 50 minutes on two days. */
function held(count: number) {
  const days = Array.from({ length: count }, (_, index) => addDays(today, index + 1 - count));
  const nights = days.map((day, index) =>
    nightTo(day, {
      lowest_heart_rate: [50, 54, 58][index % 3],
      average_heart_rate: 60,
      average_hrv: 40 + (index % 2),
      average_breath: 15,
    }),
  );
  return {
    sleep: [...nights, napOn("2026-11-18", 30), napOn("2026-11-19", 50)],
    daily_activity: days.map((day) => activityOn(day)),
  };
}

const week = { start_date: "2026-11-15", end_date: today };
const asked = { now, held: held(6) };

describe("several nights", () => {
  it("have their ends with their days, and call a mean of lowest heart rates no lowest", async () => {
    const { answer } = await ask(sleepSessionsTool, week, asked);
    expect(answer.summary).toContain(
      "resting heart rate 54 bpm (n 6; lowest 50 bpm on Sun 15 Nov and Wed 18 Nov, highest 58 bpm on Tue 17 Nov and Fri 20 Nov)",
    );
    expect(answer.summary).toContain("HRV 41 ms (n 6;");
    expect(answer.summary).not.toContain("lowest heart rate");
    expect(table.parse(answer).rows[0]?.slice(0, 3)).toEqual(["2026-11-15", "Sun", "night"]);
  });

  it("are told alone, or the naps alone with their time asleep", async () => {
    const nights = await ask(sleepSessionsTool, { ...week, kind: "night" }, asked);
    expect(nights.answer.summary).not.toContain("nap");
    expect(table.parse(nights.answer).rows).toHaveLength(6);
    const naps = await ask(sleepSessionsTool, { ...week, kind: "nap" }, asked);
    expect(naps.answer.summary).toBe(
      "Sun 15 Nov to Fri 20 Nov 2026: 2 naps on 2 days; on average asleep 40 min (n 2; 1 h 20 min in all; lowest 30 min on Wed 18 Nov, highest 50 min on Thu 19 Nov).",
    );
    const none = await ask(sleepSessionsTool, { kind: "nap" }, asked);
    expect(none.answer.summary).toBe("Fri 20 Nov 2026: no naps.");
  });

  it("have the columns by the names of other tools, and name what only other tools have", async () => {
    const night = { ...asked, held: { sleep: [nightTo("2026-11-20")] } };
    const input = { start_date: "2026-11-20", columns: ["total_sleep_min", "sleep_efficiency_pct", "steps"] };
    const { answer } = await ask(sleepSessionsTool, input, night);
    expect(answer).toMatchObject({ columns: ["day", "weekday", "kind", "asleep_min", "efficiency_pct"] });
    expect(answer.notes).toContainEqual(
      "steps: not in this answer; see oura_get_statistics and oura_get_daily_summary.",
    );
  });

  it("have the columns that are asked for, also by the names of metrics, and only those are missing", async () => {
    const withoutHrv = { ...asked.held, sleep: [nightTo(today, { average_hrv: null, lowest_heart_rate: 50 })] };
    const input = { columns: ["resting heart rate", "bedtime"] };
    const { answer } = await ask(sleepSessionsTool, input, { now, held: withoutHrv });
    expect(table.parse(answer)).toMatchObject({
      columns: ["day", "weekday", "kind", "start", "hr_low_bpm"],
      rows: [[today, "Fri", "night", "00:10", 50]],
    });
    expect(answer.missing).toEqual([]);
  });

  it("can be a year with three columns or without rows, and else name the tool for it", async () => {
    const year = { start_date: "2025-11-21", end_date: today };
    const ofYear = { now, held: held(365) };
    const { answer } = await ask(sleepSessionsTool, { ...year, kind: "night", columns: ["hrv"] }, ofYear);
    expect(table.parse(answer).rows).toHaveLength(365);
    expect(answer.summary).toContain("lowest 40 ms on Fri 20 Nov 2026 and 182 earlier days");
    const short = await ask(sleepSessionsTool, { ...year, summary_only: true }, ofYear);
    expect(short.answer).toMatchObject({
      columns: [],
      rows: [],
      summary: expect.stringContaining("365 of 365 nights"),
    });
    expect(await failureOf(ask(sleepSessionsTool, year, ofYear))).toMatchObject({
      kind: "bad_input",
      problems: [expect.stringContaining("or name up to 3 columns for a year of nights, or use oura_get_statistics")],
    });
    const both = { include_time_series: true, summary_only: true };
    expect((await ask(sleepSessionsTool, both, ofYear)).answer.time_series).toBeUndefined();
  });
});

describe("the newest night in a table", () => {
  it.each<[string, object[], string | null]>([
    ["is the last", [nightTo("2026-11-18"), nightTo("2026-11-19")], "2026-11-19"],
    ["is no nap", [nightTo("2026-11-18"), napOn("2026-11-19", 30)], "2026-11-18"],
    ["has a time asleep", [nightTo("2026-11-18"), nightTo(today, { total_sleep_duration: null })], "2026-11-18"],
    ["does not exist", [napOn("2026-11-19", 30)], null],
  ])("%s", async (_name, sleep, day) => {
    const { answer } = await ask(sleepSessionsTool, week, { now, held: { sleep } });
    expect(newestNight(table.parse(answer))).toBe(day);
  });
});
