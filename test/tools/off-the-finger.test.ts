import { describe, expect, it } from "vitest";
import { addDays, type IsoDay, isoDay } from "../../src/analytics/day.ts";
import { anomaliesTool } from "../../src/tools/anomalies/anomalies-tool.ts";
import { comparePeriodsTool } from "../../src/tools/compare-periods/compare-periods-tool.ts";
import { dailySummaryTool } from "../../src/tools/daily-summary/daily-summary-tool.ts";
import { influencesTool } from "../../src/tools/influences/influences-tool.ts";
import { trendsTool } from "../../src/tools/trends/trends-tool.ts";
import { type Asked, activityOn, ask, nightTo } from "./ask.ts";

const today = "2026-08-20" as IsoDay; // a literal in the right form
const evening = { now: "2026-08-20T18:00:00Z", offsetMinutes: 120 };

/** Seventy days to today of some 8,000 steps, with the given changes. */
function history(changes: Record<string, object>, last = today) {
  const days = Array.from({ length: 70 }, (_, index) => addDays(last, index - 69));
  const figures = (index: number) => ({
    ...{ steps: 8000 + ((index * 7919) % 11) * 100, score: 80, active_calories: 400, total_calories: 2400 },
    ...{ high_activity_time: 600, medium_activity_time: 2400, low_activity_time: 14_000, non_wear_time: 600 },
    ...{ target_calories: 450, target_meters: 8000, meters_to_target: 900, equivalent_walking_distance: 7100 },
    ...{ sedentary_time: 36_000, resting_time: 30_000, inactivity_alerts: 1 },
  });
  return {
    daily_activity: days.map((day, index) => activityOn(day, "+02:00", { ...figures(index), ...changes[day] })),
    daily_stress: days.map((day) => ({ day, stress_high: 3600, recovery_high: 3600, day_summary: "normal" })),
    sleep: days.map((day) => nightTo(day, { total_sleep_duration: 24_000 })),
    daily_sleep: days.map((day) => ({ day, score: 80 })),
    ring_configuration: [{ hardware_type: "gen4" }],
  };
}

const charger = { steps: 87, score: 40, non_wear_time: 20 * 3600 };
const drawer = { steps: 140, non_wear_time: 16 * 3600, score: null };
const beach = { steps: 3210, non_wear_time: 13 * 3600, active_calories: 90 };

function rowsOf({ answer }: Asked): Record<string, unknown>[] {
  const { columns, rows } = answer as unknown as { columns: string[]; rows: unknown[][] }; // every table has both
  return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
}

