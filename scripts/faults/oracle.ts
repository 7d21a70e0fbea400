import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { parseIsoDay } from "../../src/analytics/day.ts";
import { wornAt } from "../../src/oura/routes.ts";
import { sections } from "../../src/tools/daily-summary/sections.ts";
import { formatDay } from "../../src/words/present.ts";
import type { ToolAnswer } from "./connect-person.ts";
import { coverOf, type MissingEntry, withoutReferences } from "./cover.ts";
import { type Difference, findDifferences } from "./differences.ts";
import { failureKindOf } from "./failure-words.ts";
import type { FaultCase } from "./fault-cases.ts";
import type { FaultQuestion } from "./questions.ts";

/** Judgement of an answer under a fault. "wrong" is a defect of the product. */
export type Verdict = { kind: "right" | "partial" | "error" } | { kind: "wrong"; why: string };

/** Longest allowed duration of a call: less than an assistant's timeout. */
export const longestMilliseconds = 30_000;

export interface Circumstances {
  question: FaultQuestion;
  faultCase: FaultCase;
  /** The failing routes, or "*". */
  routes: readonly string[];
  reads: readonly string[];
  origin: string;
  reference: Record<string, unknown>;
}

const withMissing = z.object({
  missing: z
    .array(
      z.object({ what: z.string(), days: z.string().optional(), reason: z.string(), detail: z.string().optional() }),
    )
    .default([]),
});

/**
 * Compares an answer with the one without a fault. Right: the same answer. Partial: every value present is the same,
 * and `missing` names everything absent. Wrong: any new statement about the wearer (not worn, not synced, not
 * supported).
 */
export function judge(circumstances: Circumstances, answer: ToolAnswer): Verdict {
  const { question, faultCase, routes, reads, origin } = circumstances;
  if (answer.milliseconds > longestMilliseconds) return wrong(`took ${answer.milliseconds} ms`);
  switch (answer.kind) {
    case "no_answer":
      return wrong(`no answer: ${answer.text}`);
    case "error": {
      const kind = failureKindOf(answer.text, origin);
      if (kind === null) return wrong(`unknown words: ${answer.text}`);
      if (!faultCase.failures.includes(kind)) return wrong(`error ${kind}`);
      const isFair =
        kind === "needs_reconnect" ||
        routes.some((route) => route === "*" || question.needs.includes(route)) ||
        reads.every((read) => routes.includes(read));
      return isFair ? { kind: "error" } : wrong(`all is lost (${kind}) where only ${routes.join(" and ")} fails`);
    }
    case "answer":
      return judgeAnswer(circumstances, answer.content);
  }
}

function judgeAnswer({ question, faultCase, reference }: Circumstances, content: Record<string, unknown>): Verdict {
  if (isDeepStrictEqual(content, reference)) return { kind: "right" };
  if (faultCase.covered && withoutCovered(content) === withoutCovered(reference)) return { kind: "right" };
  const before = withMissing.parse(reference).missing;
  const now = withMissing.parse(content).missing;
  const added = now.filter((entry) => !before.some((known) => isDeepStrictEqual(known, entry)));
  if (faultCase.failures.length === 0 && added.length === 0 && !faultCase.emptiesValues)
    return wrong(`differs: ${firstDifference(reference, content)}`);
  const [invented] = withoutReferences(question.tool, added, before).filter(
    // With emptied values, a day's own activity record may say that the ring was mostly off.
    ({ what }) => !(faultCase.emptiesValues && what.split(", ").every((column) => activityColumns.includes(column))),
  );
  if (invented) return wrong(`says without cause: ${JSON.stringify(invented)}`);
  const isExplained = coverOf(question.tool, added);
  const isCovered = (difference: Difference) =>
    isExplained(difference) ||
    (difference.row !== null && saysUnfinished(difference.row, content)) ||
    (difference.field.startsWith("vs_") && saysFewerSigns(content)) ||
    (faultCase.unfinished === true && isUnfinished(difference, content));
  const differences = findDifferences(question.tool, reference, content);
  const retold = differences.find(
    ({ kind, row }) => kind === "changed" && row !== null && !saysUnfinished(row, content),
  );
  if (faultCase.unfinished && byDay.includes(question.tool) && retold)
    return wrong(`figures of a sleep without an end: ${JSON.stringify(retold)}`);
  const uncovered = differences.find(
    (difference) => !isCovered(difference) && !isOrdinary(question.tool, faultCase, difference, reference.today),
  );
  if (uncovered) return wrong(`silent: ${JSON.stringify(uncovered)}; added ${JSON.stringify(added).slice(0, 300)}`);
  if (!faultCase.emptiesValues && !faultCase.renames && !hasExplanation(added, reference, content))
    return wrong("something changed and nothing says so");
  return { kind: "partial" };
}

