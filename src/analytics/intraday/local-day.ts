import { addDays, dayMilliseconds, dayNumber, type IsoDay } from "../day.ts";
import type { OffsetSpan } from "./zone-offsets.ts";

const minuteMs = 60_000;

/**
 * The start and the end of a local day, from midnight to midnight, in epoch ms. The end is not part of the day. If the
 * clock changes on the day, the day lasts 23 or 25 hours in most zones. All other days last 24 hours.
 * @param offsets UTC offsets in ascending order of time, from {@link listZoneOffsets}. They should cover the whole day.
 * An empty list means UTC.
 * @example
 * const midnight = Date.parse("2026-03-29T00:00:00+01:00");
 * const { start, end } = localDay("2026-03-29", listZoneOffsets("Europe/Berlin", midnight, midnight + 86_400_000));
 * start - midnight; // 0
 * (end - start) / 3_600_000; // 23
 */
export function localDay(day: IsoDay, offsets: readonly OffsetSpan[]): { start: number; end: number } {
  return { start: localInstant(day, 0, offsets), end: localInstant(addDays(day, 1), 0, offsets) };
}

/**
 * The instant (epoch ms) of a local clock time, `minute` minutes after midnight of `day`. If the clock skips that time,
 * the result is the instant of the clock change. If the time occurs twice, the result is the first occurrence.
 * @param minute It may also be below 0 or above 1440. It then means a time on a neighbouring day.
 * @param offsets UTC offsets in ascending order of time. The first offset also applies to all earlier times. An empty
 * list means UTC.
 * @example localInstant("1970-01-02", 90, [{ from: 0, offsetMinutes: 60 }]) // 88200000
 */
export function localInstant(day: IsoDay, minute: number, offsets: readonly OffsetSpan[]): number {
  const wall = dayNumber(day) * dayMilliseconds + minute * minuteMs;
  const spans = offsets.length === 0 ? [{ from: 0, offsetMinutes: 0 }] : offsets;
  for (const [index, { from, offsetMinutes }] of spans.entries()) {
    const instant = wall - offsetMinutes * minuteMs;
    const until = spans[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    if (instant < until) return index === 0 ? instant : Math.max(instant, from);
  }
  return wall;
}
