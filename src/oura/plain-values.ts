import type * as z from "zod";

type Test = (value: unknown) => boolean;

const tests = new WeakMap<z.ZodType, Test>();

/** Says which values a schema gives back as they are. A value that fails the test may still be one of them. */
export function withPlain<Schema extends z.ZodType>(schema: Schema, isPlain: Test): Schema {
  tests.set(schema, isPlain);
  return schema;
}

/**
 * Returns a function that reads a row in which every field is plain ({@link withPlain}), like the schema; null for any other
 * row, which the schema has to parse. Nearly every row of Oura is plain, and to test a row takes a fraction of the time and the
 * garbage of parsing it. An answer reads up to ten thousand.
 */
export function createPlainReader<Schema extends z.ZodObject>(
  schema: Schema,
): (row: unknown) => z.output<Schema> | null {
  const fields = Object.entries(schema.shape).map(([key, field]) => ({ key, isPlain: tests.get(field) }));
  return (row) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) return null;
    const values = row as Record<string, unknown>; // safe for any object: values stay unknown
    const document: Record<string, unknown> = {};
    for (const { key, isPlain } of fields) {
      const value = values[key];
      if (!isPlain?.(value)) return null;
      document[key] = value;
    }
    return document as z.output<Schema>; // the schema would give back each of these values
  };
}
