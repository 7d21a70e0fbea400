import { expect, it } from "vitest";
import { parseIsoDay } from "../../src/analytics/day.ts";
import { guessDays } from "../../src/question/wearer-days.ts";

it.each([
  ["2026-11-06", "2026-11-20"],
  ["2026-11-05", "2026-11-05"],
])("a question until %s, asked on 20 November, reads until %s", (asked, read) => {
  const end = parseIsoDay(asked);
  const start = parseIsoDay("2026-11-01");
  if (end === null || start === null) throw new Error("both are days");
  const clock = { offsetMinutes: 0, remember() {} };
  const asking = { now: Date.parse("2026-11-20T12:00:00Z"), clock, timezone: undefined };
  expect(guessDays(() => [{ start, end }], asking)).toMatchObject({
    asked: { start, end },
    upToToday: { start, end: read },
  });
});