describe("a day with the ring off for more than twelve hours", () => {
  it.each([
    ["on the charger", charger],
    ["in a drawer", drawer],
    ["at the beach", beach],
  ])("%s has no figure of activity or stress, with the reason, whatever was counted", async (_name, change) => {
    const held = history({ "2026-08-17": change });
    const question = { start_date: "2026-08-16", end_date: "2026-08-18", sections: ["activity", "stress"] };
    const asked = await ask(dailySummaryTool, question, { ...evening, held });
    const [before, off] = rowsOf(asked);
    const { day, weekday, ...figures } = off ?? {};
    expect([day, weekday]).toEqual(["2026-08-17", "Mon"]);
    expect(new Set(Object.values(figures))).toEqual(new Set([null]));
    expect(before?.steps).toBeGreaterThan(7000);
    expect(asked.answer.missing).toEqual([{ what: "activity, stress", days: "2026-08-17", reason: "not_worn" }]);
  });

  const held = history({ "2026-08-16": drawer, "2026-08-17": charger, "2026-08-15": beach });
  const metrics = ["steps", "activity_score", "stress_high", "recovery_high"];
  const gap = { what: metrics.join(", "), days: "2026-08-15..2026-08-17", reason: "not_worn" };

  it("is in no mean, minimum or count of trends, and trends name it", async () => {
    const asked = await ask(trendsTool, { metrics, window_days: 10 }, { ...evening, held });
    expect(rowsOf(asked).map(({ n }) => n)).toEqual([7, 7, 7, 7]); // ten days to yesterday, since today is still counting
    expect(rowsOf(asked)[0]?.min).toBeGreaterThan(7000);
    expect(asked.answer.missing).toEqual([gap]);
  });

  it("is never an unusual day", async () => {
    const { answer } = await ask(anomaliesTool, { metrics }, { ...evening, held });
    expect(answer.unusual).toEqual([]);
    expect(answer.missing).toContainEqual(gap);
  });

  it("counts on neither side of a comparison", async () => {
    const asked = await ask(comparePeriodsTool, { metrics: ["steps"], last_days: 14 }, { ...evening, held });
    expect(rowsOf(asked)).toMatchObject([{ n: 11, n_compared: 14 }]);
    expect(asked.answer.missing).toEqual([{ ...gap, what: "steps" }]);
  });

  it("is no quiet day before a night", async () => {
    const everyOther = Array.from({ length: 30 }, (_, index) => [addDays(today, -1 - 2 * index), charger] as const);
    const off = history(Object.fromEntries(everyOther));
    const asked = await ask(
      influencesTool,
      { outcomes: ["sleep_score"], start_date: "2026-07-01" },
      { ...evening, held: off },
    );
    expect(rowsOf(asked)).toEqual([]);
    expect(JSON.stringify(asked.answer)).not.toContain("87");
  });
});

describe("today", () => {
  const question = { start_date: "today", sections: ["activity", "stress"] };

  it("keeps what was counted so far, though Oura counts the hours to come as not worn", async () => {
    const held = history({ [today]: { steps: 2100, non_wear_time: 15 * 3600 } });
    const asked = await ask(dailySummaryTool, question, { now: "2026-08-20T11:00:00Z", held, offsetMinutes: 120 });
    expect(rowsOf(asked)).toMatchObject([{ steps: 2100, stress_high_min: 60 }]);
    expect(asked.answer.missing).toEqual([]);
  });

  it("has no figure of stress that could not be read, and is not said to be unsynced", async () => {
    const held = history({ [today]: { steps: 655, non_wear_time: 15 * 3600 } });
    const daily_stress = held.daily_stress.map((one) =>
      one.day === today ? { ...one, stress_high: "900", recovery_high: "0", day_summary: null } : one,
    );
    const asking = { now: "2026-08-20T11:00:00Z", held: { ...held, daily_stress }, offsetMinutes: 120 };
    const { answer } = await ask(dailySummaryTool, { start_date: "today", sections: ["stress"] }, asking);
    expect(answer.missing.filter(({ reason }) => reason === "not_synced" || reason === "not_worn")).toEqual([]);
    expect(JSON.stringify(answer.missing)).toContain("records");
  });

  it("without a step yet has no figures that say so", async () => {
    const held = history({ [today]: { steps: 0, non_wear_time: 22 * 3600 } });
    const asked = await ask(dailySummaryTool, question, { now: "2026-08-20T04:00:00Z", held, offsetMinutes: 120 });
    expect(asked.answer.missing).toEqual([{ what: "activity, stress", days: today, reason: "not_synced" }]);
  });

  it.each([
    ["-06:00", "2026-08-21T05:00:00Z"],
    ["+13:00", "2026-08-19T12:00:00Z"],
  ])("is the wearer's at %s, and yesterday is set aside", async (offset, now) => {
    const held = history({ [today]: { steps: 40, non_wear_time: 15 * 3600 }, "2026-08-19": charger });
    const at = {
      ...held,
      daily_activity: held.daily_activity.map((one) => ({ ...one, timestamp: `${one.day}T04:00:00${offset}` })),
    };
    const range = { start_date: "2026-08-19", end_date: "2026-08-20", sections: ["activity"] };
    const asked = await ask(dailySummaryTool, range, { now, held: at });
    expect(rowsOf(asked).map(({ steps }) => steps)).toEqual([null, 40]);
  });
});

