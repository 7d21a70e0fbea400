import { type DayRange, dayNumber } from "../../analytics/day.ts";
import { memoise } from "../../analytics/influences/memoise.ts";
import type { DailySeries } from "../../analytics/series.ts";
import type { SleepDay } from "../../oura/night.ts";
import type { RingEvent } from "../events/ring-event.ts";

/** An event more than this long before bedtime is ignored: a night in between was probably not recorded. */
const longestWaking = 20 * 3_600_000;

/** A night: its day (of waking up), and its start and end (epoch ms). */
interface Night {
  day: number;
  start: number;
  end: number;
}

/** Finds the nights an event came before. */
export interface NightTimeline {
  /**
   * The day numbers of the nights an event came before: the first night that begins after its start, and every night
   * that begins before its end. An event during or after a night does not count for that night.
   */
  nightsAfter(event: RingEvent): number[];
}

/**
 * @param sleep of the range and at least a day around it. Without any, an event counts for the night to the next day.
 */
export function createNightTimeline(sleep: readonly SleepDay[]): NightTimeline {
  const nights = sleep
    .flatMap(({ day, night }): Night[] => (night ? [{ day: dayNumber(day), start: night.start, end: night.end }] : []))
    .toSorted((one, other) => one.start - other.start);
  let latest = Number.NEGATIVE_INFINITY;
  const latestEnds = nights.map(({ end }) => (latest = Math.max(latest, end))); // nights may overlap

  function findNightsAfter({ day, start, end }: RingEvent): number[] {
    if (start === null || nights.length === 0) return [dayNumber(day) + 1];
    const next = countBefore(nights, start);
    let after = next;
    while (nights[after]?.start === start) after++;
    const inBed = (latestEnds[after - 1] ?? start) > start;
    const first = nights[next];
    const found = new Set<number>();
    if (first !== undefined && !inBed && first.start - start <= longestWaking) found.add(first.day);
    for (let night = nights[after]; night && end !== null && night.start <= end; night = nights[++after])
      found.add(night.day);
    return [...found];
  }

  return { nightsAfter: memoise((event: RingEvent) => event, findNightsAfter) }; // a workout belongs to three factors
}

/** How many of the nights begin before an instant. They are in order of their start. */
function countBefore(nights: readonly Night[], start: number): number {
  let [low, high] = [0, nights.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nights[middle]?.start ?? start) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Whether something happened before each night of the range: 1 or 0.
 * @param isKnown whether the day before a night was observed: on a day without the ring, no workout is recorded
 */
export function markNights(
  happened: readonly RingEvent[],
  timeline: NightTimeline,
  range: DayRange,
  isKnown: (dayBefore: number) => boolean = () => true,
): DailySeries {
  const exposed = new Set(happened.flatMap((event) => timeline.nightsAfter(event)));
  const [first, last] = [dayNumber(range.start), dayNumber(range.end)];
  const values = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => {
    const day = first + index;
    if (exposed.has(day)) return 1;
    return isKnown(day - 1) ? 0 : null;
  });
  return { firstDay: first, values };
}
