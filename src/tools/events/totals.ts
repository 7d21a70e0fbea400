import type { IsoDay } from "../../analytics/day.ts";
import { sum } from "../../analytics/sum.ts";
import { nameKey } from "../../question/matches-name.ts";
import type { EventKind, RingEvent } from "../../question/ring-event.ts";
import { formatCount, formatList, formatMinutes, round } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";

export interface EventTotal {
  kind: EventKind;
  what: string;
  /**
   * The name of a custom tag, or the words of a code from Oura that Ringbridge does not know. Null for other events.
   */
  givenName: string | null;
  count: number;
  /** The days on which an event of this name started. `lastDay` is the newest of them. */
  days: number;
  lastDay: IsoDay | null;
  /**
   * The sum of the durations. Null when no event has a duration. `withMinutes` is the number of events that have one.
   */
  minutes: number | null;
  withMinutes: number;
  /**
   * The sum of the distances. Null when no event has a distance. `withDistance` is the number of events that have one.
   */
  metres: number | null;
  withDistance: number;
}

/** One total for each name, the most frequent name first. */
export function totalEvents(events: readonly RingEvent[]): EventTotal[] {
  const groups = Map.groupBy(events, ({ kind, what, givenName }) => `${kind} ${what} ${nameKey(givenName)}`);
  const totals = Array.from(groups.values(), (group) => {
    const timed = group.map(minutesOf).filter((minutes) => minutes !== null);
    const measured = group.flatMap(({ distanceM }) => (distanceM === null ? [] : [distanceM]));
    return {
      kind: group[0]?.kind ?? "tag",
      what: group[0]?.what ?? "",
      givenName: group[0]?.givenName ?? null,
      count: group.length,
      days: new Set(group.map(({ day }) => day)).size,
      lastDay:
        group
          .map(({ day }) => day)
          .toSorted()
          .at(-1) ?? null,
      minutes: sumOf(timed),
      withMinutes: timed.length,
      metres: sumOf(measured),
      withDistance: measured.length,
    };
  });
  return totals.toSorted((one, other) => other.count - one.count);
}

/** If there are no values, the sum is null, because a sum of 0 would look like a measured value. */
function sumOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : sum(values);
}

/**
 * The duration of an event in minutes. Null for rest mode, whose duration is given in days. Also null when the start or
 * the end is not known.
 */
export function minutesOf({ kind, start, end }: RingEvent): number | null {
  return kind === "rest_mode" || start === null || end === null ? null : Math.round((end - start) / 60_000);
}

/**
 * The table lists at most this many totals, the most frequent ones. Without this limit, the table would become very
 * long for a wearer who gives every tag another name.
 */
export const mostTotals = 60;

/**
 * Makes a table of the totals. A column is left out when it is empty for all totals, or when it only repeats the count.
 */
export function totalsTable(totals: readonly EventTotal[]): { columns: string[]; rows: Cell[][] } {
  const columns: { name: string; value(total: EventTotal): Cell; isShown: boolean }[] = [
    { name: "kind", value: ({ kind }) => kind, isShown: true },
    { name: "what", value: ({ what }) => what, isShown: true },
    { name: "count", value: ({ count }) => count, isShown: true },
    { name: "days", value: ({ days }) => days, isShown: true },
    { name: "last", value: ({ lastDay }) => lastDay, isShown: true },
    {
      name: "minutes",
      value: ({ minutes }) => minutes,
      isShown: totals.some(({ minutes }) => minutes !== null),
    },
    {
      name: "with_minutes",
      value: ({ kind, withMinutes }) => (lasting.includes(kind) ? withMinutes : null),
      isShown: totals.some(({ kind, withMinutes, count }) => lasting.includes(kind) && withMinutes < count),
    },
    {
      name: "distance_km",
      value: ({ metres }) => kilometres(metres),
      isShown: totals.some(({ metres }) => metres !== null),
    },
    {
      name: "with_distance",
      value: ({ kind, withDistance }) => (kind === "workout" ? withDistance : null),
      isShown: totals.some(({ metres }) => metres !== null),
    },
    {
      name: "wearer_text",
      value: ({ givenName }) => givenName,
      isShown: totals.some(({ givenName }) => givenName !== null),
    },
  ];
  const shown = columns.filter(({ isShown }) => isShown);
  return {
    columns: shown.map(({ name }) => name),
    rows: totals.slice(0, mostTotals).map((total) => shown.map(({ value }) => value(total))),
  };
}

/**
 * Events of these kinds usually have a duration. If some events of such a kind have no duration, the table gets a
 * column with the number of events that have one.
 */
const lasting: readonly EventKind[] = ["workout", "session"];

function kilometres(metres: number | null): number | null {
  return metres === null ? null : round(metres / 1000, 1);
}

const nouns: Readonly<Record<EventKind, readonly [string, string]>> = {
  workout: ["workout", "workouts"],
  session: ["session", "sessions"],
  tag: ["tag", "tags"],
  rest_mode: ["rest mode period", "rest mode periods"],
};

/**
 * Example: "5 workouts (walking 4, running 1; 3 h 10 min in all; 21.4 km in all, known of 3) and 2 tags (alcohol 2)",
 * if only three workouts have a distance.
 */
export function sayTotals(kinds: readonly EventKind[], totals: readonly EventTotal[], mostNamed = 4): string {
  const parts = kinds.map((kind) => {
    const own = totals.filter((total) => total.kind === kind);
    const count = own.reduce((sum, total) => sum + total.count, 0);
    const [one, many] = nouns[kind];
    if (count === 0) return `no ${many}`;
    const sums = kind === "rest_mode" ? "" : ` (${[nameMost(own, mostNamed), ...sayAmounts(own, count)].join("; ")})`;
    return `${formatCount(count)} ${count === 1 ? one : many}${sums}`;
  });
  return formatList(parts);
}

/**
 * States the total time and the total distance. If only some events have a time or a distance, the text states how many
 * events have it.
 */
function sayAmounts(totals: readonly EventTotal[], count: number): string[] {
  const sum = (read: (total: EventTotal) => number | null) =>
    totals.reduce((all, total) => all + (read(total) ?? 0), 0);
  const [timed, measured] = [sum(({ withMinutes }) => withMinutes), sum(({ withDistance }) => withDistance)];
  const time = formatMinutes(sum(({ minutes }) => minutes));
  const distance = `${formatCount(kilometres(sum(({ metres }) => metres)) ?? 0)} km`;
  const say = (amount: string, known: number) =>
    known === 0 ? [] : [known === count ? `${amount} in all` : `${amount} in all, known of ${formatCount(known)}`];
  return [...say(time, timed), ...say(distance, measured)];
}

/**
 * The most frequent events with their counts. Custom tags are counted together without their names, because a summary
 * contains no text from outside.
 */
export function nameMost(totals: readonly EventTotal[], mostNamed: number): string {
  const named = [...Map.groupBy(totals, ({ what }) => what)].map(([what, group]) => ({
    what,
    count: group.reduce((sum, total) => sum + total.count, 0),
  }));
  const most = named.toSorted((one, other) => other.count - one.count).slice(0, mostNamed);
  const more = named.length > most.length ? [`${named.length - most.length} more`] : [];
  return [...most.map(({ what, count }) => `${what} ${count}`), ...more].join(", ");
}
