import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  countDays,
  dayAtOffset,
  dayInZone,
  dayNumber,
  earlierDay,
  formatDays,
  formatOffset,
  isoDay,
  laterDay,
  listDays,
  parseInstant,
  parseIsoDay,
  parseOffset,
  zoneOffsetMinutes,
} from "../../src/analytics/day.ts";

const anyDayNumber = fc.integer({ min: -20_000, max: 60_000 });

describe("days", () => {
  it("are unchanged by a round trip through day numbers", () => {
    fc.assert(fc.property(anyDayNumber, (number) => dayNumber(isoDay(number)) === number));
    fc.assert(fc.property(anyDayNumber, (number) => parseIsoDay(isoDay(number)) === isoDay(number)));
  });

  it("are those of the calendar, for every year that a label can name", () => {
    const [first, last] = [Date.UTC(1000, 0, 1) / 86_400_000, Date.UTC(9999, 11, 31) / 86_400_000];
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (number) => {
        const label = new Date(number * 86_400_000).toISOString().slice(0, 10);
        expect([isoDay(number), dayNumber(isoDay(number))]).toEqual([label, number]);
      }),
      { examples: [[first], [last], [-1], [0], [59], [-719_468 + 306 + 400_000]], numRuns: 500 },
    );
  });

  it("move by whole days across months, years and leap days", () => {
    expect(addDays(isoDay(dayNumber(isoDay(0)) + 58), 1)).toBe("1970-03-01");
    expect(isoDay(20_000)).toBe("2024-10-04");
  });

  it.each([
    "2026-02-30",
    "2026-02-29",
    "2100-02-29",
    "2026-04-31",
    "2026-08-32",
    "2026-11-00",
    "2026-13-01",
    "2026-00-01",
  ])("refuses %j, which is not in the calendar", (text) => {
    expect(parseIsoDay(text)).toBeNull();
  });

  it.each(["2026-1-1", "20260101", "today", "", "2026-01-01T00:00:00Z", "0050-01-01"])(
    "refuses %j, which is no label",
    (text) => {
      expect(parseIsoDay(text)).toBeNull();
    },
  );

  it("are compared across months and years, in either order", () => {
    const [before, after] = [addDays(isoDay(20_000), -300), isoDay(20_000)];
    for (const [one, other] of [
      [before, after],
      [after, before],
    ] as const) {
      expect(earlierDay(one, other)).toBe("2023-12-09");
      expect(laterDay(one, other)).toBe("2024-10-04");
    }
    expect([earlierDay(after, after), laterDay(after, after)]).toEqual([after, after]);
  });

  it("read instants as Date.parse does", () => {
    const digits = (length: number, most: number) =>
      fc.integer({ min: 0, max: most }).map((value) => String(value).padStart(length, "0"));
    const part = fc.tuple(digits(4, 9_999), digits(2, 13), digits(2, 32), digits(2, 25), digits(2, 61), digits(2, 61));
    const fraction = fc.oneof(
      fc.constantFrom("", ".5", ".123456"),
      digits(3, 999).map((text) => `.${text}`),
    );
    const zone = fc.oneof(
      fc.constantFrom("Z", "", "z", "+0530", "+05"),
      fc.tuple(fc.constantFrom("+", "-"), digits(2, 25), digits(2, 61)).map(([sign, h, m]) => `${sign}${h}:${m}`),
    );
    const usual = fc
      .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
      .map((date) => date.toISOString());
    const text = fc.oneof(
      usual,
      usual.map((instant) => instant.replace(/\.\d+Z/, "-03:30")),
      fc
        .tuple(part, fraction, zone)
        .map(([[y, mo, d, h, mi, s], ...end]) => `${y}-${mo}-${d}T${h}:${mi}:${s}${end.join("")}`),
      fc.string(),
    );
    fc.assert(fc.property(text, (one) => Object.is(parseInstant(one), Date.parse(one))));
  });

  it.each(["2028-02-29", "2000-02-29", "2026-07-31", "2026-08-31", "2026-12-31"])("accepts %j", (text) => {
    expect(parseIsoDay(text)).toBe(text);
  });

  it("counts and lists both ends of a range", () => {
    const range = { start: isoDay(20_000), end: isoDay(20_002) };
    expect(countDays(range)).toBe(3);
    expect(listDays(range)).toEqual(["2024-10-04", "2024-10-05", "2024-10-06"]);
    expect(listDays({ start: range.end, end: range.start })).toEqual([]);
  });
});

describe("the wearer's day", () => {
  const instant = Date.UTC(2026, 10, 22, 11, 30);

  it("is tomorrow at +13:00 and today at -05:00 for the same instant", () => {
    expect(dayAtOffset(instant, 13 * 60)).toBe("2026-11-23");
    expect(dayAtOffset(instant, -5 * 60)).toBe("2026-11-22");
  });

  it("follows a zone through its clock changes", () => {
    expect(zoneOffsetMinutes(Date.UTC(2026, 6, 1), "America/New_York")).toBe(-240);
    expect(zoneOffsetMinutes(Date.UTC(2026, 11, 1), "America/New_York")).toBe(-300);
    expect(dayInZone(instant, "Pacific/Tongatapu")).toBe("2026-11-23");
    expect(dayInZone(instant, "Mars/Olympus")).toBeNull();
  });

  it("reads offsets from timestamps", () => {
    expect(parseOffset("2026-07-05T11:30:00.000+02:00")).toBe(120);
    expect(parseOffset("2026-07-05T11:30:00-03:30")).toBe(-210);
    expect(parseOffset("2026-07-05T11:30:00Z")).toBe(0);
    expect(parseOffset("2026-07-05")).toBeNull();
  });

  it("writes offsets back as they were read", () => {
    fc.assert(fc.property(fc.integer({ min: -14 * 60, max: 14 * 60 }), (m) => parseOffset(formatOffset(m)) === m));
  });
});

it("folds neighbouring days into runs", () => {
  const days = [0, 1, 2, 5, 7, 8].map((number) => isoDay(20_000 + number));
  expect(formatDays(days)).toBe("2024-10-04..2024-10-06, 2024-10-09, 2024-10-11..2024-10-12");
  expect(formatDays([])).toBe("");
});
