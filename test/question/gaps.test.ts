import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isoDay, parseIsoDay } from "../../src/analytics/day.ts";
import { reasonForDay } from "../../src/question/day-gaps.ts";
import { anomaliesTool } from "../../src/tools/anomalies/anomalies-tool.ts";
import { dailySummaryTool } from "../../src/tools/daily-summary/daily-summary-tool.ts";
import { deviceTool } from "../../src/tools/device/device-tool.ts";
import { eventsTool } from "../../src/tools/events/events-tool.ts";
import { tools } from "../../src/tools/index.ts";
import { intradayTool } from "../../src/tools/intraday/intraday-tool.ts";
import { sleepSessionsTool } from "../../src/tools/sleep-sessions/sleep-sessions-tool.ts";
import { statisticsTool } from "../../src/tools/statistics/statistics-tool.ts";
import { trendsTool } from "../../src/tools/trends/trends-tool.ts";
import { activityOn, ask, failureOf, nightTo } from "../tools/ask.ts";

const now = "2026-11-20T15:00:00Z";
const day = (text: string) => parseIsoDay(text) ?? isoDay(0);

describe("the reason of an empty day", () => {
  const sync = {
    today: day("2026-11-20"),
    newestRecord: day("2026-11-17"),
    maySync: true,
    isCertain: true,
    first: null,
  };

  it.each([
    ["2026-11-16", sync, "not_worn"],
    ["2026-11-17", sync, "not_worn"],
    ["2026-11-18", sync, "not_synced"],
    ["2026-11-20", { ...sync, newestRecord: sync.today }, "not_synced"],
    ["2026-11-18", { ...sync, newestRecord: null }, "not_synced"],
    ["2026-11-18", { ...sync, maySync: false }, "not_worn"],
    ["2026-11-16", { ...sync, isCertain: false }, "unavailable"],
  ])("%s with %j is %s", (text, state, reason) => {
    expect(reasonForDay(day(text), state)).toBe(reason);
  });
});

describe("every tool gives a reason for an empty answer", () => {
  const questions = tools.flatMap((tool) => {
    if (tool.asks === "account") return [];
    const metric = tool.input.shape.metric;
    const inputs = metric instanceof z.ZodDefault ? [{ metric: "heart_rate" }, { metric: "steps" }] : [{}];
    return inputs.map((input) => [tool.name, input, tool] as const);
  });

  it.each(questions)("%s %j, for a wearer without a ring", async (_name, input, tool) => {
    const { answer } = await ask(tool, input, { now, held: {}, offsetMinutes: 0 });
    expect(answer.missing.map(({ reason }) => reason)).not.toEqual([]);
  });

  it.each(questions)("%s %j, for a wearer whose ring has no records", async (_name, input, tool) => {
    const held = { ring_configuration: [{ hardware_type: "gen4" }] };
    const { answer } = await ask(tool, input, { now, held, offsetMinutes: 0 });
    expect(answer.missing.map(({ reason }) => reason)).not.toEqual([]);
  });
});

describe("a missing night", () => {
  const nightsMissing = async (held: Parameters<typeof ask>[2]["held"]) =>
    (
      await ask(
        sleepSessionsTool,
        { start_date: "2026-11-17", end_date: "2026-11-18" },
        { now, held, offsetMinutes: 0 },
      )
    ).answer.missing.filter(({ what }) => what === "night");

  it("is not_worn if there is a later nap", async () => {
    const sleep = [nightTo("2026-11-16"), nightTo("2026-11-19", { type: "late_nap" })];
    expect(await nightsMissing({ sleep })).toEqual([
      { what: "night", days: "2026-11-17..2026-11-18", reason: "not_worn" },
    ]);
  });

  it("is not_worn if there are records of later days, but no night", async () => {
    const held = { sleep: [nightTo("2026-11-16")], daily_activity: [activityOn("2026-11-19")] };
    expect(await nightsMissing(held)).toEqual([{ what: "night", days: "2026-11-17..2026-11-18", reason: "not_worn" }]);
  });

  it("is not_synced if there is no newer record", async () => {
    const held = { sleep: [nightTo("2026-11-16")], daily_activity: [activityOn("2026-11-16")] };
    expect(await nightsMissing(held)).toEqual([
      { what: "night", days: "2026-11-17..2026-11-18", reason: "not_synced" },
    ]);
  });
});

