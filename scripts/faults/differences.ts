import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { unknownWord } from "./fault-cases.ts";

export interface Difference {
  /** Column of a table, or name of a field. */
  field: string;
  /** First cell of the table's row; null outside tables. */
  row: string | null;
  kind: "gone" | "changed" | "new";
}

const table = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) });
/** Text fields, not compared: their facts are also in the other fields. */
const words = ["summary", "missing", "notes"];

/**
 * Cells by row and column; a row is identified by its first cell, or by its first three cells if that is not unique.
 */
export function findDifferences(
  tool: string,
  reference: Record<string, unknown>,
  content: Record<string, unknown>,
): Difference[] {
  const differences: Difference[] = [];
  if ("rows" in reference) differences.push(...compareTables(tool, reference, content));
  for (const name of Object.keys({ ...reference, ...content })) {
    if (words.includes(name) || name === "columns" || name === "rows") continue;
    const [before, now] = [reference[name], content[name]];
    if (isSameButWords(before, now)) continue;
    if (table.safeParse(before).success) differences.push(...compareTables(tool, before, now, name));
    else
      differences.push({
        field: name,
        row: null,
        kind: now === undefined ? "gone" : before === undefined ? "new" : "changed",
      });
  }
  return differences;
}

function compareTables(tool: string, before: unknown, now: unknown, name = "row"): Difference[] {
  const reference = table.parse(before);
  const content = table.safeParse(now).data;
  if (!content) return [{ field: name, row: null, kind: "gone" }];
  const named = tool === "oura_get_sleep_sessions" || tool === "oura_get_events" ? 3 : 1;
  const keyLength = named + (reference.columns[1] === "weekday" ? 1 : 0);
  const [old, current] = [index(reference, keyLength), index(content, keyLength)];
  // Rows that are identified by one of Oura's words may now be identified by the unknown word, or by "other" in its place.
  if (current.has(unknownWord) || (current.has("other") && !old.has("other"))) return [];
  const differences: Difference[] = [];
  for (const [key, cells] of old) {
    const row = key.split("|")[0] ?? key;
    const others = current.get(key);
    if (!others) {
      differences.push({ field: name, row, kind: "gone" });
      continue;
    }
    const known = new Map([...cells].filter(([, value]) => value !== null));
    const isQuoted = isQuotation(others.get("wearer_text"));
    const fewer = isFewer(known.get("n"), others.get("n"));
    for (const [field, value] of known) {
      const other = others.get(field) ?? null;
      if (isDeepStrictEqual(value, other) || isNewWord(other) || fewer) continue;
      if (isQuoted && isOther(other)) continue;
      differences.push({ field, row, kind: other === null ? "gone" : "changed" });
    }
    for (const [field, value] of others)
      if (value !== null && !(isQuoted && field === "wearer_text") && !known.has(field) && !fewer)
        differences.push({ field, row, kind: "new" });
  }
  for (const key of current.keys()) {
    const row = key.split("|")[0] ?? key;
    if (!old.has(key) && row !== unknownWord) differences.push({ field: name, row, kind: "new" });
  }
  return differences;
}

/** Whether values are equal except where the unknown word appears. */
function isSameButWords(before: unknown, now: unknown): boolean {
  if (isDeepStrictEqual(before, now) || isNewWord(now)) return true;
  if (typeof before !== "object" || typeof now !== "object" || before === null || now === null) return false;
  const keys = Object.keys({ ...before, ...now });
  const isQuoted = quotesNewWord(now);
  return keys.every((key) => {
    const value: unknown = Reflect.get(now, key);
    if (isQuoted && (value === null || key === "wearer_text")) return true;
    return isSameButWords(Reflect.get(before, key), value);
  });
}

/** Whether an object quotes the unknown word in place of fields that hold only words that are known. */
function quotesNewWord(value: object): boolean {
  return isQuotation(Reflect.get(value, "wearer_text"));
}

function isQuotation(quoted: unknown): boolean {
  return typeof quoted === "string" && quoted.includes(unknownWord.replaceAll("_", " "));
}

/** Whether a cell says "other", alone or after a time, in place of a word that is quoted beside it. */
function isOther(value: unknown): boolean {
  return typeof value === "string" && /(?:^| )other$/.test(value);
}

/** Whether a cell shows the unknown word, alone or with other text. */
function isNewWord(value: unknown): boolean {
  return typeof value === "string" && value.endsWith(unknownWord);
}

/** Whether figures are based on fewer measurements and report that count: such an answer differs but is not wrong. */
function isFewer(before: unknown, now: unknown): boolean {
  return typeof before === "number" && typeof now === "number" && now < before;
}

function index({ columns, rows }: z.output<typeof table>, keyLength: number): Map<string, Map<string, unknown>> {
  return new Map(
    rows.map((row) => [
      row.slice(0, keyLength).join("|"),
      new Map(columns.map((column, position) => [column, row[position] ?? null])),
    ]),
  );
}
