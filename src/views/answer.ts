import type { Picture } from "../words/pictures.ts";
import { at, isObject, objectAt } from "./is-object.ts";

export type Cell = string | number | null;

export interface Table {
  name: string;
  columns: readonly string[];
  rows: readonly (readonly Cell[])[];
}

/** A tool's result as the view draws it. A field that the result lacks is empty or null. */
export interface Answer {
  /** For a failed call, the text says why it failed. */
  summary: string;
  failed: boolean;
  fields: Record<string, unknown>;
  tables: readonly Table[];
  picture: Picture | null;
}

export function readAnswer(result: Record<string, unknown>): Answer {
  const fields = objectAt(result, "structuredContent");
  const blocks = isList(result.content) ? result.content : [];
  const text = blocks.map((block) => at(block, "text")).find((one) => typeof one === "string");
  const picture = at(result, "_meta", "ringbridge/picture");
  return {
    summary: typeof fields.summary === "string" ? fields.summary : (text ?? ""),
    failed: result.isError === true,
    fields,
    tables: findTables(fields),
    picture: isPicture(picture) ? picture : null,
  };
}

/** The lists that each kind of picture has. */
const listsOf = {
  night: ["sleeps"],
  day: ["values", "sourceOf", "sources", "spells"],
  trend: ["metrics"],
  anomalies: ["metrics", "together"],
  groups: ["metrics"],
  ranked: ["ranked"],
  contributors: ["scores"],
  around: ["metrics"],
} satisfies Record<Picture["kind"], readonly string[]>;

/**
 * Checks that the picture has a known kind and the lists that are drawn. What the lists contain is not checked, because
 * only this server's tools write `ringbridge/picture`. If another version of the server sent a kind of picture that
 * this view does not know, the view shows the answer as tables.
 */
function isPicture(value: unknown): value is Picture {
  if (!isObject(value) || typeof value.kind !== "string" || !Object.hasOwn(listsOf, value.kind)) return false;
  const lists: readonly string[] = listsOf[value.kind as Picture["kind"]]; // the kinds are the keys of listsOf
  return lists.every((name) => Array.isArray(value[name]));
}

function isCell(value: unknown): value is Cell {
  return value === null || typeof value === "string" || typeof value === "number";
}

/** An array with elements of unknown type. Array.isArray alone would give them the type `any`. */
function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isRow(value: unknown): value is readonly Cell[] {
  return isList(value) && value.every(isCell);
}

/**
 * Finds every object with `columns` and `rows`, and the list of unusual days. Each table gets a name for people to
 * read.
 */
function findTables(fields: Record<string, unknown>): Table[] {
  const found: Table[] = [];
  const add = (name: string, value: unknown, columns = isObject(value) ? value.columns : null) => {
    if (!isObject(value) || !isList(columns) || !isList(value.rows) || value.rows.length === 0) return;
    if (columns.every((column) => typeof column === "string") && value.rows.every(isRow))
      found.push({ name, columns, rows: value.rows });
  };
  add("Figures", fields);
  add("Through the day", fields.series);
  add("By what you were doing", fields.by_source);
  add("By day", fields.by_day);
  add("Rolling mean", fields.course);
  add("Days around it", fields.around);
  add("Back to usual", fields.recovery);
  add("Contributors", fields.contributors);
  add("Usual before", fields.baselines);
  add("Days in order", fields.ranked);
  add("Levels", fields.levels);
  add("More than ordinary ups and downs", fields.differences);
  for (const [name, value] of [
    ["Matching days", fields.matches],
    ["Runs", fields.streak],
    ["Pattern", fields.figures],
  ] as const) {
    if (isObject(value)) add(name, { columns: ["figure", "value"], rows: Object.entries(value) });
  }
  const course = fields.time_series;
  if (isObject(course) && isList(course.sleeps)) {
    for (const sleep of course.sleeps) {
      if (isObject(sleep)) add(`${sleep.kind === "nap" ? "Nap" : "Night"} ${sleep.day}`, sleep, course.columns);
    }
  }
  if (isList(fields.unusual)) {
    const rows = fields.unusual.filter(isObject).map(({ from, to, text }) => [from, to, text]);
    add("Unusual days", { columns: ["from", "to", "what"], rows });
  }
  return found;
}

export function cellsOf({ columns }: Table, row: readonly Cell[]): Record<string, Cell> {
  return Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]));
}

export function rowsOf(answer: Answer, name = "Figures"): Record<string, Cell>[] {
  const table = answer.tables.find((candidate) => candidate.name === name);
  return table ? table.rows.map((row) => cellsOf(table, row)) : [];
}