describe("if a route that would show the reason of a gap cannot be read", () => {
  const broken = () => new Response(null, { status: 500 });

  it("a missing night is unavailable, not not_worn", async () => {
    const held = { sleep: [nightTo("2026-11-16")], daily_activity: broken };
    const question = { start_date: "2026-11-17", end_date: "2026-11-18" };
    const { answer } = await ask(sleepSessionsTool, question, { now, held, offsetMinutes: 0 });
    expect(answer.missing).toEqual([{ what: "night", days: "2026-11-17..2026-11-18", reason: "unavailable" }]);
  });

  it("a night with a sleep of an unknown kind is unavailable", async () => {
    const held = { sleep: [nightTo("2026-11-17", { type: "trance" }), nightTo("2026-11-18")] };
    const question = { start_date: "2026-11-17", end_date: "2026-11-18" };
    const { answer } = await ask(sleepSessionsTool, question, { now, held, offsetMinutes: 0 });
    expect(answer.missing.filter(({ what }) => what === "night")).toEqual([
      { what: "night", days: "2026-11-17", reason: "unavailable" },
    ]);
  });

  it("a day without one section is unavailable", async () => {
    const held = { daily_readiness: broken, daily_spo2: [{ day: "2026-11-17", spo2_percentage: { average: 96 } }] };
    const question = { start_date: "2026-11-17", end_date: "2026-11-18", sections: ["spo2", "readiness"] };
    const { answer } = await ask(dailySummaryTool, question, { now, held, offsetMinutes: 0 });
    expect(answer.missing).toContainEqual({ what: "spo2", days: "2026-11-18", reason: "unavailable" });
  });

  it.each<[string, typeof broken | object[]]>([
    ["the ring fails", broken],
    ["the ring has no model", [{ hardware_type: null }]],
  ])("no statement is made about what the ring measures when %s", async (_name, ring_configuration) => {
    const held = {
      daily_spo2: [],
      daily_readiness: [],
      daily_sleep: [{ day: "2026-11-17", score: 80 }],
      ring_configuration,
    };
    const question = { start_date: "2026-11-17", sections: ["spo2", "sleep", "readiness"] };
    const { answer } = await ask(dailySummaryTool, question, { now, held, offsetMinutes: 0 });
    expect(answer.missing).toContainEqual({
      what: "readiness, spo2",
      reason: "unavailable",
      detail: "Ōura did not say which ring it is, and so whether it measures this",
    });
  });

  it("a wearer without a ring gets no not_synced", async () => {
    const held = { daily_spo2: broken, daily_sleep: [], daily_activity: [], ring_configuration: [] };
    const question = { start_date: "2026-11-17", sections: ["spo2", "sleep"] };
    const { answer } = await ask(dailySummaryTool, question, { now, held, offsetMinutes: 0 });
    expect(answer.missing.map(({ what, reason }) => [what, reason])).toEqual([
      ["spo2", "unavailable"],
      ["sleep", "no_ring"],
    ]);
  });

  it("a section that the ring does not measure stays not_supported if one of its routes fails", async () => {
    const held = {
      vO2_max: broken,
      daily_cardiovascular_age: [],
      daily_sleep: [{ day: "2026-11-17", score: 80 }],
      ring_configuration: [{ hardware_type: "gen2" }],
    };
    const question = { start_date: "2026-11-17", sections: ["heart_health", "sleep"] };
    const { answer } = await ask(dailySummaryTool, question, { now, held, offsetMinutes: 0 });
    expect(answer.missing).toContainEqual({ what: "heart_health", reason: "not_supported" });
  });

  it("unusual days report that the signs of illness were not available", async () => {
    const held = { sleep: broken, daily_activity: [activityOn("2026-11-19")] };
    const question = { metrics: ["steps"], start_date: "2026-11-10" };
    const { answer } = await ask(anomaliesTool, question, { now, held, offsetMinutes: 0 });
    expect(answer.missing).toContainEqual(
      expect.objectContaining({ what: "resting_heart_rate, hrv, breathing_rate as context", reason: "unavailable" }),
    );
  });
});

it("records that could not be read are reported with their number and route", async () => {
  const daily_sleep = [{ day: "2026-11-17", score: 80 }, { score: 70 }, { score: 71 }];
  const question = { start_date: "2026-11-17", sections: ["sleep"] };
  const { answer } = await ask(dailySummaryTool, question, { now, held: { daily_sleep }, offsetMinutes: 0 });
  expect(answer.missing).toContainEqual({
    what: "records",
    reason: "unavailable",
    detail: expect.stringContaining("2 of daily_sleep"),
  });
});

