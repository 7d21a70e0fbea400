import fc from "fast-check";
import { expect, it } from "vitest";
import { isoDay, parseIsoDay } from "../../src/analytics/day.ts";
import {
  formatCount,
  formatDay,
  formatInUnit,
  formatList,
  formatMinutes,
  formatSpan,
  minutes,
  sayDays,
} from "../../src/words/present.ts";

it("formats days, counts and lists in English", () => {
  const inDays = new Intl.DateTimeFormat("en-GB", {
    ...({ weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" } as const),
  });
  const inLists = new Intl.ListFormat("en", { type: "conjunction" });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 40_000 }),
      fc.array(fc.constantFrom("sleep", "steps", "HRV")),
      (day, list) => {
        expect(formatDay(isoDay(day))).toBe(inDays.format(day * 86_400_000).replace(",", ""));
        expect(formatList(list)).toBe(inLists.format(list));
      },
    ),
  );
  const count = fc.oneof(
    fc.integer({ min: -2_000_000, max: 2_000_000 }),
    fc.constantFrom(0.5, 1234.5678, -1234.5, 1e9),
  );
  fc.assert(
    fc.property(count, (value) => {
      expect(formatCount(value)).toBe(new Intl.NumberFormat("en").format(value));
    }),
  );
});

it("writes hours as the same minutes as their seconds", () => {
  for (let seconds = 30; seconds < 86_400; seconds += 30)
    expect(formatInUnit(seconds / 3_600, "h", 1)).toBe(formatMinutes(minutes(seconds) ?? -1));
});

it.each([
  ["2026-11-14..2026-11-17", "14–17 Nov 2026"],
  ["2026-11-14", "14 Nov 2026"],
  ["2026-10-30..2026-11-02, 2026-11-20", "30 Oct – 2 Nov, 20 Nov 2026"],
  ["2026-12-30..2027-01-02", "30 Dec 2026 – 2 Jan 2027"],
  ["2026-12-30..2026-12-31, 2027-01-05", "30–31 Dec 2026, 5 Jan 2027"],
  ["14:00-15:00", "14:00-15:00"],
  ["57 days from 2024-12-03 to 2026-11-18", "57 days from 3 Dec 2024 to 18 Nov 2026"],
])("says the days %s as %s", (listed, said) => {
  expect(sayDays(listed)).toBe(said);
});

it.each([
  ["2026-11-14", "2026-11-20", "Sat 14 Nov to Fri 20 Nov 2026"],
  ["2025-12-30", "2026-01-02", "Tue 30 Dec 2025 to Fri 2 Jan 2026"],
  ["2026-11-20", "2026-11-20", "Fri 20 Nov 2026"],
])("says the range from %s to %s as %s", (start, end, said) => {
  const [first, last] = [parseIsoDay(start), parseIsoDay(end)];
  expect(first && last && formatSpan({ start: first, end: last })).toBe(said);
});
