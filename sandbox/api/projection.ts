import type { OuraDocument } from "../people/placed.ts";

/** Fields in every answer, even if not requested. */
const ALWAYS = ["id", "day", "start_day"];

/** Applies `fields`. Unknown names are dropped; if no name is known, the whole document is returned. */
export function project(document: OuraDocument, fields: string | null): OuraDocument {
  if (fields === null) return document;
  const wanted = fields.split(",").map((field) => field.trim());
  if (!wanted.some((field) => Object.hasOwn(document, field))) return document;
  const kept = Object.entries(document).filter(([field]) => ALWAYS.includes(field) || wanted.includes(field));
  return Object.fromEntries(kept);
}
