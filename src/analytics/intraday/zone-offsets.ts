import { zoneOffsetMinutes } from "../day.ts";

export interface OffsetSpan {
  /** The instant from which the offset applies, in epoch ms. */
  from: number;
  /** Minutes east of UTC. */
  offsetMinutes: number;
}

const minuteMs = 60_000;
/**
 * The search asks for the offset of a zone at steps of this length. No zone changes its offset twice within one step.
 */
const searchStepMs = 12 * 60 * minuteMs;

/**
 * The UTC offsets of an IANA time zone between two instants. The list has one entry for the start and one for each
 * clock change. The search asks for the zone's offset at steps of twelve hours. If the offset changes between two
 * steps, about ten more questions find the minute of the change.
 * @param end Epoch ms, like `start`.
 * @returns Null for an unknown time zone.
 * @example
 * const midnight = Date.parse("2026-03-29T00:00:00+01:00");
 * const spans = listZoneOffsets("Europe/Berlin", midnight, midnight + 86_400_000);
 * spans.map(({ offsetMinutes }) => offsetMinutes); // [60, 120]
 * spans[1].from - midnight; // 7200000
 */
export function listZoneOffsets(zone: string, start: number, end: number): OffsetSpan[] | null {
  const first = zoneOffsetMinutes(start, zone);
  if (first === null) return null;
  const spans: OffsetSpan[] = [{ from: start, offsetMinutes: first }];
  let before = first;
  for (let at = start; at < end; at += searchStepMs) {
    const until = Math.min(at + searchStepMs, end);
    const after = zoneOffsetMinutes(until, zone) ?? before; // never null, because the zone is known
    if (after !== before) spans.push({ from: findChange(zone, at, until, before), offsetMinutes: after });
    before = after;
  }
  return spans;
}

/** Finds the minute (in epoch ms) at which the zone changes from the UTC offset `before`, by bisection. */
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
