import type { z } from "zod";

/** Differences between a route's documents and our schema. Names and types only, never a value. */
export interface Differences {
  documents: number;
  /** Documents the schema cannot read at all, such as one without its day. */
  unreadable: number;
  /** Fields of the schema that no document has. */
  absent: string[];
  /** Fields whose value the schema reads as null, with the type of the value. */
  unread: string[];
}

/**
 * Our schemas are lenient: an unexpected value becomes null and no call fails. So compare each document with its parsed
 * form. Sentinels (255 bpm, 0 % SpO2) become null on purpose: a number is no difference if the schema reads numbers of
 * the same field in other documents.
 */
export function compareDocuments(schema: z.ZodObject, rows: readonly unknown[]): Differences {
  const fields = Object.keys(schema.shape);
  const present = new Set<string>();
  const read = new Set<string>();
  const gaps = new Map<string, { field: string; type: string }>();
  let unreadable = 0;
  for (const row of rows) {
    const document =
      typeof row === "object" && row !== null ? new Map<string, unknown>(Object.entries(row)) : new Map();
    const parsed = schema.safeParse(row);
    if (!parsed.success) unreadable += 1;
    for (const field of fields.filter((name) => document.has(name))) {
      present.add(field);
      const value: unknown = document.get(field);
      if (value === null || !parsed.success) continue;
      const type = Array.isArray(value) ? "array" : typeof value;
      if (parsed.data[field] === null) gaps.set(`${field} ${type}`, { field, type });
      else read.add(field);
    }
  }
  return {
    documents: rows.length,
    unreadable,
    absent: rows.length === 0 ? [] : fields.filter((field) => !present.has(field)),
    unread: [...gaps.values()]
      .filter(({ field, type }) => type !== "number" || !read.has(field))
      .map(({ field, type }) => `${field} (${type})`),
  };
}
