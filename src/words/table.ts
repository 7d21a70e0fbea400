import * as z from "zod";

export type Cell = string | number | null;

export const cell = z.union([z.string(), z.number(), z.null()]);

/** The cells of a row are in the order of the columns. */
export const tableShape = { columns: z.array(z.string()), rows: z.array(z.array(cell)) };

/** A table that an answer has in addition to its main table. */
export const table = z.object(tableShape);