describe("a day with the ring off for four to twelve hours", () => {
  it.each([
    [7 * 3600, "Worn 17 of 24 hours on 17 Aug 2026."],
    [4 * 3600, "Worn 20 of 24 hours on 17 Aug 2026."],
    [12 * 3600, "Worn 12 of 24 hours on 17 Aug 2026."],
  ])("of %i seconds keeps its figures and is named", async (non_wear_time, note) => {
    const held = history({ "2026-08-17": { non_wear_time } });
    const question = { start_date: "2026-08-17", sections: ["activity"] };
    const asked = await ask(dailySummaryTool, question, { ...evening, held });
    expect(rowsOf(asked)[0]?.steps).toBeGreaterThan(7000);
    expect(asked.answer.notes).toContain(note);
    expect(asked.answer.summary).toContain(`(worn ${24 - non_wear_time / 3600} of 24 hours)`);
    const trends = await ask(trendsTool, { metrics: ["steps"], window_days: 7 }, { ...evening, held });
    expect(trends.answer.notes).toContain(note);
  });

  it("is not named where nothing that is counted over the day is asked for, nor with less time off", async () => {
    const held = history({ "2026-08-17": { non_wear_time: 7 * 3600 }, "2026-08-16": { non_wear_time: 3 * 3600 } });
    const asked = await ask(dailySummaryTool, { start_date: "2026-08-17", sections: ["sleep"] }, { ...evening, held });
    expect(asked.answer.notes).toEqual([]);
    const other = await ask(
      dailySummaryTool,
      { start_date: "2026-08-16", sections: ["activity"] },
      { ...evening, held },
    );
    expect(other.answer.notes).toEqual([]);
  });

  it("is named of today only in the evening, without the hours to come, which Oura counts as not worn", async () => {
    const question = { start_date: "today", sections: ["activity"] };
    const notesAt = async (now: string, hours: number) => {
      const held = history({ [today]: { non_wear_time: hours * 3600 } });
      return (await ask(dailySummaryTool, question, { now, held, offsetMinutes: 120 })).answer.notes;
    };
    // 18:00 at +02:00: ten hours of the day of activity are to come.
    expect(await notesAt("2026-08-20T16:00:00Z", 15)).toContain("Today not worn for 5 hours so far.");
    expect(await notesAt("2026-08-20T15:59:00Z", 15)).not.toContainEqual(expect.stringContaining("worn"));
    expect(await notesAt("2026-08-20T16:00:00Z", 13)).not.toContainEqual(expect.stringContaining("worn"));
    expect(await notesAt("2026-08-20T16:00:00Z", 5)).not.toContainEqual(expect.stringContaining("worn"));
  });

  it("names the last ten of many days, and counts the others", async () => {
    const many = Array.from(
      { length: 14 },
      (_, index) => [isoDay(20_682 - 2 * index), { non_wear_time: 6 * 3600 }] as const,
    );
    const held = history(Object.fromEntries(many));
    const question = { start_date: "2026-07-20", end_date: "2026-08-20", sections: ["activity"] };
    const { answer } = await ask(dailySummaryTool, question, { ...evening, held });
    const [note] = (answer.notes as string[]).filter((text) => text.startsWith("Worn"));
    expect(note?.match(/\d+ (Jul|Aug)/g)).toHaveLength(10);
    expect(note).toContain("part of 4 earlier days");
  });
});

