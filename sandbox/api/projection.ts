import type { OuraDocument } from "../people/placed.ts";

/** In every answer, asked for or not. */
const ALWAYS = ["id", "day", "start_day"];

/** Applies `fields`. Unknown names are dropped; with no known name left, the whole document comes back. */
export function project(document: OuraDocument, fields: string | null): OuraDocument {
  if (fields === null) return document;
  const wanted = fields.split(",").map((field) => field.trim());
  if (!wanted.some((field) => Object.hasOwn(document, field))) return document;
  const kept = Object.entries(document).filter(([field]) => ALWAYS.includes(field) || wanted.includes(field));
  return Object.fromEntries(kept);
}
