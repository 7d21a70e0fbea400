import { describe, expect, it } from "vitest";
import { z } from "zod";
import { isoDay, parseIsoDay } from "../../src/analytics/day.ts";
import { AppError, describeFailure } from "../../src/errors.ts";
import { parseInput } from "../../src/question/parse-input.ts";
import {
  type Calendar,
  type RangeInput,
  rangeParams,
  resolveDay,
  resolveRange,
} from "../../src/question/range-input.ts";

const today = parseIsoDay("2026-11-22") ?? isoDay(0);
const schema = z.strictObject(rangeParams);

/** A calendar of a wearer in New York, and the notes it received. */
function calendarWithNotes(): { calendar: Calendar; notes: string[] } {
  const notes: string[] = [];
  const dayOf = (instant: number) => resolveDay({}, instant, -300);
  return { calendar: { today, latest: today, dayOf, note: (sentence) => notes.push(sentence) }, notes };
}
const { calendar } = calendarWithNotes();

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
    expect(resolveRange(input, calendar, { maximumDays: 92 })).toEqual({ start, end });
  });

  it.each<[RangeInput, string]>([
    [{ start_date: "2026-11-20", end_date: "2026-11-10" }, "start_date: 2026-11-20 is after end_date 2026-11-10"],
    [{ start_date: "2026-11-23" }, "start_date: 2026-11-23 is in the future; the wearer's today is 2026-11-22."],
    [{ start_date: "2026-02-30T10:00:00Z" }, "start_date: 2026-02-30T10:00:00Z is not a day of the calendar."],
    [{ start_date: "2026-11-20T25:00:00Z" }, "start_date: 2026-11-20T25:00:00Z is not a day of the calendar."],
    [{ start_date: "2026-02-30" }, "start_date: 2026-02-30 is not a day of the calendar."],
    [{ start_date: "1999-01-01" }, "start_date: 1999-01-01 is before the first Ōura Ring"],
    [
      { start_date: "2026-01-01", end_date: "2026-11-22" },
      "is 326 days and this tool answers at most 92; start at 2026-08-23",
    ],
  ])("%j is refused with the field and the fix", (input, words) => {
    expect(problemOf(() => resolveRange(input, calendar, { maximumDays: 92 }))).toContain(words);
  });
});

describe("an end in the future", () => {
  it.each<[RangeInput, string, string]>([
    [{ end_date: "2026-11-23" }, "2026-11-22", "2026-11-22"],
    [{ start_date: "2026-11-01", end_date: "2099-12-31" }, "2026-11-01", "2026-11-22"],
    [{ start_date: "2026-11-01", end_date: "2026-11-23T12:00:00Z" }, "2026-11-01", "2026-11-22"],
  ])("%j ends today, and a note says so", (input, start, end) => {
    const { calendar: noted, notes } = calendarWithNotes();
    expect(resolveRange(input, noted, { maximumDays: 92 })).toEqual({ start, end });
    expect(notes).toEqual([
      expect.stringMatching(/^end_date: \S+ is in the future, so the days end with today, 2026-11-22\.$/),
    ]);
  });

  it("leaves a start in the future refused, also beside it", () => {
    const input = { start_date: "2026-11-23", end_date: "2026-11-25" };
    expect(problemOf(() => resolveRange(input, calendar, { maximumDays: 92 }))).toContain("start_date: 2026-11-23");
  });
});

describe("a date with a time", () => {
  it.each<[string, string]>([
    ["2026-11-20T00:00:00Z", "2026-11-19"],
    ["2026-11-20T12:00:00Z", "2026-11-20"],
    ["2026-11-20t23:59:59.999z", "2026-11-20"],
    ["2026-11-20T23:30-05:00", "2026-11-20"],
    ["2026-11-20 23:30:00 +1300", "2026-11-20"],
    ["2026-11-20T23:59:59", "2026-11-20"],
    ["2026-11-20 00:00", "2026-11-20"],
    ["YESTERDAY", "2026-11-21"],
  ])("%j is its day for a wearer in New York: %s", (start_date, day) => {
    const { calendar: noted, notes } = calendarWithNotes();
    expect(resolveRange({ start_date }, noted, { maximumDays: 92 })).toEqual({ start: day, end: day });
    expect(notes).toEqual(
      start_date.startsWith(day) || day === "2026-11-21"
        ? []
        : [`start_date: ${start_date} is on ${day} for the wearer.`],
    );
  });
});

