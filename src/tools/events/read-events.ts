import type { DayRange } from "../../analytics/day.ts";
import { AppError, type Failure, orFailure } from "../../errors.ts";
import type { ScopeName } from "../../oura/scopes.ts";
import { findRefusal } from "../../question/access.ts";
import { type MissingEntry, missingFromFailure } from "../../question/gaps.ts";
import type { ToolContext } from "../legacy.ts";
import { spanReach } from "../span-reach.ts";
import {
  type EventKind,
  fromOldTag,
  fromRestMode,
  fromSession,
  fromTag,
  fromWorkout,
  type RingEvent,
} from "./ring-event.ts";

export interface EventsRead {
  /** Of the range and up to two days around it, oldest first. */
  events: RingEvent[];
  /** Kinds that were read. */
  kinds: EventKind[];
  missing: MissingEntry[];
}

/** Which permission each kind needs. */
export const scopeOfKind: Readonly<Record<EventKind, ScopeName>> = {
  workout: "workout",
  session: "session",
  tag: "tag",
  rest_mode: "daily",
};

/** How many requests the kinds take; notes are kept in two forms. */
export function countRequests(kinds: readonly EventKind[]): number {
  return kinds.length + (kinds.includes("tag") ? 1 : 0);
}

/** Reads each kind where it may be read. What may not or cannot be read is missing; nothing readable fails the call. */
export async function readEvents(
  context: ToolContext,
  asked: readonly EventKind[],
  range: DayRange,
): Promise<EventsRead> {
  const { reader } = context;
  const reach = spanReach(range);
  const failures = new Map<EventKind, Failure>();
  const lostBeside: MissingEntry[] = [];

  async function read(kind: EventKind): Promise<RingEvent[]> {
    const refusal = findRefusal(context.access, [scopeOfKind[kind]]);
    const read = refusal ? new AppError(refusal) : await orFailure(readKind(kind));
    if (!(read instanceof AppError)) return read;
    failures.set(kind, read.failure);
    return [];
  }

  async function readKind(kind: EventKind): Promise<RingEvent[]> {
    switch (kind) {
      case "workout":
        return (await reader.readDays("workout_details", range)).map(fromWorkout);
      case "session":
        return (await reader.readDays("session", range)).map(fromSession);
      case "tag": {
        const [tags, old] = await Promise.all([
          reader.readSpans("enhanced_tag_details", reach),
          orFailure(reader.readDays("tag", range)),
        ]);
        if (!(old instanceof AppError)) return joinTags(tags.map(fromTag), old.flatMap(fromOldTag));
        lostBeside.push(missingFromFailure("tags in their older form", old.failure, context.panelUrl));
        return tags.map(fromTag);
      }
      case "rest_mode":
        return (await reader.readSpans("rest_mode_period", reach)).map(fromRestMode);
    }
  }

  const events = (await Promise.all(asked.map(read))).flat();
  const [first] = failures.values();
  if (first && failures.size === asked.length) throw new AppError(first);
  return {
    events: events.toSorted(byStart),
    kinds: asked.filter((kind) => !failures.has(kind)),
    missing: [
      ...Array.from(failures, ([kind, failure]) => missingFromFailure(kind, failure, context.panelUrl)),
      ...lostBeside,
    ],
  };
}

/** Oura serves new notes in the old form too: the same minute of the same day is the same note. */
function joinTags(tags: readonly RingEvent[], old: readonly RingEvent[]): RingEvent[] {
  const known = new Set(tags.map(({ day, startedAt }) => `${day} ${startedAt}`));
  return [...tags, ...old.filter(({ day, startedAt }) => !known.has(`${day} ${startedAt}`))];
}

/** An event without a time stands at the start of its day. */
function byStart(one: RingEvent, other: RingEvent): number {
  return one.day.localeCompare(other.day) || (one.start ?? 0) - (other.start ?? 0);
}

/** Whether any of the event lies in the range; one that goes on reaches to its end. */
export function touches({ day, lastDay }: RingEvent, { start, end }: DayRange): boolean {
  return day <= end && (lastDay === null || lastDay >= start);
}
