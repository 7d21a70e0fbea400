import { describe, expect, it } from "vitest";
import { sayTimesOf } from "../../src/tools/intraday/heart-rate-figures.ts";

const local = { spans: [{ from: 0, offsetMinutes: 60 }], instantOf: () => 0 };
const row = (time: string, source: string) => ({ at: Date.parse(`2026-11-19T${time}:00Z`), bpm: 120, source });

describe("when the wearer did something", () => {
  it("joins rows into periods in local time, in any order and across short pauses", () => {
    const rows = [row("17:35", "workout"), row("17:25", "workout"), row("17:45", "workout"), row("18:30", "workout")];
    expect(sayTimesOf("workout", rows, local)).toBe("18:25-18:45, 19:30");
  });

  it("reach to the end of the time for which the last row stands, as the minutes by source do", () => {
    const rows = [row("17:32", "session"), row("17:34", "session"), row("17:41", "awake")];
    expect(sayTimesOf("session", rows, local)).toBe("18:32-18:41");
  });

  it("lists three and counts the rest", () => {
    const rows = ["06", "08", "10", "12", "14"].map((hour) => row(`${hour}:00`, "session"));
    expect(sayTimesOf("session", rows, local)).toBe("07:00-07:10, 09:00-09:10, 11:00-11:10 and 2 more");
  });

  it("is empty without rows", () => {
    expect(sayTimesOf("workout", [row("06:00", "rest")], local)).toBeNull();
  });
});
