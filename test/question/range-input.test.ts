import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isoDay, parseIsoDay } from "../../src/analytics/day.ts";
import { AppError, describeFailure } from "../../src/errors.ts";
import {
  parseInput,
  type RangeInput,
  rangeParams,
  resolveRange,
  resolveToday,
} from "../../src/question/range-input.ts";

const today = parseIsoDay("2026-11-22") ?? isoDay(0);
const schema = z.strictObject(rangeParams);

function problemOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return describeFailure(error.failure, { home: "", panel: "" });
  }
  return "no problem";
}

describe("a range of days", () => {
  it.each<[RangeInput, string, string]>([
    [{}, "2026-11-22", "2026-11-22"],
    [{ start_date: "yesterday" }, "2026-11-21", "2026-11-21"],
    [{ end_date: "2026-11-01" }, "2026-11-01", "2026-11-01"],
    [{ start_date: "2026-11-01", end_date: "today" }, "2026-11-01", "2026-11-22"],
  ])("%j is %s to %s", (input, start, end) => {
    expect(resolveRange(input, today, { maximumDays: 92 })).toEqual({ start, end });
  });

  it.each<[RangeInput, string]>([
    [{ start_date: "2026-11-20", end_date: "2026-11-10" }, "start_date: 2026-11-20 is after end_date 2026-11-10"],
    [{ start_date: "2026-11-23" }, "start_date: 2026-11-23 is in the future; the wearer's today is 2026-11-22."],
    [{ start_date: "2026-02-30" }, "start_date: 2026-02-30 is not a day of the calendar."],
    [{ start_date: "1999-01-01" }, "start_date: 1999-01-01 is before the first Ōura Ring"],
    [
      { start_date: "2026-01-01", end_date: "2026-11-22" },
      "is 326 days and this tool answers at most 92; start at 2026-08-23",
    ],
  ])("%j is refused with the field and the fix", (input, words) => {
    expect(problemOf(() => resolveRange(input, today, { maximumDays: 92 }))).toContain(words);
  });
});

it("defaults to the last 30 days in some tools, and from a given start day to today", () => {
  const limits = { maximumDays: 180, defaultDays: 30 };
  expect(resolveRange({}, today, limits)).toEqual({ start: "2026-10-24", end: "2026-11-22" });
  expect(resolveRange({ end_date: "2026-10-31" }, today, limits)).toEqual({ start: "2026-10-02", end: "2026-10-31" });
  expect(resolveRange({ start_date: "2026-11-01" }, today, limits)).toEqual({ start: "2026-11-01", end: "2026-11-22" });
});

describe("arguments", () => {
  it.each<[unknown, string]>([
    [{ start: "2026-11-01" }, 'Unknown argument "start"; this tool takes start_date, end_date, timezone.'],
    [
      { start_date: "1 Nov" },
      "start_date: must be a date written YYYY-MM-DD (for example 2026-11-03), or today or yesterday.",
    ],
    [{ start_date: 20261101 }, "start_date: "],
    ["2026-11-01", "arguments: "],
    [{ timezone: "x".repeat(100) }, "timezone: "],
  ])("%j is refused with the field and the fix", (input, words) => {
    expect(problemOf(() => parseInput(schema, input))).toContain(words);
  });

  it("may all be omitted", () => {
    expect(parseInput(schema, undefined)).toEqual({});
  });
});

describe("today", () => {
  const now = Date.UTC(2026, 10, 22, 23, 30);

  it("is that of the given zone, else of the newest record's offset, else of UTC", () => {
    expect(resolveToday({ timezone: "Asia/Tokyo" }, now, -300)).toBe("2026-11-23");
    expect(resolveToday({}, now, 13 * 60)).toBe("2026-11-23");
    expect(resolveToday({}, now, null)).toBe("2026-11-22");
  });

  it("refuses an unknown zone with an example", () => {
    expect(problemOf(() => resolveToday({ timezone: "Helsinki" }, now, null))).toContain(
      "write one like America/New_York",
    );
  });
});
