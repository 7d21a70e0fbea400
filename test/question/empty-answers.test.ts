import { describe, expect, it } from "vitest";
import { addDays, type IsoDay, listDays, parseIsoDay } from "../../src/analytics/day.ts";
import { type ToolName, tools } from "../../src/tools/index.ts";
import { activityOn, ask, failureOf, type Held, nightTo } from "../tools/ask.ts";

/** An answer without values says in its summary why, whichever tool answers and whatever the cause is. */

const now = "2026-11-20T15:00:00Z";
const day = (text: string) => parseIsoDay(text) as IsoDay; // the texts of this file are days

const dataTools = tools.filter(({ asks }) => asks === "oura");

/** One question per tool about days that end on `end`. The device has no days. */
const questions = {
  oura_get_device: () => ({}),
  oura_get_daily_summary: (end) => ({ start_date: addDays(end, -2), end_date: end }),
  oura_get_sleep_sessions: (end) => ({ start_date: end }),
  oura_get_intraday: (end) => ({ start_date: end }),
  oura_get_statistics: (end) => ({ start_date: addDays(end, -6), end_date: end }),
  oura_get_trends: (end) => ({ window_days: 7, end_date: end }),
  oura_detect_anomalies: (end) => ({ start_date: addDays(end, -6), end_date: end }),
  oura_get_events: (end) => ({ start_date: addDays(end, -2), end_date: end }),
  oura_compare_periods: (end) => ({ last_days: 3, end_date: end }),
  oura_find_influences: (end) => ({ start_date: addDays(end, -6), end_date: end }),
} satisfies Partial<Record<ToolName, (end: IsoDay) => object>>;
type DataToolName = keyof typeof questions;

/** Further forms of answers, which have summaries of their own. */
const furtherQuestions: [DataToolName, (end: IsoDay) => object][] = [
  ["oura_get_daily_summary", (end) => ({ start_date: end })],
  ["oura_get_intraday", (end) => ({ start_date: end, metric: "steps" })],
  ["oura_get_intraday", (end) => ({ start_date: end, at: "03:00" })],
  ["oura_get_intraday", (end) => ({ start_date: addDays(end, -4), end_date: end })],
  ["oura_get_statistics", (end) => ({ start_date: addDays(end, -6), end_date: end, metrics: ["hrv"], top: 3 })],
  ["oura_get_statistics", (end) => ({ start_date: addDays(end, -27), end_date: end, pattern: "regularity" })],
  ["oura_get_statistics", (end) => ({ start_date: addDays(end, -27), end_date: end, pattern: "sleep_shortfall" })],
  ["oura_get_trends", (end) => ({ window_days: 7, start_date: addDays(end, -20), end_date: end })],
];
/** Questions whose answer can have another reason than the days asked for. */
const otherQuestions: [DataToolName, (end: IsoDay) => object][] = [
  ["oura_get_statistics", (end) => ({ start_date: addDays(end, -6), end_date: end, metrics: ["vo2_max"] })],
  ["oura_find_influences", (end) => ({ event: addDays(end, -3), outcomes: ["hrv"] })],
  ["oura_find_influences", (end) => ({ event: "alcohol", end_date: end, outcomes: ["hrv"] })],
];
const allQuestions = [...Object.entries(questions), ...furtherQuestions] as [DataToolName, (end: IsoDay) => object][]; // the keys of the table
const without = (...names: DataToolName[]) => allQuestions.filter(([name]) => !names.includes(name));

function toolOf(name: DataToolName) {
  const found = tools.find((tool) => tool.name === name);
  if (!found) throw new Error(`there is no tool ${name}`);
  return found;
}

async function summaryOf(name: DataToolName, input: object, held: Held) {
  return (await ask(toolOf(name), input, { now, held, offsetMinutes: 0 })).answer.summary;
}

/** Records of a worn ring on every day from `first` to `last`. */
function wornFrom(first: string, last: string): Held {
  const days = listDays({ start: day(first), end: day(last) });
  const scored = days.map((one) => ({ day: one, score: 80 }));
  return {
    sleep: days.map((one) => nightTo(one)),
    daily_activity: days.map((one) => activityOn(one)),
    daily_sleep: scored,
    daily_readiness: scored,
  };
}

