import type { DayRange } from "../../analytics/day.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { byDay, bySpan, type Declared, nothing, type ReadDays, support } from "../../question/reads.ts";
import {
  type EventKind,
  fromOldTag,
  fromRestMode,
  fromSession,
  fromTag,
  fromWorkout,
  type RingEvent,
} from "./ring-event.ts";

/** Events that were read, oldest first, and the kinds that could be. */
export interface EventsRead {
  /** Of the range and up to two days around it. */
  events: RingEvent[];
  kinds: EventKind[];
}

type Over = (days: ReadDays) => DayRange;

/** How many requests the kinds take; notes are kept in two forms. */
export function countRequests(kinds: readonly EventKind[]): number {
  return kinds.length + (kinds.includes("tag") ? 1 : 0);
}

/** The kinds asked for, as far as they may be read. */
export function readKinds(role: "essential" | "part", kinds: readonly EventKind[], over?: Over): Declared<EventsRead> {
  const options = over ? { over } : {};
  const reads = {
    workout: byDay("workout_details", {
      ...options,
      figures: [{ name: "workout" }],
      stamp: ({ start_datetime }) => start_datetime,
    }),
    session: byDay("session", {
      ...options,
      figures: [{ name: "session" }],
      stamp: ({ start_datetime }) => start_datetime,
    }),
    tag: bySpan("enhanced_tag_details", "tag", { ...options, stamp: ({ start_time }) => start_time }),
    rest_mode: bySpan("rest_mode_period", "rest_mode", { ...options, stamp: ({ start_time }) => start_time }),
  };
  return {
    role,
    reads: kinds.map((kind) => reads[kind]),
    loss: null,
    collect: (find) => ({
      events: [
        ...(find(reads.workout)?.value ?? []).map(fromWorkout),
        ...(find(reads.session)?.value ?? []).map(fromSession),
        ...(find(reads.tag)?.value ?? []).map(fromTag),
        ...(find(reads.rest_mode)?.value ?? []).map(fromRestMode),
      ].toSorted(byStart),
      kinds: kinds.filter((kind) => find<unknown>(reads[kind]) !== undefined),
    }),
  };
}

/** Notes in the form they had before; where they fail, the tags there are stand without them. */
export function readOldTags(kinds: readonly EventKind[], over?: Over): Declared<OuraDocument<"tag">[] | null> {
  const read = byDay("tag", { ...(over ? { over } : {}), stamp: ({ timestamp }) => timestamp });
  return kinds.includes("tag") ? support(read, { what: "tags in their older form", under: "missing" }) : nothing;
}

/** Oura serves new notes in the old form too: the same minute of the same day is the same note. */
export function addOldTags({ events, kinds }: EventsRead, old: readonly OuraDocument<"tag">[] | null): RingEvent[] {
  const known = new Set(events.flatMap((event) => (event.kind === "tag" ? [nameMinute(event)] : [])));
  const more = kinds.includes("tag") ? (old ?? []).flatMap(fromOldTag) : [];
  return [...events, ...more.filter((event) => !known.has(nameMinute(event)))].toSorted(byStart);
}

function nameMinute({ day, startedAt }: RingEvent): string {
  return `${day} ${startedAt}`;
}

/** An event without a time stands at the start of its day. */
function byStart(one: RingEvent, other: RingEvent): number {
  return one.day.localeCompare(other.day) || (one.start ?? 0) - (other.start ?? 0);
}

/** Whether any of the event lies in the range; one that goes on reaches to its end. */
export function touches({ day, lastDay }: RingEvent, { start, end }: DayRange): boolean {
  return day <= end && (lastDay === null || lastDay >= start);
}
