import type { IsoDay } from "../../analytics/day.ts";
import { sum } from "../../analytics/sum.ts";
import { countDaysOf } from "../../question/missing-days.ts";
import type { MissingEntry } from "../../question/missing-entries.ts";
import { formatDayWithin, formatMinutes } from "../../words/present.ts";
import type { SummarizedDay } from "./heart-rate-figures.ts";
import { createReasons, type Hours, unreadDays } from "./heart-rate-gaps.ts";

/** An entry states the time without readings of at most this many days. The others are counted. */
const listedDays = 10;

interface SilentTime {
  day: IsoDay;
  minutes: number;
}

/**
 * Reports the days of a long range that have readings and also a gap of more than 30 minutes. Each reason has one entry
 * with the length of these gaps on each day. Days that were not read, and days without any reading, have entries of
 * their own.
 */
export function findPartlySilentDays(days: readonly SummarizedDay[], hours: Hours): MissingEntry[] {
  const unread = new Set(unreadDays(hours));
  const reasonFor = createReasons(hours);
  const found = days
    .filter(({ day, summary: { total } }) => total !== null && !unread.has(day))
    .flatMap(({ day, summary: { gaps } }) =>
      Array.from(Map.groupBy(gaps, reasonFor), ([reason, ofReason]) => ({
        ...{ day, reason },
        minutes: sum(ofReason.map(({ start, end }) => (end - start) / 60_000)),
      })),
    );
  return Array.from(
    Map.groupBy(found, ({ reason }) => reason),
    ([reason, ofReason]) => ({
      what: "heart_rate in part",
      days: countDaysOf(ofReason.map(({ day }) => day)),
      reason,
      detail: `in gaps of more than 30 min: ${sayTimes(ofReason, hours)}`,
    }),
  );
}

function sayTimes(times: readonly SilentTime[], { range }: Hours): string {
  const byLength = times.toSorted((left, right) => right.minutes - left.minutes);
  const listed = byLength
    .slice(0, listedDays)
    .toSorted((left, right) => left.day.localeCompare(right.day))
    .map(({ day, minutes }) => `${formatDayWithin(day, range)} ${formatMinutes(Math.round(minutes))}`)
    .join(", ");
  const others = byLength.slice(listedDays);
  if (others.length === 0) return listed;
  const inAll = formatMinutes(Math.round(sum(others.map(({ minutes }) => minutes))));
  return `${listed}; ${inAll} in all on ${others.length} other ${others.length === 1 ? "day" : "days"}`;
}
