import type { DayRange } from "../../analytics/day.ts";
import { explainMissing, type MissingEntry } from "../../question/gaps.ts";
import { formatDay, joinSentences } from "../../words/present.ts";
import type { EventKind } from "./ring-event.ts";
import { type EventTotal, sayTotals } from "./totals.ts";

/** The summary: the totals of each kind, and what could not be read. */
export function summarizeEvents(
  range: DayRange,
  kinds: readonly EventKind[],
  totals: readonly EventTotal[],
  isNamed: boolean,
  gaps: readonly MissingEntry[],
): string {
  return joinSentences(
    `${sayRange(range)}${isNamed ? ", only those called as asked" : ""}: ${sayTotals(kinds, totals)}.`,
    sayGaps(gaps),
  );
}

function sayRange({ start, end }: DayRange): string {
  return start === end ? formatDay(start) : `${formatDay(start)} to ${formatDay(end)}`;
}

function sayGaps(gaps: readonly MissingEntry[]): string | null {
  const refused = gaps.filter(({ reason }) => reason !== "not_synced" && reason !== "not_supported");
  return joinSentences(
    refused.length === 0
      ? null
      : `Could not be read: ${refused.map(({ what }) => what.replaceAll("_", " ")).join(", ")}; the reasons are under missing.`,
    explainMissing(gaps.filter((gap) => !refused.includes(gap))),
  );
}