describe("a score", () => {
  const rest = { start_day: "2026-08-17", end_day: null, start_time: "2026-08-17T08:00:00+02:00", end_time: null };

  it.each([
    ["0", 0],
    ["101", 101],
    ["255", 255],
    ["-1", -1],
  ])("of %s is a gap, in rows, means and trends", async (_name, score) => {
    const held = history({ "2026-08-17": { score }, "2026-08-18": { score } });
    const question = { start_date: "2026-08-15", end_date: "2026-08-18", sections: ["activity"] };
    const asked = await ask(dailySummaryTool, question, { ...evening, held });
    expect(rowsOf(asked).map(({ activity_score }) => activity_score)).toEqual([80, 80, null, null]);
    expect(asked.answer.missing).toEqual([
      { what: "activity_score", days: "2026-08-17..2026-08-18", reason: "unavailable" },
    ]);
    const trends = await ask(trendsTool, { metrics: ["activity_score"], window_days: 6 }, { ...evening, held });
    expect(rowsOf(trends)).toMatchObject([{ n: 4, min: 80 }]);
  });

  it.each([
    ["0", 0],
    ["nothing", null],
  ])("for which Oura gives %s while rest mode is on says so", async (_name, score) => {
    const changes = {
      "2026-08-16": { score },
      "2026-08-17": { score },
      "2026-08-18": { score },
      "2026-08-19": { score },
    };
    const held = { ...history(changes), rest_mode_period: [rest] };
    const question = { start_date: "2026-08-15", end_date: "2026-08-19", sections: ["activity"] };
    const asked = await ask(dailySummaryTool, question, { ...evening, held });
    expect(asked.answer.missing).toEqual([
      { what: "activity_score", days: "2026-08-17..2026-08-19", reason: "rest_mode" },
      { what: "activity_score", days: "2026-08-16", reason: "unavailable" },
    ]);
    expect(asked.answer.summary).toContain("Ōura gives no score while rest mode is on");
    const trends = await ask(trendsTool, { metrics: ["activity_score"], window_days: 3 }, { ...evening, held });
    expect(trends.answer.missing).toContainEqual(expect.objectContaining({ reason: "rest_mode" }));
  });

  it("has no reason but that Oura gave none where rest mode cannot be read, and that is said", async () => {
    const held = {
      ...history({ "2026-08-18": { score: 0 } }),
      rest_mode_period: () => new Response("", { status: 404 }),
    };
    const { answer } = await ask(
      dailySummaryTool,
      { start_date: "2026-08-18", columns: ["activity_score", "steps"] },
      { ...evening, held },
    );
    expect(answer.missing).toMatchObject([
      { what: "activity_score", days: "2026-08-18", reason: "unavailable" },
      { what: "rest mode as context", reason: "unavailable" },
    ]);
  });

  it("of today is missing for the same reason, while the day still counts", async () => {
    const held = { ...history({ [today]: { score: 0, non_wear_time: 15 * 3600 } }), rest_mode_period: [rest] };
    const asking = { now: "2026-08-20T11:00:00Z", offsetMinutes: 120, held };
    const { answer } = await ask(dailySummaryTool, { start_date: "today", sections: ["activity"] }, asking);
    expect(answer.missing).toEqual([{ what: "activity_score", days: today, reason: "rest_mode" }]);
  });

  it("of sleep and readiness is a gap for the same reason", async () => {
    const held = {
      ...history({}),
      daily_sleep: [{ day: "2026-08-18", score: 0 }],
      daily_readiness: [{ day: "2026-08-18", score: null, temperature_deviation: 0.1 }],
      rest_mode_period: [rest],
    };
    const question = { start_date: "2026-08-18", sections: ["sleep", "readiness"] };
    const { answer } = await ask(dailySummaryTool, question, { ...evening, held });
    expect(answer.missing).toContainEqual({
      what: "sleep_score, readiness_score",
      days: "2026-08-18",
      reason: "rest_mode",
    });
  });

  it("that is there costs no look at rest mode", async () => {
    const { requests } = await ask(
      dailySummaryTool,
      { start_date: "2026-08-17", end_date: "2026-08-19", sections: ["activity"] },
      { ...evening, held: history({}) },
    );
    expect(requests.map(({ route }) => route)).toEqual(["daily_activity"]);
  });
});
