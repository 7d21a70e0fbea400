import { addDays, type DayRange, type IsoDay, isWithin } from "../../analytics/day.ts";
import type { Question } from "../../question/define-tool.ts";
import { matchesName } from "../../question/matches-name.ts";
import {
  addOldTags,
  type EventRouteName,
  type EventsRead,
  readKinds,
  readOldTags,
} from "../../question/read-events.ts";
import type { ReadDays } from "../../question/reads.ts";
import type { EventKind, RingEvent } from "../../question/ring-event.ts";

/**
 * The newest events are searched for backwards from the last day of the range. Each step of the search covers this many
 * days.
 */
const stepDays = 90;
/**
 * The search for the newest events ends after this many steps, because each step needs one request to Oura for each
 * kind of event.
 */
const mostSteps = 4;

/** The number of days, up to the last day of the range, in which the newest events are searched for. */
export const latestReachDays = stepDays * mostSteps;

/**
 * The days in which the newest events are searched for first. If these have too few events, earlier days are searched
 * too.
 */
export function firstStep({ asked }: ReadDays): DayRange {
  return stepBefore(asked.end, 0);
}

function stepBefore(end: IsoDay, index: number): DayRange {
  const last = addDays(end, -index * stepDays);
  return { start: addDays(last, 1 - stepDays), end: last };
}

type ReadEvents = Question<object, never, never, EventRouteName | "tag">["readMore"];

export interface Latest {
  events: RingEvent[];
  readBackTo: IsoDay;
}

/**
 * Searches for the newest events. Each step reads earlier days than the step before. The search ends when `count`
 * events have been found, and after four steps at the latest.
 * @param first The events of the first step, including tags in Oura's older form
 */
export async function readLatest(
  { count, name, end }: { count: number; name: string | undefined; end: IsoDay },
  first: { kinds: readonly EventKind[]; events: readonly RingEvent[] },
  readMore: ReadEvents,
): Promise<Latest> {
  const found: RingEvent[] = [];
  let step = stepBefore(end, 0);
  let read = first.events;
  for (let index = 0; index < mostSteps; index += 1) {
    if (index > 0) {
      step = stepBefore(end, index);
      const more = await readStep(first.kinds, step, readMore);
      read = more.events;
      // If one kind of event, such as tags, cannot be read in a step, the search stops. Otherwise, the answer could
      // contain an older event although a newer event was not read. The failure is already reported.
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

async function readStep(kinds: readonly EventKind[], step: DayRange, readMore: ReadEvents): Promise<EventsRead> {
  const over = () => step;
  const [events, oldTags] = await Promise.all([
    readMore(readKinds("part", kinds, over)),
    readMore(readOldTags(kinds, over)),
  ]);
  return { kinds: events.kinds, events: addOldTags(events, oldTags) };
}

/** Returns the newest `count` events, the oldest of them first. */
function newest(found: readonly RingEvent[], count: number): RingEvent[] {
  return found
    .toSorted((one, other) => one.day.localeCompare(other.day) || (one.start ?? 0) - (other.start ?? 0))
    .slice(-count);
}
