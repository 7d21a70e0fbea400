import * as z from "zod";

/** A table cell: text, a finite number, or null for a gap. */
export type Cell = string | number | null;

/** Any value in the published schema: a cell's schema would be repeated in every tool and tell a model nothing. */
export const cell = z.custom<Cell>((value) => value === null || typeof value === "string" || Number.isFinite(value));

/** Column names, then rows whose cells are in the order of the columns. */
export const tableShape = { columns: z.array(z.string()), rows: z.array(z.array(cell)) };

const wholeTable = z.object(tableShape);

/** A table nested in an answer. Any value in the published schema: it has the same form as the answer's own table. */
export const table = z.custom<z.output<typeof wholeTable>>((value) => wholeTable.safeParse(value).success);
