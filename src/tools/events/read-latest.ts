import { addDays, type DayRange, type IsoDay, isWithin } from "../../analytics/day.ts";
import type { Declared, ReadDays } from "../../question/reads.ts";
import { matchesName } from "./matches-name.ts";
import { addOldTags, type EventsRead, readKinds, readOldTags } from "./read-events.ts";
import type { EventKind, RingEvent } from "./ring-event.ts";

/** The newest events are looked for in steps of this many days, back from the last day. */
const stepDays = 90;
/** Each step is one request a kind. */
const mostSteps = 4;

/** The days within which the newest events are found. */
export const latestReachDays = stepDays * mostSteps;

/** The days of the first step, which are read at once. */
export function firstStep({ asked }: ReadDays): DayRange {
  return stepBefore(asked.end, 0);
}

function stepBefore(end: IsoDay, index: number): DayRange {
  const last = addDays(end, -index * stepDays);
  return { start: addDays(last, 1 - stepDays), end: last };
}

/** The newest events, oldest first, and the day to which it was read. */
export interface Latest {
  events: RingEvent[];
  readBackTo: IsoDay;
}

/**
 * The newest `count` events, read back step by step until there are so many, at most four requests a kind.
 * @param first what was read of the first step, with its tags in the older form
 */
export async function readLatest(
  { count, name, end }: { count: number; name: string | undefined; end: IsoDay },
  first: { kinds: readonly EventKind[]; events: readonly RingEvent[] },
  readMore: <More>(more: Declared<More>) => Promise<More>,
): Promise<Latest> {
  const found: RingEvent[] = [];
  let step = stepBefore(end, 0);
  let read = first.events;
  for (let index = 0; index < mostSteps; index += 1) {
    if (index > 0) {
      step = stepBefore(end, index);
      const more = await readStep(first.kinds, step, readMore);
      read = more.events;
      // A kind that cannot be read is reported once, and nothing older can be the newest of it.
      if (more.kinds.length < first.kinds.length)
        return { events: newest(found, count), readBackTo: addDays(step.end, 1) };
    }
    found.push(
      ...read.filter((event) => isWithin(event.day, step) && (name === undefined || matchesName(event, name))),
    );
    if (found.length >= count) break;
  }
  return { events: newest(found, count), readBackTo: step.start };
}

async function readStep(
  kinds: readonly EventKind[],
  step: DayRange,
  readMore: <More>(more: Declared<More>) => Promise<More>,
): Promise<EventsRead> {
  const over = () => step;
  const [events, oldTags] = await Promise.all([
    readMore(readKinds("part", kinds, over)),
    readMore(readOldTags(kinds, over)),
  ]);
  return { kinds: events.kinds, events: addOldTags(events, oldTags) };
}

/** Steps are read from the newest to the oldest, and each is oldest first. */
function newest(found: readonly RingEvent[], count: number): RingEvent[] {
  return found
    .toSorted((one, other) => one.day.localeCompare(other.day) || (one.start ?? 0) - (other.start ?? 0))
    .slice(-count);
}
