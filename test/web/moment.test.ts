import { expect, it } from "vitest";
import { formatAge, formatTime } from "../../src/web/moment.tsx";

const now = Date.parse("2026-11-24T14:00:00Z");

it.each([
  [0, "just now"],
  [59_999, "just now"],
  [60_000, "1 minute ago"],
  [3 * 3_600_000 + 1, "3 hours ago"],
  [29 * 86_400_000, "29 days ago"],
  [31 * 86_400_000, "on 2026-10-24"],
])("shows an age of %i ms as %j", (age, words) => {
  expect(formatAge(now - age, now)).toBe(words);
});

it("names the time zone of an exact time", () => {
  expect(formatTime(now)).toBe("2026-11-24 14:00 UTC");
});
