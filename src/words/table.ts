import * as z from "zod";

/** A table cell: text, a finite number, or null for a gap. */
export type Cell = string | number | null;

export const cell = z.union([z.string(), z.number(), z.null()]);

/** Column names, then rows whose cells are in the order of the columns. */
export const tableShape = { columns: z.array(z.string()), rows: z.array(z.array(cell)) };

/** A table nested in an answer. */
export const table = z.object(tableShape);