const byDay = ["oura_get_daily_summary", "oura_get_sleep_sessions"];
const analyses = [
  "oura_get_statistics",
  "oura_get_trends",
  "oura_detect_anomalies",
  "oura_compare_periods",
  "oura_find_influences",
];
const countingColumns = sections.flatMap(({ columns }) =>
  columns.filter(({ route }) => wornAt(route) === "day").map(({ name }): string => name),
);
const activityColumns = sections.flatMap(({ name, columns }) =>
  name === "activity" ? [name, ...columns.map((column): string => column.name)] : [],
);

/**
 * Whether a difference needs no entry in `missing`: Oura itself reported no value, in figures over many days, in
 * columns that are often empty, or in optional fields; or an unknown word replaced one of Oura's.
 */
function isOrdinary(
  tool: string,
  { emptiesValues, renames }: FaultCase,
  { field, kind, row }: Difference,
  today: unknown,
): boolean {
  if ((renames || emptiesValues) && tool === "oura_get_events") return true; // rows are identified by words and times
  if ((renames || emptiesValues) && analyses.includes(tool)) return true;
  // A workout of an unknown kind takes no steps, and a note says so. Its zones, and sources, stand under other words.
  if (renames && tool === "oura_get_intraday" && (renamedFields.includes(field) || zoneColumn.test(field))) return true;
  if (!emptiesValues) return false;
  if (tool === "oura_get_device") return field === "battery";
  // Without an age there are no zones, and a note says so. Without a start or an end there is no night in these hours.
  if (tool === "oura_get_intraday") return kind === "gone" && ["zones", "nights"].includes(field);
  // Today's counts are incomplete and need no entry: a note of the answer says so.
  if (kind === "gone" && row !== null && row === today && countingColumns.includes(field)) return true;
  return kind !== "new" && ["bedtime_advice", "vo2_max_ml_kg_min"].includes(field);
}

const renamedFields = ["series", "steps_estimated", "source", "moment", "zones", "start", "minutes", "measured_min"];
const zoneColumn = /^(below|zone_\d)_min$/;

/** The answer without the sentence that counts records within others. */
function withoutCovered(content: Record<string, unknown>): string {
  return JSON.stringify(content).replaceAll(/ ?[\w,]+ records? within another (is|are) not counted again\./g, "");
}

const sleepRows = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) });

/** Whether the notes say that a record of that day is not finished, so that its figures are those of the other records. */
function saysUnfinished(day: string, { notes }: Record<string, unknown>): boolean {
  const label = parseIsoDay(day);
  if (label === null || !Array.isArray(notes)) return false;
  return notes.some((note) => String(note).startsWith(`${formatDay(label)}: a record`));
}

/** Whether the notes say that differences rest on a history in which days of illness were found with fewer metrics. */
function saysFewerSigns({ notes }: Record<string, unknown>): boolean {
  return (
    Array.isArray(notes) && notes.some((note) => String(note).includes("look like illness. These are found without"))
  );
}

/** Whether the answer shows a record of that day that is still being written. */
function isUnfinished({ row }: Difference, content: Record<string, unknown>): boolean {
  const { columns, rows } = sleepRows.safeParse(content).data ?? { columns: [], rows: [] };
  return rows.some((cells) => cells[0] === row && cells[columns.indexOf("kind")] === "unfinished");
}

/** Whether `missing` has a new entry, or so little text disappeared that only words can have changed. */
function hasExplanation(
  added: readonly MissingEntry[],
  reference: Record<string, unknown>,
  content: Record<string, unknown>,
): boolean {
  return added.length > 0 || JSON.stringify(content).length >= JSON.stringify(reference).length * 0.9;
}

function firstDifference(reference: Record<string, unknown>, content: Record<string, unknown>): string {
  const key = Object.keys({ ...reference, ...content }).find(
    (name) => !isDeepStrictEqual(reference[name], content[name]),
  );
  const short = (value: unknown) => JSON.stringify(value)?.slice(0, 300);
  return key === undefined ? "?" : `${key}: ${short(reference[key])} became ${short(content[key])}`;
}

function wrong(why: string): Verdict {
  return { kind: "wrong", why };
}
