import { formatCount, formatList, formatMinutes } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import type { EventKind, RingEvent } from "./ring-event.ts";

/** How often one event happened. */
export interface EventTotal {
  kind: EventKind;
  what: string;
  count: number;
  /** Days with at least one start. */
  days: number;
  /** The sum over events with a duration; null where none has one. */
  minutes: number | null;
}

/** Totals by event name, most frequent first. */
export function totalEvents(events: readonly RingEvent[]): EventTotal[] {
  const groups = Map.groupBy(events, ({ kind, what }) => `${kind} ${what}`);
  const totals = Array.from(groups.values(), (group) => {
    const timed = group.map(minutesOf).filter((minutes) => minutes !== null);
    return {
      kind: group[0]?.kind ?? "tag",
      what: group[0]?.what ?? "",
      count: group.length,
      days: new Set(group.map(({ day }) => day)).size,
      minutes: timed.length === 0 ? null : timed.reduce((sum, minutes) => sum + minutes, 0),
    };
  });
  return totals.toSorted((one, other) => other.count - one.count);
}

/** The duration in minutes. Null for rest mode, which is reported in days. */
export function minutesOf({ kind, start, end }: RingEvent): number | null {
  return kind === "rest_mode" || start === null || end === null ? null : Math.round((end - start) / 60_000);
}

export function totalsTable(totals: readonly EventTotal[]): { columns: string[]; rows: Cell[][] } {
  return {
    columns: ["kind", "what", "count", "days", "minutes"],
    rows: totals.map(({ kind, what, count, days, minutes }) => [kind, what, count, days, minutes]),
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
    const most = own.slice(0, 4).map((total) => `${total.what} ${total.count}`);
    const more = own.length > most.length ? [`${own.length - most.length} more`] : [];
    const detail =
      kind === "rest_mode"
        ? ""
        : ` (${minutes > 0 ? `${formatMinutes(minutes)}: ` : ""}${[...most, ...more].join(", ")})`;
    return `${formatCount(count)} ${count === 1 ? one : many}${detail}`;
  });
  return formatList(parts);
}