it("stress in figures over weeks needs both of its permissions, although Oura requires one", async () => {
  const asking = { now, held: { daily_activity: [activityOn("2026-11-19")] }, offsetMinutes: 0 };
  const { answer, requests } = await ask(
    trendsTool,
    { metrics: ["stress_high", "steps"] },
    { ...asking, refused: ["stress"] },
  );
  expect(answer.missing).toContainEqual(expect.objectContaining({ what: "stress_high", reason: "not_granted" }));
  expect(requests.map(({ route }) => route)).not.toContain("daily_stress");
});

describe("days before the ring's first record", () => {
  const ring = (set_up_at: string | null) => ({ hardware_type: "gen4", set_up_at });
  const days = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => `2026-09-${String(from + index).padStart(2, "0")}`);
  const worn = {
    daily_activity: days(12, 30).map((one) => activityOn(one)),
    sleep: days(13, 30).map((one) => nightTo(one)),
  };
  const asking = (rings: object[], held: object = {}) => ({
    now,
    held: { ring_configuration: rings, ...held },
    offsetMinutes: 0,
  });
  const july = { start_date: "2026-07-01", end_date: "2026-07-31" };
  const longTools = tools.filter((tool) => tool.asks === "oura" && "start_date" in tool.input.shape);

  it.each(longTools)("are said to be so by $name", async (tool) => {
    const input = tool.name === "oura_get_intraday" ? { start_date: "2026-07-01" } : july;
    const { answer } = await ask(tool, input, asking([ring("2026-09-12T10:00:00+00:00")]));
    expect(answer.summary).toContain("the first ring was set up on Sat 12 Sept 2026");
    expect(answer.missing.map(({ reason }) => reason)).not.toContain("not_worn");
  });

  it("end with the first record where the ring was set up then, so that the night before counts to them", async () => {
    const { answer } = await ask(
      statisticsTool,
      { metrics: ["steps", "total_sleep"], start_date: "2026-08-01", end_date: "2026-09-30" },
      asking([ring("2026-09-12T10:00:00+00:00")], worn),
    );
    expect(answer.missing).toEqual([
      {
        ...{ what: "total_sleep", days: "2026-08-01..2026-09-12", reason: "before_first_record" },
        detail: "the ring's records begin on Sat 12 Sept 2026",
      },
      {
        ...{ what: "steps", days: "2026-08-01..2026-09-11", reason: "before_first_record" },
        detail: "the ring's records begin on Sat 12 Sept 2026",
      },
    ]);
  });

  it.each([
    ["a ring has no set-up date", [ring("2026-09-12T10:00:00+00:00"), ring(null)], {}],
    ["Oura dates a ring 1970", [ring("1970-01-01T00:00:00+00:00")], {}],
    ["records are older than every listed ring", [ring("2026-11-01T10:00:00+00:00")], worn],
  ])("are not known where %s", async (_case, rings, held) => {
    const { answer } = await ask(
      statisticsTool,
      { metrics: ["steps"], start_date: "2026-08-01", end_date: "2026-09-30" },
      asking(rings, held),
    );
    expect(answer.missing).toMatchObject([
      { what: "steps", reason: "unavailable", detail: expect.stringContaining("may not have been in use yet") },
    ]);
  });

  it("are none where the ring was set up earlier and lay in a drawer", async () => {
    const { answer } = await ask(
      statisticsTool,
      { metrics: ["steps"], ...july },
      asking([ring("2024-01-01T10:00:00+00:00")]),
    );
    expect(answer.missing).toEqual([{ what: "steps", days: "2026-07-01..2026-07-31", reason: "not_worn" }]);
  });

  it("are not looked for where a record lies before the days, or by an assistant that may not read the ring", async () => {
    const usual = { metrics: ["steps"], start_date: "2026-09-14", end_date: "2026-09-20" };
    const { requests } = await ask(statisticsTool, { ...usual, start_date: undefined, last_days: 7 }, asking([], worn));
    expect(requests.map(({ route }) => route)).not.toContain("ring_configuration");
    const refused = await ask(
      statisticsTool,
      { metrics: ["steps"], ...july },
      {
        ...asking([ring("2026-09-12T10:00:00+00:00")]),
        refused: ["ring_configuration"],
      },
    );
    expect(refused.requests.map(({ route }) => route)).not.toContain("ring_configuration");
    expect(refused.answer.summary).toContain("may not have been in use yet");
  });

  it("do not hide what the wearer entered", async () => {
    const workout = [{ day: "2026-07-03", activity: "yoga" }];
    const { answer } = await ask(eventsTool, july, asking([ring("2026-09-12T10:00:00+00:00")], { workout }));
    expect(answer.summary).not.toContain("no data");
  });
});

