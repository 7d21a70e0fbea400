import { z } from "zod";

const cell = z.union([z.string(), z.number(), z.null()]);
const table = z.object({ columns: z.array(z.string()), rows: z.array(z.array(cell)) });

export type Cell = z.output<typeof cell>;
export type Row = Readonly<Record<string, Cell>>;

/** The rows of a table in an answer, each cell under its column's name. */
export function rowsOf(answer: unknown): Row[] {
  const { columns, rows } = table.parse(answer);
  return rows.map((cells) => Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? null])));
}

/** A table inside an answer: `series`, `by_day`, `baselines`… */
export function rowsAt(answer: unknown, key: string): Row[] {
  return rowsOf(z.record(z.string(), z.unknown()).parse(answer)[key]);
}

export function numberIn(row: Row | undefined, column: string): number {
  return z.number().parse(row?.[column]);
}

export function textIn(row: Row | undefined, column: string): string {
  return z.string().parse(row?.[column]);
}

/** The row with the highest value, the first of several; rows without a value do not take part. */
export function highestRow(rows: readonly Row[], column: string): Row {
  const [first, ...rest] = rows.filter((row) => row[column] !== null);
  if (!first) throw new Error(`no value in ${column}`);
  return rest.reduce((best, row) => (numberIn(row, column) > numberIn(best, column) ? row : best), first);
}

const missing = z.object({
  missing: z.array(z.object({ what: z.string(), days: z.string().optional(), reason: z.string() })),
});

export function missingIn(answer: unknown) {
  return missing.parse(answer).missing;
}
