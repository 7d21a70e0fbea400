import * as z from "zod";

/** What stands in a row: text, a finite number, or null where there is a gap. */
export type Cell = string | number | null;

/** Published as anything: the columns say what stands where, and the schema of a cell repeated in every tool says nothing. */
export const cell = z.custom<Cell>((value) => value === null || typeof value === "string" || Number.isFinite(value));

/** Column names once, then rows of cells in their order. */
export const tableShape = { columns: z.array(z.string()), rows: z.array(z.array(cell)) };

const wholeTable = z.object(tableShape);

/** A table inside an answer, published as anything: it is read as the answer's own columns and rows are. */
export const table = z.custom<z.output<typeof wholeTable>>((value) => wholeTable.safeParse(value).success);
