import { squash } from "../../words/code-words.ts";
import { formatCount, formatList, formatMinutes } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import type { EventKind, RingEvent } from "./ring-event.ts";

/** How often one event happened. */
export interface EventTotal {
  kind: EventKind;
  what: string;
  /** The given name of a custom tag, or of a code that is not known. */
  givenName: string | null;
  count: number;
  /** Days with at least one start. */
  days: number;
  /** The sum over events with a duration; null where none has one. */
  minutes: number | null;
}

/** Totals by event name, most frequent first. */
export function totalEvents(events: readonly RingEvent[]): EventTotal[] {
  const groups = Map.groupBy(events, ({ kind, what, givenName }) => `${kind} ${what} ${nameKey(givenName)}`);
  const totals = Array.from(groups.values(), (group) => {
    const timed = group.map(minutesOf).filter((minutes) => minutes !== null);
    return {
      kind: group[0]?.kind ?? "tag",
      what: group[0]?.what ?? "",
      givenName: group[0]?.givenName ?? null,
      count: group.length,
      days: new Set(group.map(({ day }) => day)).size,
      minutes: timed.length === 0 ? null : timed.reduce((sum, minutes) => sum + minutes, 0),
    };
  });
  return totals.toSorted((one, other) => other.count - one.count);
}

/** A given name to group by: "Magnesium 400" and "magnesium-400" are one tag. */
export function nameKey(givenName: string | null): string {
  return givenName === null ? "" : squash(givenName) || givenName;
}

/** The duration in minutes. Null for rest mode, which is reported in days. */
export function minutesOf({ kind, start, end }: RingEvent): number | null {
  return kind === "rest_mode" || start === null || end === null ? null : Math.round((end - start) / 60_000);
}

/** The most totals listed, the most frequent ones: a wearer may give every tag another name. */
export const mostTotals = 60;

export function totalsTable(totals: readonly EventTotal[]): { columns: string[]; rows: Cell[][] } {
  const isNamed = totals.some(({ givenName }) => givenName !== null);
  return {
    columns: ["kind", "what", "count", "days", "minutes", ...(isNamed ? ["wearer_text"] : [])],
    rows: totals
      .slice(0, mostTotals)
      .map(({ kind, what, givenName, count, days, minutes }) => [
        ...[kind, what, count, days, minutes],
        ...(isNamed ? [givenName] : []),
      ]),
  };
}

const nouns: Readonly<Record<EventKind, readonly [string, string]>> = {
  workout: ["workout", "workouts"],
  session: ["session", "sessions"],
  tag: ["tag", "tags"],
  rest_mode: ["rest mode period", "rest mode periods"],
};

/** "5 workouts (3 h 10 min: walking 4, running 1), 2 tags (alcohol 2)". */
export function sayTotals(kinds: readonly EventKind[], totals: readonly EventTotal[]): string {
  const parts = kinds.map((kind) => {
    const own = totals.filter((total) => total.kind === kind);
    const count = own.reduce((sum, total) => sum + total.count, 0);
    const [one, many] = nouns[kind];
    if (count === 0) return `no ${many}`;
    const minutes = own.reduce((sum, total) => sum + (total.minutes ?? 0), 0);
    // The summary has no text from outside, so tags with given names are counted together.
    const named = [...Map.groupBy(own, ({ what }) => what)].map(([what, group]) => ({
      what,
      count: group.reduce((sum, total) => sum + total.count, 0),
    }));
    const most = named.toSorted((one, other) => other.count - one.count).slice(0, 4);
    const said = most.map((total) => `${total.what} ${total.count}`);
    const more = named.length > most.length ? [`${named.length - most.length} more`] : [];
    const detail =
      kind === "rest_mode"
        ? ""
        : ` (${minutes > 0 ? `${formatMinutes(minutes)}: ` : ""}${[...said, ...more].join(", ")})`;
    return `${formatCount(count)} ${count === 1 ? one : many}${detail}`;
  });
  return formatList(parts);
}
