import { countDays, type DayRange, type IsoDay } from "../../analytics/day.ts";
import { matchesOwnWords } from "../../question/matches-name.ts";
import type { EventKind, RingEvent } from "../../question/ring-event.ts";
import { formatCount, formatDay, formatMinutes, formatSpan, joinSentences, round } from "../../words/present.ts";
import type { Latest } from "./read-latest.ts";
import { type EventTotal, minutesOf, nameMost, sayTotals, totalEvents } from "./totals.ts";

interface Summarized {
  range: DayRange;
  kinds: readonly EventKind[];
  events: readonly RingEvent[];
  totals: readonly EventTotal[];
}

export function summarizeEvents(
  { range, kinds, events, totals }: Summarized,
  name: string | undefined,
  others: readonly RingEvent[],
): string {
  const isNamed = name !== undefined;
  return joinSentences(
    `${formatSpan(range)}${isNamed ? ", only events with the asked name" : ""}: ${sayTotals(kinds, totals, isNamed ? 8 : 4)}.`,
    isNamed ? sayMatches(name, events, others) : null,
  );
}

/** What each of the newest events was and when it was, or that no event was found. */
export function summarizeLatest(
  { kinds, events }: Summarized,
  { readBackTo }: Latest,
  { count, name, today, end }: { count: number; name: string | undefined; today: IsoDay; end: IsoDay },
  { zones, others }: { zones: string | null; others: readonly RingEvent[] },
): string {
  const what = `${name === undefined ? "" : " with the asked name"}`;
  const reach = `in the ${countDays({ start: readBackTo, end })} days from ${formatSpan({ start: readBackTo, end })}`;
  const nouns = kinds.map((kind) => `${kind.replace("_", " ")}s`).join(", ");
  const told = events.toReversed().slice(0, mostTold);
  return joinSentences(
    events.length === 0
      ? `No ${nouns}${what} ${reach}; nothing older was read.`
      : `Newest${events.length > 1 ? ` ${events.length}` : ""}${what}: ${told.map((event) => sayEvent(event, today)).join("; ")}.`,
    events.length > told.length ? `${events.length - told.length} more are in the rows.` : null,
    events.length === 0 && name !== undefined && others.length > 0
      ? `Other names on the newest of these days: ${nameMost(totalEvents(others), 12)}.`
      : null,
    zones,
    events.length > 0 && events.length < count ? `There are no more ${reach}; nothing older was read.` : null,
  );
}

/** The summary names at most this many of the newest events. */
const mostTold = 3;

/** Example: "running on Thu 19 Nov 2026 at 18:25 (yesterday), 48 min, 9.1 km". */
function sayEvent(event: RingEvent, today: IsoDay): string {
  const { day, what, startedAt, distanceM, lastDay, kind } = event;
  const minutes = minutesOf(event);
  const clock = startedAt.length > 10 ? ` at ${startedAt.slice(11, 16)}` : "";
  const until =
    kind !== "rest_mode"
      ? null
      : lastDay === null
        ? "still on"
        : lastDay === day
          ? null
          : `until ${formatDay(lastDay)}`;
  return [
    `${what} on ${formatDay(day)}${clock} (${sayAgo(day, today)})`,
    until,
    minutes === null ? null : formatMinutes(minutes),
    distanceM === null ? null : `${round(distanceM / 1000, 1)} km`,
  ]
    .filter((part) => part !== null)
    .join(", ");
}

function sayAgo(day: IsoDay, today: IsoDay): string {
  const days = countDays({ start: day, end: today }) - 1;
  return days <= 0 ? "today" : days === 1 ? "yesterday" : `${formatCount(days)} days ago`;
}

/**
 * States how many of the found events match the requested name only because the wearer's own words, in a note or a tag,
 * contain it. If no event matches, the text lists the names of other events on the requested days.
 */
function sayMatches(name: string, events: readonly RingEvent[], others: readonly RingEvent[]): string | null {
  const own = events.filter((event) => matchesOwnWords(event, name)).length;
  if (own > 0) return `${formatCount(own)} of them only in the wearer's own words (wearer_text).`;
  if (events.length > 0) return null;
  if (others.length === 0) return "There are no others either.";
  return `Other names on these days: ${nameMost(totalEvents(others), 12)}.`;
}
