import { sections } from "../../src/tools/daily-summary/sections.ts";
import type { Difference } from "./differences.ts";

export interface MissingEntry {
  what: string;
  days?: string | undefined;
  reason: string;
  detail?: string | undefined;
}

/** Reasons that are statements about the wearer or their ring. */
const observations = ["not_worn", "not_synced", "not_supported", "no_ring"];

const columnsOf = new Map<string, readonly string[]>(
  sections.map((section) => [section.name, section.columns.map(({ name }) => name)]),
);

/** The columns an entry of `missing` refers to; sections are expanded into their columns. */
function subjects(entry: MissingEntry): string[] {
  return entry.what.split(", ").flatMap((what) => [what, ...(columnsOf.get(what) ?? [])]);
}

/** A long list of days is counted: "57 days from 2024-12-03 to 2026-11-18". */
const countedDays = /^\d+ days from (\S+) to (\S+)$/;

/**
 * Whether the days of an entry ("2026-11-01, 2026-11-04..2026-11-06") include `day`. Of counted days, only the first and
 * the last are known, so every day between them is taken to be included.
 */
function includesDay({ days }: MissingEntry, day: string): boolean {
  if (days === undefined) return true;
  const [, from, to] = countedDays.exec(days) ?? [];
  if (from !== undefined && to !== undefined) return day >= from && day <= to;
  return days.split(", ").some((span) => {
    const [first = "", last = first] = span.split("..");
    return day >= first && day <= last;
  });
}

/** Of counted days, the first and the last. */
function listDaysOf({ days: text }: MissingEntry): string[] {
  if (text === undefined) return ["*"];
  const counted = countedDays.exec(text);
  if (counted) return counted.slice(1);
  return text.split(", ").flatMap((span) => {
    const [first = "", last = first] = span.split("..");
    const days: string[] = [];
    for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000)
      days.push(new Date(at).toISOString().slice(0, 10));
    return days;
  });
}

/** Entries with a statement about the wearer that the answer without the fault does not make. */
export function withoutReferences(
  tool: string,
  added: readonly MissingEntry[],
  before: readonly MissingEntry[],
): MissingEntry[] {
  const isSection = tool === "oura_get_daily_summary";
  const isKnown = (reason: string, subject: string, day: string) =>
    before.some((entry) => {
      if (entry.reason !== reason) return false;
      return subjects(entry).includes(subject) && (day === "*" ? entry.days === undefined : includesDay(entry, day));
    });
  return added.filter((entry) => {
    if (!observations.includes(entry.reason)) return false;
    const named = isSection ? subjects(entry).filter((subject) => !columnsOf.has(subject)) : subjects(entry);
    return named.some((subject) => listDaysOf(entry).some((day) => !isKnown(entry.reason, subject, day)));
  });
}

/** Whether the entries a fault added to `missing` explain a difference. */
export function coverOf(tool: string, added: readonly MissingEntry[]): (difference: Difference) => boolean {
  const isAnything = added.some(({ what }) => what.startsWith("records") || what === "short nights");
  return (difference) => {
    if (isAnything) return true;
    return added.some((entry) => covers(tool, entry, difference));
  };
}

const chargeColumns = ["start", "end", "from_pct", "to_pct"];

function covers(tool: string, entry: MissingEntry, { field, row }: Difference): boolean {
  const named = subjects(entry);
  switch (tool) {
    case "oura_get_daily_summary":
      if (field === "baselines" || row === null) return true;
      // Rows of usual ranges are identified by their metric, not by a day.
      return named.includes(row) || (named.includes(field) && includesDay(entry, row));
    case "oura_get_sleep_sessions":
      return row === null || ((named.includes(field) || named.includes("night")) && includesDay(entry, row));
    case "oura_get_trends":
      // Days of illness are found with the metrics read as context. Without one, the history holds other days.
      return (
        row === null ||
        named.includes(row) ||
        named.includes(field) ||
        (field.startsWith("vs_") && named.some((what) => what.endsWith(" as context")))
      );
    case "oura_get_device":
      return named.some(
        (what) =>
          field.startsWith(what.split(" ")[0] ?? what) ||
          (what.startsWith("battery") && chargeColumns.includes(field)) ||
          // Each ring has the last night that it recorded.
          (what === "the ring of each night" && field === "rings"),
      );
    default:
      return true;
  }
}