const ring = { hardware_type: "gen4", set_up_at: "2024-05-01T10:00:00Z" };
const routes = [
  ...["sleep", "daily_sleep", "daily_readiness", "daily_activity", "daily_stress", "daily_spo2", "daily_resilience"],
  ...["daily_cardiovascular_age", "vO2_max", "sleep_time", "heartrate", "workout", "session", "tag", "enhanced_tag"],
  ...["rest_mode_period", "ring_configuration", "ring_battery_level", "personal_info"],
];
const answering = (status: number): Held =>
  Object.fromEntries(routes.map((route) => [route, () => new Response("{}", { status })]));

it("is tested for every tool that reads Ōura's data", () => {
  expect(Object.keys(questions).toSorted()).toEqual(dataTools.map(({ name }) => name).toSorted());
});

describe("no ring", () => {
  it.each([...allQuestions, ...otherQuestions])("%s names it (%s)", async (name, input) => {
    expect(await summaryOf(name, input(day("2026-11-19")), {})).toMatch(/no ring is set up/i);
  });
});

describe("days before the ring's first record", () => {
  const held = {
    ...wornFrom("2026-11-18", "2026-11-20"),
    ring_configuration: [{ ...ring, set_up_at: "2026-11-17T10:00:00Z" }],
  };
  it.each(without("oura_get_device"))("%s names them (%s)", async (name, input) => {
    expect(await summaryOf(name, input(day("2026-11-08")), held)).toMatch(
      /records begin on|ring was set up on|before the ring's first record/,
    );
  });
});

describe("a ring that was not worn", () => {
  const held = { ...wornFrom("2026-11-16", "2026-11-20"), ring_configuration: [ring] };
  it.each(without("oura_get_device", "oura_get_events"))("%s names it (%s)", async (name, input) => {
    expect(await summaryOf(name, input(day("2026-11-14")), held)).toMatch(
      /was not worn|no record of a ring from these days/,
    );
  });
});

describe("a ring that has not synced", () => {
  const held = { ...wornFrom("2026-11-01", "2026-11-05"), ring_configuration: [ring] };
  it.each(without("oura_get_device"))("%s names it (%s)", async (name, input) => {
    expect(await summaryOf(name, input(day("2026-11-19")), held)).toContain("open the Ōura app to sync");
  });
});

describe("a ring that cannot measure it", () => {
  const held = { ...wornFrom("2026-10-01", "2026-11-20"), ring_configuration: [{ ...ring, hardware_type: "gen2" }] };
  it.each([
    ["oura_get_daily_summary", { start_date: "2026-11-19", sections: ["spo2"] }],
    ["oura_get_intraday", { start_date: "2026-11-19", start_time: "12:00", end_time: "14:00" }],
    ["oura_get_statistics", { metrics: ["spo2"] }],
    ["oura_get_statistics", { metrics: ["steps", "spo2"] }],
    ["oura_get_trends", { metrics: ["spo2"] }],
    ["oura_get_trends", { metrics: ["steps", "spo2"] }],
    ["oura_detect_anomalies", { metrics: ["spo2"] }],
    ["oura_compare_periods", { metrics: ["spo2"] }],
    ["oura_compare_periods", { metrics: ["steps", "spo2"] }],
    ["oura_find_influences", { outcomes: ["spo2"] }],
  ] as const)("%s names it (%j)", async (name, input) => {
    expect(await summaryOf(name, input, held)).toContain("this ring does not measure it");
  });
});

describe("a part that may not be read", () => {
  const held = { ...wornFrom("2026-10-01", "2026-11-20"), ring_configuration: [ring] };
  it.each([
    ["oura_get_daily_summary", { start_date: "2026-11-19" }],
    ["oura_get_statistics", { metrics: ["steps", "spo2"] }],
    ["oura_get_trends", { metrics: ["steps", "spo2"] }],
    ["oura_detect_anomalies", { metrics: ["steps", "spo2"] }],
    ["oura_compare_periods", { metrics: ["steps", "spo2"] }],
    ["oura_find_influences", { outcomes: ["sleep_score", "spo2"] }],
  ] as const)("is named by %s (%j)", async (name, input) => {
    const { answer } = await ask(toolOf(name), input, { now, held, offsetMinutes: 0, refused: ["spo2"] });
    expect(answer.summary).toMatch(/(spo2|blood oxygen) \(no permission for this data\)/);
  });

  it("is named by the tool of events", async () => {
    const { answer } = await ask(toolOf("oura_get_events"), {}, { now, held, offsetMinutes: 0, refused: ["tag"] });
    expect(answer.summary).toContain("Missing: tag (no permission for this data).");
  });
});

