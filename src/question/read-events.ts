import type { DayRange, IsoDay } from "../analytics/day.ts";
import type { OuraDocument } from "../oura/routes.ts";
import { matchesName } from "./matches-name.ts";
import { byDay, bySpan, type Declared, nothing, type Read, type ReadDays, support } from "./reads.ts";
import {
  type EventKind,
  fromOldTag,
  fromRestMode,
  fromSession,
  fromTag,
  fromWorkout,
  nameStart,
  type RingEvent,
} from "./ring-event.ts";

/** The events begin with the oldest one. `kinds` are the kinds of events (such as workouts) that could be read. */
export interface EventsRead {
  /** The list also contains events of up to two days before the range and two days after it. */
  events: RingEvent[];
  kinds: EventKind[];
}

type Over = (days: ReadDays) => DayRange;

interface EventRoutes {
  workout: "workout_details";
  session: "session";
  tag: "enhanced_tag_details";
  rest_mode: "rest_mode_period";
}

/** The routes of Oura's API for events, without the one for tags in their older form. */
export type EventRouteName<Kind extends EventKind = EventKind> = EventRoutes[Kind];

/**
 * How many requests are needed for these kinds of events. Tags need two requests, because Oura serves tags in two
 * forms.
 */
export function countRequests(kinds: readonly EventKind[]): number {
  return kinds.length + (kinds.includes("tag") ? 1 : 0);
}

export function readKinds<Kind extends EventKind>(
  role: "essential" | "part",
  kinds: readonly Kind[],
  over?: Over,
): Declared<EventsRead, EventRouteName<Kind>> {
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
  const ofKind: { [One in EventKind]: Read<unknown, EventRouteName<One>> } = reads;
  return {
    role,
    reads: kinds.map((kind) => ofKind[kind]),
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

/** If tags in Oura's older form cannot be read, the answer uses only those in the newer form. */
export function readOldTags(kinds: readonly EventKind[], over?: Over): Declared<OuraDocument<"tag">[] | null, "tag"> {
  const read = byDay("tag", { ...(over ? { over } : {}), stamp: ({ timestamp }) => timestamp });
  return kinds.includes("tag") ? support(read, { what: "tags in their older form", under: "missing" }) : nothing;
}

/**
 * Adds the tags of Oura's older form that are not yet among the events. Oura serves new tags in both forms, with the
 * same day and minute.
 */
export function addOldTags({ events, kinds }: EventsRead, old: readonly OuraDocument<"tag">[] | null): RingEvent[] {
  const known = new Set(
    events.flatMap((event) => (event.kind === "tag" ? [nameMinute(event.day, event.startedAt)] : [])),
  );
  const isNew = ({ day, timestamp }: OuraDocument<"tag">) => !known.has(nameMinute(day, nameStart(timestamp, day)));
  const more = kinds.includes("tag") ? (old ?? []).filter(isNew).flatMap(fromOldTag) : [];
  return [...events, ...more].toSorted(byStart);
}

function nameMinute(day: IsoDay, startedAt: string): string {
  return `${day} ${startedAt}`;
}

/** An event without a time comes first on its day. */
function byStart(one: RingEvent, other: RingEvent): number {
  if (one.day !== other.day) return one.day < other.day ? -1 : 1;
  return (one.start ?? 0) - (other.start ?? 0);
}

export function chooseEvents(events: readonly RingEvent[], range: DayRange, name: string | undefined): RingEvent[] {
  return events.filter((event) => overlapsDays(event, range) && (name === undefined || matchesName(event, name)));
}

/** An event that has not ended has no last day. */
export function overlapsDays({ day, lastDay }: RingEvent, { start, end }: DayRange): boolean {
  return day <= end && (lastDay === null || lastDay >= start);
}
