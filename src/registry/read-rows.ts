import * as z from "zod/mini";

/**
 * Runs a query and returns its rows, parsed with the schema. SQLite does not check the types of stored values, so a
 * damaged row is found here. The error does not contain the row.
 */
export function readRows<Row>(
  sql: SqlStorage,
  row: z.ZodMiniType<Row>,
  query: string,
  ...bindings: readonly SqlStorageValue[]
): Row[] {
  return z.array(row).parse(sql.exec(query, ...bindings).toArray());
}

const countRow = z.object({ n: z.number() });

/** @param query selects one number with the name `n` */
export function readCount(sql: SqlStorage, query: string, ...bindings: readonly SqlStorageValue[]): number {
  return countRow.parse(sql.exec(query, ...bindings).one()).n;
}
