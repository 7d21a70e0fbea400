import * as z from "zod";

/** A table cell: text, a finite number, or null for a missing value. */
export type Cell = string | number | null;

export const cell = z.union([z.string(), z.number(), z.null()]);

/** The names of the columns, and rows whose cells are in the order of the columns. */
export const tableShape = { columns: z.array(z.string()), rows: z.array(z.array(cell)) };

/** A further table in a field of its own, for an answer that has more than its main table. */
export const table = z.object(tableShape);
