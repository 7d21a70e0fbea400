import { describe, expect, it } from "vitest";
import { isoDay, parseIsoDay } from "../../src/analytics/day.ts";
import { dailySummaryTool } from "../../src/tools/daily-summary/tool.ts";
import { deviceTool } from "../../src/tools/device.ts";
import { intradayTool } from "../../src/tools/intraday/tool.ts";
import { reasonForDay } from "../../src/tools/missing.ts";
import { sleepSessionsTool } from "../../src/tools/sleep-sessions/tool.ts";
import { activityOn, ask, failureOf, nightTo } from "./ask.ts";

const now = "2026-11-20T15:00:00Z";
const day = (text: string) => parseIsoDay(text) ?? isoDay(0);

describe("the reason of an empty day", () => {
  const sync = { today: day("2026-11-20"), newestRecord: day("2026-11-17"), maySync: true, isCertain: true };

  it.each([
    ["2026-11-16", sync, "not_worn"],
    ["2026-11-18", sync, "not_synced"],
    ["2026-11-20", { ...sync, newestRecord: sync.today }, "not_synced"],
    ["2026-11-18", { ...sync, newestRecord: null }, "not_synced"],
    ["2026-11-18", { ...sync, maySync: false }, "not_worn"],
    ["2026-11-16", { ...sync, isCertain: false }, "unavailable"],
  ])("%s with %j is %s", (text, state, reason) => {
    expect(reasonForDay(day(text), state)).toBe(reason);
  });
});

describe("a night that is not there", () => {
  const nightsMissing = async (held: Parameters<typeof ask>[2]["held"]) =>
    (
      await ask(
        sleepSessionsTool,
        { start_date: "2026-11-17", end_date: "2026-11-18" },
        { now, held, offsetMinutes: 0 },
      )
    ).answer.missing.filter(({ what }) => what === "night");

  it("was not worn where a later nap is there", async () => {
    const sleep = [nightTo("2026-11-16"), nightTo("2026-11-19", { type: "late_nap" })];
    expect(await nightsMissing({ sleep })).toEqual([
      { what: "night", days: "2026-11-17..2026-11-18", reason: "not_worn" },
    ]);
  });

  it("was not worn where the ring has told of later days, but no night", async () => {
    const held = { sleep: [nightTo("2026-11-16")], daily_activity: [activityOn("2026-11-19")] };
    expect(await nightsMissing(held)).toEqual([{ what: "night", days: "2026-11-17..2026-11-18", reason: "not_worn" }]);
  });

  it("waits for a sync where nothing newer is there at all", async () => {
    const held = { sleep: [nightTo("2026-11-16")], daily_activity: [activityOn("2026-11-16")] };
    expect(await nightsMissing(held)).toEqual([
      { what: "night", days: "2026-11-17..2026-11-18", reason: "not_synced" },
    ]);
  });
});

describe("a day of activity", () => {
  const question = { start_date: "2026-11-12", end_date: "2026-11-13", sections: ["activity"] };

  it("with no steps and the ring off for most of it holds no count", async () => {
    const rest = { score: 70, active_calories: 0, total_calories: 1500 };
    const times = { high_activity_time: 0, medium_activity_time: 0, low_activity_time: 0 };
    const daily_activity = [
      activityOn("2026-11-12", "+00:00", { ...rest, ...times, steps: 0, non_wear_time: 13 * 3600 }),
      activityOn("2026-11-13", "+00:00", { ...rest, ...times }),
    ];
    const { answer } = await ask(dailySummaryTool, question, { now, held: { daily_activity }, offsetMinutes: 0 });
    const steps = (answer.columns as string[]).indexOf("steps");
    expect((answer.rows as unknown[][]).map((row) => row[steps])).toEqual([null, 5000]);
    expect(answer.missing).toEqual([{ what: "steps", days: "2026-11-12", reason: "not_worn" }]);
  });

  it("that cannot be read costs the others nothing; a collection of nothing else is malformed", async () => {
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
  it("is not asked about for an assistant that may not read it", async () => {
    const held = { ring_configuration: [], daily_activity: [activityOn("2026-11-20")] };
    const asking = { now, held, offsetMinutes: 0 };
    const asked = await ask(intradayTool, {}, asking);
    expect(asked.answer.missing).toMatchObject([{ what: "heart_rate", reason: "not_supported" }]);
    const refused = await ask(intradayTool, {}, { ...asking, refused: ["ring_configuration"] });
    expect(refused.answer.missing).toEqual([{ what: "heart_rate", reason: "not_synced" }]);
    expect(refused.requests.map(({ route }) => route)).not.toContain("ring_configuration");
  });

  it("without a battery level says so even when the profile is refused as well", async () => {
    const held = { ring_configuration: [{ hardware_type: "gen4" }], ring_battery_level: [] };
    const { answer } = await ask(deviceTool, { include_profile: true }, { now, held, refused: ["personal"] });
    expect(answer.missing.map(({ what }) => what)).toEqual(["profile", "battery"]);
  });
});
