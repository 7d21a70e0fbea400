import { type IsoDay, listDays } from "../../analytics/day.ts";
import { wasMostlyOff } from "../../oura/metrics.ts";
import { createMissingDays, type MissingEntry, missingFromFailure, reasonForDay } from "../../question/gaps.ts";
import type { MissingReason } from "../../question/missing-reasons.ts";
import { findRingLimit, noRingDetail, unknownRingDetail } from "../../question/ring-limits.ts";
import type { ToolContext } from "../legacy.ts";
import { newestDay } from "../newest-record.ts";
import type { WearerRange } from "../wearer-range.ts";
import type { Collected } from "./collect.ts";
import type { Column, DayDocuments, Section, SummaryRouteName } from "./sections.ts";

/** Documents that show the ring was on the finger: at night, or at any time of the day. */
const nightRoutes: readonly SummaryRouteName[] = ["sleep", "daily_sleep", "daily_readiness"];
const dayRoutes: readonly SummaryRouteName[] = [...nightRoutes, "daily_activity", "daily_stress"];

/** The columns an answer shows, each with its section. */
export interface ShownColumn {
  section: Section;
  column: Column;
}

/** Every day and column without a value, with the reason. A section wholly empty on a day is named once. */
export function findMissingDays(
  { range, today, maySync }: WearerRange,
  isCertain: boolean,
  shown: readonly ShownColumn[],
  byDay: (day: IsoDay) => DayDocuments,
  collected: Collected,
): MissingEntry[] {
  const found = createMissingDays();
  const sync = { today, maySync, isCertain, newestRecord: newestDay(Object.values(collected.documents).flat()) };
  const bySection = Map.groupBy(
    shown.filter(({ column }) => column.sparse === undefined),
    ({ section }) => section,
  );

  function reasonFor({ section, column }: ShownColumn, day: IsoDay, documents: DayDocuments): MissingReason | null {
    if (column.value(documents) !== null) return null;
    const document = documents[column.route];
    if (document !== null) {
      if ("non_wear_time" in document && wasMostlyOff(document)) return day === today ? "not_synced" : "not_worn";
      return isStillCounting(section, day, today) ? null : "unavailable";
    }
    const reason = reasonForDay(day, sync);
    return reason === "not_worn" ? absence(section, documents, collected) : reason;
  }

  for (const day of listDays(range)) {
    const documents = byDay(day);
    for (const [section, columns] of bySection) {
      const reasons = columns.map((shownColumn) => reasonFor(shownColumn, day, documents));
      const [first = null] = reasons;
      if (first !== null && reasons.every((reason) => reason === first)) found.add(section.name, day, first);
      else
        columns.forEach(({ column }, index) => {
          const reason = reasons[index] ?? null;
          if (reason !== null) found.add(column.name, day, reason);
        });
    }
  }
  return found.entries();
}

/** Activity and stress of today go on until the day ends: their figures are so far, and what is not there yet is no gap. */
export function isStillCounting(section: Section, day: IsoDay, today: IsoDay): boolean {
  return day === today && section.evidence === "day";
}

/** Not worn, unless the documents at hand show that it was, or say nothing about it. */
function absence(section: Section, documents: DayDocuments, { documents: read }: Collected): MissingReason {
  // What Oura computes over weeks it computes from nights: without a night there is nothing to add.
  const routes = (section.evidence === "day" ? dayRoutes : nightRoutes).filter((name) => read[name] !== undefined);
  if (section.evidence === "model" && routes.length === 0) return "unavailable";
  return routes.some((name) => documents[name] !== null) ? "unavailable" : "not_worn";
}

/** Whether every record that tells of wearing and syncing was read: only then can a gap be put down to the wearer. */
export function canTellGaps(context: ToolContext, { failures }: Collected): boolean {
  return context.reader.oddRecords().size === 0 && !dayRoutes.some((name) => failures.has(name));
}

/**
 * Sections this ring cannot measure, in one entry: asked of Oura only when everything that could be read came back empty, or
 * all of a section that only newer rings bring.
 */
export async function findUnsupported(
  context: ToolContext,
  sections: readonly Section[],
  collected: Collected,
): Promise<{ names: readonly string[]; entries: MissingEntry[] }> {
  const none = { names: [], entries: [] };
  const { documents, failures } = collected;
  const empty = sections.filter(
    ({ routes }) =>
      routes.some((name) => documents[name]?.length === 0) &&
      routes.every((name) => documents[name]?.length === 0 || failures.has(name)),
  );
  const suspects = empty.filter((section) => section.needsThirdGeneration === true);
  const everythingIsEmpty = empty.length > 0 && Object.values(documents).every(({ length }) => length === 0);
  if (suspects.length === 0 && !everythingIsEmpty) return none;
  switch (await findRingLimit(context)) {
    case "everything":
      return unsupported(empty, noRingDetail);
    case "third_generation_only":
      return suspects.length === 0 ? none : unsupported(suspects);
    case "unknown": {
      const { names } = unsupported(empty); // there may be no ring at all
      return { names, entries: [{ what: names.join(", "), reason: "unavailable", detail: unknownRingDetail }] };
    }
    case "nothing":
      return none;
  }
}

function unsupported(sections: readonly Section[], detail?: string) {
  const names = sections.map((section) => section.name);
  const entry: MissingEntry = { what: names.join(", "), reason: "not_supported", ...(detail ? { detail } : {}) };
  return { names, entries: [entry] };
}

/** Sections, or columns of them, whose route failed. */
export function describeFailedRoutes(
  sections: readonly Section[],
  { failures }: Collected,
  panelUrl: string,
): MissingEntry[] {
  return sections.flatMap((section) => {
    const lost = section.columns.filter((column) => failures.has(column.route));
    const [first] = lost;
    const failure = first && failures.get(first.route);
    if (!failure) return [];
    const whole = lost.length === section.columns.length;
    const what = whole ? section.name : lost.map((column) => column.name).join(", ");
    return [missingFromFailure(what, failure, panelUrl)];
  });
}
