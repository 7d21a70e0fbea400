import { addDays, dayMilliseconds, dayNumber, type IsoDay, zoneOffsetMinutes } from "../day.ts";
import type { OffsetSpan } from "./local-buckets.ts";

const hourMs = 3_600_000;
const minuteMs = 60_000;

/**
 * The UTC offsets of an IANA time zone between two instants (epoch ms). The list has one entry for the start and one
 * for each clock change.
 * @returns Null for an unknown time zone.
 * @example listZoneOffsets("Europe/Berlin", …) // [{ from: start, offsetMinutes: 60 }, { from: …, offsetMinutes: 120 }]
 */
export function listZoneOffsets(zone: string, start: number, end: number): OffsetSpan[] | null {
  const first = zoneOffsetMinutes(start, zone);
  if (first === null) return null;
  const spans: OffsetSpan[] = [{ from: start, offsetMinutes: first }];
  for (let at = start; at < end; at += 12 * hourMs) {
    const until = Math.min(at + 12 * hourMs, end);
    const before = spans.at(-1)?.offsetMinutes ?? first;
    const after = zoneOffsetMinutes(until, zone) ?? before;
    if (after !== before) spans.push({ from: findChange(zone, at, until, before), offsetMinutes: after });
  }
  return spans;
}

/**
 * Finds the minute (in epoch ms) at which the UTC offset of the zone changes from `before` to another offset. The
 * search uses bisection.
 */
function findChange(zone: string, start: number, end: number, before: number): number {
  let low = Math.floor(start / minuteMs);
  let high = Math.ceil(end / minuteMs);
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (zoneOffsetMinutes(middle * minuteMs, zone) === before) low = middle;
    else high = middle;
  }
  return high * minuteMs;
}

/**
 * The start and the end of a local day, from midnight to midnight, in epoch ms. The end is not part of the day. The day
 * lasts 23, 24 or 25 hours.
 * @param offsets UTC offsets in ascending order of time. They should cover the whole day.
 * @example localDay("2026-03-29", berlin) // 23 hours
 */
export function localDay(day: IsoDay, offsets: readonly OffsetSpan[]): { start: number; end: number } {
  return { start: localInstant(day, 0, offsets), end: localInstant(addDays(day, 1), 0, offsets) };
}

/**
 * The instant (epoch ms) of a local clock time, `minute` minutes after midnight of `day`. If the clock skips that time,
 * the result is the instant of the clock change. If the time occurs twice, the result is the first occurrence.
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
