import type { OuraDocument } from "../people/placed.ts";

/** Fields in every answer, even if not requested. */
const ALWAYS = ["id", "day", "start_day"];

/**
 * What `fields` leaves of a document. Unknown names are dropped; if no name is known, the whole document is returned.
 * A field that is not wanted is not read: some are made when they are read.
 */
export function projection(fields: string | null): (document: OuraDocument) => OuraDocument {
  if (fields === null) return (document) => document;
  const wanted = new Set(fields.split(",").map((field) => field.trim()));
  const kept = new Set([...wanted, ...ALWAYS]);
  return (document) => {
    const names = Object.keys(document);
    if (!names.some((field) => wanted.has(field))) return document;
    const projected: Record<string, unknown> = {};
    for (const field of names) if (kept.has(field)) projected[field] = document[field];
    return projected;
  };
}
