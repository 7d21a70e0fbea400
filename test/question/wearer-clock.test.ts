import { describe, expect, it } from "vitest";
import { createSessionStateStore } from "../../src/question/session-state.ts";
import { newestOffset } from "../../src/question/wearer-clock.ts";
import { dailySummaryTool } from "../../src/tools/daily-summary/daily-summary-tool.ts";
import { activityOn, ask, failureOf, nightTo } from "../tools/ask.ts";

/** The part of a Durable Object's storage that the store uses. */
function memory(initial?: object) {
  const kept = new Map<string, unknown>(initial ? [["session-state", initial]] : []);
  const storage = {
    get: (key: string) => kept.get(key),
    put: (key: string, value: unknown) => void kept.set(key, value),
  } as SyncKvStorage; // only get and put are called
  return createSessionStateStore(storage);
}

const autumn = Date.parse("2026-10-01T07:00:00+02:00");
const today = Date.parse("2026-11-20T07:00:00-05:00");

describe("the wearer's offset", () => {
  it("stays that of the newest record when an older period is read", () => {
    const state = memory();
    state.rememberOffset(-300, today);
    state.rememberOffset(120, autumn);
    expect(state.read()).toMatchObject({ utcOffsetMinutes: -300 });
  });

  it("is stored with its day, without the time of waking; the newest record of a day still takes precedence", () => {
    const state = memory();
    state.rememberOffset(-300, today);
    expect(state.read().offsetSeenAt).toBe(Date.parse("2026-11-20T00:00:00Z"));
    state.rememberOffset(60, today - 3_600_000);
    expect(state.read().utcOffsetMinutes).toBe(-300);
    state.rememberOffset(60, today + 3_600_000);
    expect(state.read().utcOffsetMinutes).toBe(60);
  });

  it("follows the wearer to a new zone", () => {
    const state = memory();
    state.rememberOffset(120, autumn);
    state.rememberOffset(-300, today);
    expect(state.read().utcOffsetMinutes).toBe(-300);
  });

  it("stored without its record's instant is still read, and is replaced by any record", () => {
    const state = memory({ utcOffsetMinutes: 60, lastReadAt: 5 });
    expect(state.read()).toEqual({ utcOffsetMinutes: 60, offsetSeenAt: null, lastReadAt: 5, lastOutcome: null });
    state.rememberOffset(120, autumn);
    expect(state.read().utcOffsetMinutes).toBe(120);
  });

  it("has the instant of the newest of all records", () => {
    const sleep = [{ bedtime_end: "2026-11-19T07:00:00+01:00" }, { bedtime_end: null }];
    const activity = [{ timestamp: "2026-11-19T04:00:00+01:00" }, { timestamp: "2026-11-20T04:00:00-05:00" }];
    expect(newestOffset({ sleep, activity }, today)).toEqual({
      offsetMinutes: -300,
      at: Date.parse("2026-11-20T04:00:00-05:00"),
    });
    expect(newestOffset({ sleep: [{ bedtime_end: "nonsense" }] }, today)).toBeNull();
  });

  it("is that of the newest record, in any order of records", () => {
    const sleep = ["2026-11-18T07:00:00+01:00", "2026-11-20T07:00:00-05:00", "2026-11-19T07:00:00+01:00"];
    const seen = newestOffset({ sleep: sleep.map((bedtime_end) => ({ bedtime_end })) }, today);
    expect(seen).toEqual({ offsetMinutes: -300, at: today });
  });
});

it("a record dated far in the future determines neither the wearer's offset nor the newest record", async () => {
  const held = {
    sleep: [nightTo("2026-11-18"), nightTo("2039-11-18", { bedtime_end: "2039-11-18T07:00:00+09:00" })],
    daily_activity: () => Response.json({ data: [activityOn("2026-11-18"), activityOn("2039-11-18", "+09:00")] }),
  };
  const question = { start_date: "2026-11-18", end_date: "2026-11-19" };
  const { answer, seen } = await ask(dailySummaryTool, question, { now: "2026-11-20T15:00:00Z", held });
  expect(seen.map(({ offsetMinutes }) => offsetMinutes)).toEqual([0]);
  expect(answer.missing).toContainEqual({ what: "sleep, activity", days: "2026-11-19", reason: "not_synced" });
  expect(newestOffset({ sleep: [{ bedtime_end: "2026-11-23T07:00:00+09:00" }] }, today)).toBeNull();
});

describe("a day that has already begun in the wearer's zone", () => {
  const now = "2026-11-20T15:00:00Z"; // already the 21st at +13:00

  it("is answered although the last known offset was in the west", async () => {
    const held = { daily_activity: [activityOn("2026-11-21", "+13:00")], sleep: [nightTo("2026-11-20")] };
    const question = { start_date: "2026-11-21", sections: ["activity"] };
    const { answer } = await ask(dailySummaryTool, question, { now, held, offsetMinutes: -300 });
    expect(answer.today).toBe("2026-11-21");
  });

  it("is still refused if the newest record is from the west", async () => {
    const held = { daily_activity: [activityOn("2026-11-20", "-05:00")] };
    const call = ask(dailySummaryTool, { start_date: "2026-11-21" }, { now, held, offsetMinutes: -300 });
    expect(await failureOf(call)).toEqual({
      kind: "bad_input",
      problems: ["start_date: 2026-11-21 is in the future; the wearer's today is 2026-11-20."],
    });
  });
});
