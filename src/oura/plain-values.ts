import type * as z from "zod";

type Test = (value: unknown) => boolean;

const tests = new WeakMap<z.ZodType, Test>();

/** Adds to a schema a test for plain values, which the schema returns unchanged. All other values must be parsed. */
export function withPlain<Schema extends z.ZodType>(schema: Schema, isPlain: Test): Schema {
  tests.set(schema, isPlain);
  return schema;
}

/**
 * Returns a function that reads a row in which every field is plain (see {@link withPlain}), with the result of the
 * schema but faster. For any other row it returns null, and the schema must parse the row. Nearly all rows from Oura
 * are plain, and an answer reads thousands of them.
 */
export function createPlainReader<Schema extends z.ZodObject>(
  schema: Schema,
): (row: unknown) => z.output<Schema> | null {
  const fields = Object.entries(schema.shape).map(([key, field]) => ({ key, isPlain: tests.get(field) }));
  return (row) => {
    if (typeof row !== "object" || row === null || Array.isArray(row)) return null;
    const values = row as Record<string, unknown>; // safe for any object, because the values stay unknown
    const document: Record<string, unknown> = {};
    for (const { key, isPlain } of fields) {
      const value = values[key];
      if (!isPlain?.(value)) return null;
      document[key] = value;
    }
    return document as z.output<Schema>; // the schema would return the same values
  };
}
