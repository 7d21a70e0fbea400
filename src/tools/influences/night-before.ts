import { countBelow } from "../../analytics/count-below.ts";
import { type DayRange, dayNumber } from "../../analytics/day.ts";
import { memoise } from "../../analytics/memoise.ts";
import type { DailySeries } from "../../analytics/series.ts";
import type { SleepDay } from "../../oura/night.ts";
import type { RingEvent } from "../../question/ring-event.ts";

/**
 * An event does not count for a night that begins more than this many milliseconds (20 hours) after it. In so long a
 * time, there was probably another night that was not recorded.
 */
const longestWaking = 20 * 3_600_000;

/** `day` is the day of waking up as a day number (days since 1970-01-01). `start` and `end` are in epoch ms. */
interface Night {
  day: number;
  start: number;
  end: number;
}

export interface NightTimeline {
  /**
   * The nights that the event may influence, as day numbers. Each night that begins while the event lasts counts. If
   * the event starts outside of a recorded night, the first night after its start counts too.
   */
  nightsAfter(event: RingEvent): number[];
}

/**
 * @param sleep The sleep of the range and of at least one day before and after it. If there is no sleep at all, an
 * event counts for the night that ends on the day after the event
 */
export function createNightTimeline(sleep: readonly SleepDay[]): NightTimeline {
  const nights = sleep
    .flatMap(({ day, night }): Night[] => (night ? [{ day: dayNumber(day), start: night.start, end: night.end }] : []))
    .toSorted((one, other) => one.start - other.start);
  // For each night, the latest time at which this night or an earlier night ended. Nights may overlap, so an earlier
  // night may have ended later than this night.
  const latestEnds: number[] = [];
  for (const { end } of nights) latestEnds.push(Math.max(end, latestEnds.at(-1) ?? end));

  function findNightsAfter({ day, start, end }: RingEvent): number[] {
    if (start === null || nights.length === 0) return [dayNumber(day) + 1];
    const next = countBelow(nights, start, (night) => night.start);
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

  return { nightsAfter: memoise(findNightsAfter) }; // one workout can count for three factors
}

/**
 * Returns one value for each night of the range. The value is 1 if one of the events happened before the night, 0 if
 * none of them happened before it, and null if this is not known.
 * @param isKnown Whether every event of the day before a night would have been recorded. On a day without the ring, for
 * example, no workout is recorded, although the wearer may have trained
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