describe("a day of activity", () => {
  const question = { start_date: "2026-11-12", end_date: "2026-11-13", sections: ["activity"] };

  it("with the ring off for most of it has no figures, whatever it counted", async () => {
    const rest = { score: 70, active_calories: 0, total_calories: 1500 };
    const times = { high_activity_time: 0, medium_activity_time: 0, low_activity_time: 0 };
    const daily_activity = [
      activityOn("2026-11-12", "+00:00", { ...rest, ...times, steps: 87, non_wear_time: 13 * 3600 }),
      activityOn("2026-11-13", "+00:00", { ...rest, ...times }),
    ];
    const { answer } = await ask(dailySummaryTool, question, { now, held: { daily_activity }, offsetMinutes: 0 });
    const steps = (answer.columns as string[]).indexOf("steps");
    expect((answer.rows as unknown[][]).map((row) => row[steps])).toEqual([null, 5000]);
    expect(answer.missing).toEqual([{ what: "activity", days: "2026-11-12", reason: "not_worn" }]);
  });

  it("that cannot be read does not affect the others; if all cannot be read, the answer is malformed", async () => {
    const broken = { steps: 9, timestamp: "2026-11-12T04:00:00+00:00" };
    const held = { daily_activity: [broken, activityOn("2026-11-13")] };
    const { answer } = await ask(dailySummaryTool, question, { now, held, offsetMinutes: 0 });
    const steps = (answer.columns as string[]).indexOf("steps");
    expect((answer.rows as unknown[][]).map((row) => row[steps])).toEqual([null, 5000]);
    const unreadable = ask(dailySummaryTool, question, { now, held: { daily_activity: [broken] }, offsetMinutes: 0 });
    expect(await failureOf(unreadable)).toEqual({ kind: "oura_malformed" });
  });
});

describe("the ring", () => {
  it("is not requested for an assistant that may not read it", async () => {
    const held = { ring_configuration: [], daily_activity: [activityOn("2026-11-20")] };
    const asking = { now, held, offsetMinutes: 0 };
    const asked = await ask(intradayTool, {}, asking);
    expect(asked.answer.missing).toMatchObject([{ what: "heart_rate", reason: "no_ring" }]);
    const refused = await ask(intradayTool, {}, { ...asking, refused: ["ring_configuration"] });
    expect(refused.answer.missing).toEqual([{ what: "heart_rate", reason: "not_synced" }]);
    expect(refused.requests.map(({ route }) => route)).not.toContain("ring_configuration");
  });

  it("reports the fields that Oura does not return", async () => {
    const ring = { color: "black", design: "heritage", set_up_at: "2025-01-02T10:00:00+00:00", size: 9 };
    const held = { ring_configuration: [{ ...ring, hardware_type: null }], ring_battery_level: [] };
    const { answer } = await ask(deviceTool, {}, { now, held });
    expect(answer.missing.map(({ what }) => what)).toEqual(["ring model, firmware", "battery"]);
  });

  it("reports a missing battery level even if the profile is also refused", async () => {
    const held = { ring_configuration: [{ hardware_type: "gen4" }], ring_battery_level: [] };
    const { answer } = await ask(deviceTool, { include_profile: true }, { now, held, refused: ["personal"] });
    expect(answer.missing.map(({ what }) => what)).toEqual([
      "profile",
      "ring firmware, size, color, design, set_up_on",
      "battery",
    ]);
  });
});

describe("a metric that Gen 2 rings do not measure", () => {
  const held = { ring_configuration: [{ hardware_type: "gen2" }], sleep: [nightTo("2026-11-19")] };

  it.each([trendsTool, anomaliesTool])("is not_supported in $name", async (tool) => {
    const { answer } = await ask(tool, { metrics: ["hrv", "spo2"] }, { now, held, offsetMinutes: 0 });
    expect(answer.missing).toContainEqual(expect.objectContaining({ what: "spo2", reason: "not_supported" }));
    expect(answer.missing.filter(({ what, reason }) => what.includes("spo2") && reason === "unavailable")).toEqual([]);
  });
});

describe("rest mode before an unusual night", () => {
  it("is read from weeks before the range", async () => {
    const { requests } = await ask(anomaliesTool, { start_date: "2026-11-16" }, { now, held: {}, offsetMinutes: 0 });
    const asked = requests.find(({ route }) => route === "rest_mode_period");
    expect(asked?.query.get("start_date")).toBe("2026-10-09");
  });
});