describe("a part that Ōura does not answer", () => {
  const held = {
    ...wornFrom("2026-10-01", "2026-11-20"),
    ring_configuration: [ring],
    daily_spo2: () => new Response("{}", { status: 500 }),
  };
  it.each([
    ["oura_get_daily_summary", { start_date: "2026-11-19" }],
    ["oura_get_statistics", { metrics: ["steps", "spo2"] }],
    ["oura_get_trends", { metrics: ["steps", "spo2"] }],
    ["oura_detect_anomalies", { metrics: ["steps", "spo2"] }],
    ["oura_compare_periods", { metrics: ["steps", "spo2"] }],
    ["oura_find_influences", { outcomes: ["sleep_score", "spo2"] }],
  ] as const)("is named by %s (%j)", async (name, input) => {
    expect(await summaryOf(name, input, held)).toMatch(/(spo2|blood oxygen) \(Ōura has a problem on its side\)/);
  });
});

describe("records that cannot be read", () => {
  const held = {
    ...wornFrom("2026-10-01", "2026-11-20"),
    ring_configuration: [ring],
    daily_sleep: listDays({ start: day("2026-10-01"), end: day("2026-11-20") }).map((one) => ({
      day: one,
      score: "?",
    })),
  };
  it.each([
    ["oura_get_daily_summary", { start_date: "2026-11-19", sections: ["sleep"], columns: ["sleep_score"] }],
    ["oura_get_statistics", { metrics: ["sleep_score"] }],
    ["oura_get_trends", { metrics: ["sleep_score"] }],
    ["oura_detect_anomalies", { metrics: ["sleep_score"] }],
    ["oura_compare_periods", { metrics: ["sleep_score"] }],
  ] as const)("are named by %s (%j)", async (name, input) => {
    expect(await summaryOf(name, input, held)).toContain("records that could not be read");
  });
});

describe("the words", () => {
  const held = { ...wornFrom("2026-11-18", "2026-11-20"), ring_configuration: [ring] };
  const summaryOfMetrics = (input: object) => summaryOf("oura_compare_periods", { ...input, last_days: 3 }, held);

  it("join periods, and count names where they are many", async () => {
    expect(await summaryOfMetrics({ end_date: "2026-11-08" })).toMatch(
      /Missing: sleep score, readiness score, activity score, steps, and 6 more \([^)]+\)\.$/,
    );
  });

  it("do not say the days that the answer is about as a whole", async () => {
    expect(await summaryOf("oura_get_trends", { metrics: ["hrv"], end_date: "2026-11-08" }, held)).toMatch(
      /^The 30 days to Sun 8 Nov 2026: no data\. Missing: heart rate variability \([^)]+\)\.$/,
    );
  });

  it("name no single day without a value in an answer about many days", async () => {
    const days = wornFrom("2026-10-01", "2026-11-20");
    const sleep = (days.sleep as readonly { day: string }[]).filter((night) => night.day !== "2026-11-10"); // nights, by wornFrom
    const summary = await summaryOf("oura_get_statistics", { metrics: ["total_sleep"] }, { ...days, sleep });
    expect(summary).toContain("n 29 of 30 nights");
    expect(summary).not.toContain("Missing");
  });
});

describe("nothing that may or can be read", () => {
  it.each(allQuestions)("is the failure of %s (%s)", async (name, input) => {
    const tool = toolOf(name);
    const call = (held: Held, refused: typeof tool.scopes = []) =>
      failureOf(ask(tool, input(day("2026-11-19")), { now, held, refused, offsetMinutes: 0 }));
    expect((await call({}, tool.scopes)).kind).toBe("not_granted_to_assistant");
    expect((await call(answering(403))).kind).toBe("membership_lapsed");
    expect((await call(answering(500))).kind).toBe("oura_unavailable");
  });
});
