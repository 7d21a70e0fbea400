import { addDays, type DayRange, type IsoDay, listDays } from "../../analytics/day.ts";
import { AppError } from "../../errors.ts";
import type { DayRouteName } from "../../oura/routes.ts";
import type { ToolContext } from "../define-tool.ts";
import { createMissingDays, type MissingEntry, type MissingReason, missingFromFailure } from "../missing.ts";
import { type Collected, newestDay, syncHorizonDays } from "./collect.ts";
import type { Column, DayDocuments, Section } from "./sections.ts";

/** Documents that show the ring was on the finger: at night, or at any time of the day. */
const nightRoutes: readonly DayRouteName[] = ["sleep", "daily_sleep", "daily_readiness"];
const dayRoutes: readonly DayRouteName[] = [...nightRoutes, "daily_activity", "daily_stress"];

/** The columns an answer shows, each with its section. */
export interface ShownColumn {
  section: Section;
  column: Column;
}

/** Every day and column without a value, with the reason. A section wholly empty on a day is named once. */
export function findMissingDays(
  range: DayRange,
  today: IsoDay,
  shown: readonly ShownColumn[],
  byDay: (day: IsoDay) => DayDocuments,
  collected: Collected,
): MissingEntry[] {
  const found = createMissingDays();
  const newest = newestDay(collected);
  const settled = range.end < addDays(today, -syncHorizonDays);
  const bySection = Map.groupBy(
    shown.filter(({ column }) => column.sparse === undefined),
    ({ section }) => section,
  );
  for (const day of listDays(range)) {
    const documents = byDay(day);
    const notSynced = day === today || (!settled && (newest === null || day > newest));
    for (const [section, columns] of bySection) {
      const empty = columns.filter(({ column }) => column.value(documents) === null);
      if (empty.length === 0) continue;
      const hasDocument = columns.some(({ column }) => documents[column.route] !== null);
      const reason =
        hasDocument && !notSynced ? "unavailable" : notSynced ? "not_synced" : absence(section, documents, collected);
      if (empty.length === columns.length) found.add(section.name, day, reason);
      else for (const { column } of empty) found.add(column.name, day, reason);
    }
  }
  return found.entries();
}

/** Not worn, unless the documents at hand show that it was, or say nothing about it. */
function absence(section: Section, documents: DayDocuments, { documents: read }: Collected): MissingReason {
  const routes = (section.evidence === "night" ? nightRoutes : dayRoutes).filter((name) => read[name] !== undefined);
  if (section.evidence === "model" && routes.length === 0) return "unavailable";
  return routes.some((name) => documents[name] !== null) ? "unavailable" : "not_worn";
}

/** Sections this ring cannot measure: asked of Oura only when one came back wholly empty. */
export async function findUnsupported(
  context: ToolContext,
  sections: readonly Section[],
  collected: Collected,
): Promise<MissingEntry[]> {
  const empty = sections.filter((section) => section.routes.every((name) => collected.documents[name]?.length === 0));
  const suspects = empty.filter((section) => section.needsThirdGeneration === true);
  if (suspects.length === 0 || !context.access.oura.includes("ring_configuration")) return [];
  try {
    const rings = await context.reader.readRings();
    if (rings.length === 0) {
      return empty.map(({ name }) => ({ what: name, reason: "not_supported", detail: "no ring is set up at Ōura" }));
    }
    const old = rings.every((ring) => /^gen[12]/.test(ring.hardware_type ?? ""));
    return old ? suspects.map(({ name }) => ({ what: name, reason: "not_supported" })) : [];
  } catch (error) {
    if (error instanceof AppError) return []; // the gaps then keep their ordinary reasons
    throw error;
  }
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