it("defaults to the last 30 days in some tools, and from a given start day to today", () => {
  const limits = { maximumDays: 180, defaultDays: 30 };
  expect(resolveRange({}, calendar, limits)).toEqual({ start: "2026-10-24", end: "2026-11-22" });
  expect(resolveRange({ end_date: "2026-10-31" }, calendar, limits)).toEqual({
    start: "2026-10-02",
    end: "2026-10-31",
  });
  expect(resolveRange({ start_date: "2026-11-01" }, calendar, limits)).toEqual({
    start: "2026-11-01",
    end: "2026-11-22",
  });
});

describe("arguments", () => {
  it.each<[unknown, string]>([
    [{ start: "2026-11-01" }, 'Unknown argument "start"; this tool takes start_date, end_date, timezone.'],
    [
      { start_date: "1 Nov" },
      'start_date: "1 Nov" is not accepted; write a day as YYYY-MM-DD (for example 2026-11-03), today or yesterday.',
    ],
    [
      { start_date: 20261101 },
      'start_date: "20261101" is not accepted; write a day as YYYY-MM-DD (for example 2026-11-03), today or yesterday.',
    ],
    [{ start_date: ["2026-11-01"] }, "start_date: a list is not accepted; write text."],
    ["2026-11-01", 'arguments: "2026-11-01" is not accepted; write an object.'],
    [
      { timezone: "x".repeat(100) },
      `timezone: "${"x".repeat(40)}…" is not accepted; write an IANA zone such as America/New_York.`,
    ],
  ])("%j is refused with the field, what came and what to write", (input, words) => {
    expect(problemOf(() => parseInput(schema, input))).toContain(words);
  });

  it.each([undefined, null, "", [], {}, "{}", "[]", "null"])("may all be omitted: %j", (given) => {
    expect(parseInput(schema, given).input).toEqual({});
  });

  it.each<[string, unknown]>([
    ["9,000 unknown names", Object.fromEntries(Array.from({ length: 9_000 }, (_, index) => [`unknown_${index}`, 1]))],
    ["a name of 100,000 characters", { ["n".repeat(100_000)]: 1 }],
    ["a value of 100,000 characters", { start_date: "😀".repeat(50_000) }],
    ["an array of 9,000 values", Array.from({ length: 9_000 }, () => 1)],
  ])("are refused in few words: %s", (_, given) => {
    const problem = problemOf(() => parseInput(schema, given));
    expect(problem.length).toBeLessThan(500);
    expect(problem.isWellFormed()).toBe(true);
  });
});

describe("today", () => {
  const now = Date.UTC(2026, 10, 22, 23, 30);

  it("is that of the given zone, else of the newest record's offset, else of UTC", () => {
    expect(resolveDay({ timezone: "Asia/Tokyo" }, now, -300)).toBe("2026-11-23");
    expect(resolveDay({}, now, 13 * 60)).toBe("2026-11-23");
    expect(resolveDay({}, now, null)).toBe("2026-11-22");
  });

  it.each([
    ["America/New York", "2026-11-22"],
    ["UTC+2", "2026-11-23"],
    ["gmt +05:30", "2026-11-23"],
    ["UTC-3", "2026-11-22"],
  ])("is that of a zone written as %j", (timezone, day) => {
    const { input } = parseInput(schema, { timezone });
    expect(resolveDay(input, now, null)).toBe(day);
  });

  it("refuses an unknown zone with an example", () => {
    expect(problemOf(() => resolveDay({ timezone: "Helsinki" }, now, null))).toContain(
      "write one like America/New_York",
    );
  });
});
