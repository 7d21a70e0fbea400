import { type DayRange, type IsoDay, isWithin, listDays } from "../../analytics/day.ts";
import type { MissingEntry } from "../../question/missing-entries.ts";
import type { DocumentsByRoute } from "../../question/reads.ts";
import { formatDay, withWeekday } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import { noteNights } from "./note-nights.ts";
import {
  type AskedColumn,
  bedtimeFound,
  type Column,
  indexByDay,
  isStillCounting,
  quoteUnknown,
  type SummaryRouteName,
} from "./sections.ts";

export interface DailyTable {
  /** The columns that could be read and that the wearer's ring can measure. */
  measured: readonly Column[];
  shown: readonly Column[];
  rows: readonly { day: IsoDay; values: readonly Cell[] }[];
  /** `read` returns null for a value that is not final, such as today's activity and stress. */
  finalDays: readonly { day: IsoDay; read(column: Column): Cell }[];
  table: { columns: string[]; rows: Cell[][] };
  notes: readonly string[];
}

interface Laid {
  asked: readonly AskedColumn[];
  documents: DocumentsByRoute<SummaryRouteName>;
  range: DayRange;
  today: IsoDay;
  unmeasurable: ReadonlySet<string>;
}

export function layOutDays({ asked, documents, range, today, unmeasurable }: Laid): DailyTable {
  const documentsOn = indexByDay(documents);
  const valueOn = (column: Column, day: IsoDay) => column.value(documentsOn(column, day));
  const days = listDays(range);
  const measured = asked
    .map(({ column }) => column)
    .filter(({ name, route }) => documents[route] !== undefined && !unmeasurable.has(name));
  const { shown, notes } = chooseColumns(measured, days, valueOn);
  const quoted = quoteUnknown(measured, days, documentsOn);
  const rows = days.map((day) => ({ day, values: shown.map((column) => valueOn(column, day)) }));
  return {
    measured,
    shown,
    rows,
    finalDays: days.map((day) => ({
      day,
      read: (column) => (isStillCounting(column, day, today) ? null : valueOn(column, day)),
    })),
    table: withWeekday({
      columns: ["day", ...shown.map(({ name }) => name), ...quoted.columns],
      rows: rows.map(({ day, values }, index) => [day, ...values, ...(quoted.cells[index] ?? [])]),
    }),
    notes: [
      ...notes,
      ...noteNights((documents.sleep ?? []).filter(({ day }) => isWithin(day, range))),
      ...quoted.notes,
    ],
  };
}

/**
 * A sparse column (one that is empty on most days) is left out if it has only a few values. A note lists the values of
 * such a column with their days.
 */
function chooseColumns(
  columns: readonly Column[],
  days: readonly IsoDay[],
  valueOn: (column: Column, day: IsoDay) => Cell,
): { shown: Column[]; notes: string[] } {
  const shown: Column[] = [];
  const notes = new Set<string>();
  const [only, ...others] = days;
  // If `bedtime_status` gives the reason why there is no bedtime advice, the general note about missing advice is not
  // needed.
  const hasReason =
    only !== undefined &&
    others.length === 0 &&
    columns.some((column) => column.name === "bedtime_status" && valueOn(column, only) !== null);
  for (const column of columns) {
    if (column.sparse !== undefined) {
      const values = days.flatMap((day) => {
        const value = valueOn(column, day);
        return value === null ? [] : [`${value} on ${formatDay(day)}`];
      });
      const isExplained = hasReason && column.name === "bedtime_advice";
      if (column.sparse !== "" && values.length < days.length && !isExplained) notes.add(column.sparse);
      const isFilled = values.length > 0 && values.length >= days.length * leastFilled;
      if (values.length > 0 && !isFilled) notes.add(`${column.name}: ${values.join(", ")}.`);
      if (!isFilled) continue;
    }
    shown.push(column);
  }
  return { shown, notes: [...notes] };
}

/**
 * On most days, Oura gives neither advice about the bedtime nor a reason why there is none. If Oura gives a reason on a
 * single requested day, the answer's `missing` list gets an entry with this reason.
 */
export function findNoAdvice({ measured, finalDays }: DailyTable): MissingEntry[] {
  const [only, ...others] = finalDays;
  const read = (name: string) => {
    const column = measured.find((one) => one.name === name);
    return only && others.length === 0 && column ? only.read(column) : null;
  };
  const status = read("bedtime_status");
  if (!only || typeof status !== "string" || status === bedtimeFound || read("bedtime_advice") !== null) return [];
  return [{ what: "bedtime_advice", days: only.day, reason: "unavailable", detail: `Ōura's reason: ${status}` }];
}

/** A sparse column (one that is empty on most days) is shown when at least this share of the days has a value. */
const leastFilled = 0.25;
