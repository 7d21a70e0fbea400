import * as z from "zod";
import type { DayRange } from "../../analytics/day.ts";
import { type ChosenColumns, chooseOwn, findColumn } from "../../question/metric-names.ts";
import { type Calendar, oneRange, rangeParams, unpublishedTimezone } from "../../question/range-input.ts";
import { table, tableShape } from "../../words/table.ts";
import { baselinesOutput } from "./baselines.ts";
import { type AskedColumn, type Column, type Section, sectionNames, sections } from "./sections.ts";

/**
 * An answer with many columns covers at most this many days, a quarter of a year. A year of rows with many columns
 * would be too long to read. With at most {@link fewColumns} columns, an answer may cover a year.
 */
const mostDays = 92;
const mostDaysOfFew = 366;
const fewColumns = 3;

const allColumns: readonly AskedColumn[] = sections.flatMap((section) =>
  section.columns.map((column): AskedColumn => ({ section, column })),
);

/** The error for a column that the daily summary does not have names these tools, because they may have it. */
const elsewhere = "oura_get_statistics and oura_get_sleep_sessions";

export const dailyInput = z.strictObject({
  ...rangeParams,
  timezone: unpublishedTimezone,
  sections: z.array(z.enum(sectionNames)).min(1).optional().describe("Default: all."),
  columns: z
    .array(
      findColumn(
        allColumns.map(({ column }) => column),
        elsewhere,
      ),
    )
    .min(1)
    .optional()
    .describe("Only these, such as steps, sitting_min, to_goal_m; up to three for a year."),
  include_contributors: z
    .boolean()
    .default(false)
    .describe("What scores and resilience are made of; of a low score unasked."),
  include_baselines: z.boolean().default(false).describe("What is usual, and where end_date stands."),
  summary_only: z.boolean().default(false).describe("No rows."),
});

export const dailyOutput = {
  ...tableShape,
  baselines: baselinesOutput.optional(),
  contributors: table.optional(),
};

export type DailyInput = z.output<typeof dailyInput>;

export function readDays(input: DailyInput, calendar: Calendar): [DayRange] {
  const isFew = (chosenColumns(input).own?.length ?? Number.POSITIVE_INFINITY) <= fewColumns;
  return oneRange(input, calendar, {
    maximumDays: isFew || input.summary_only ? mostDaysOfFew : mostDays,
    instead: isFew
      ? "use oura_get_statistics"
      : `name up to ${fewColumns} columns for a year of days, or use oura_get_statistics for means, totals and records`,
  });
}

export function chosenColumns({ columns }: DailyInput): ChosenColumns {
  return chooseOwn(
    allColumns.map(({ column }) => column),
    columns,
    elsewhere,
  );
}

/** When the question covers several days, some columns are shown only if the question names them. */
export function askedColumns(input: DailyInput): AskedColumn[] {
  const { sections: names } = input;
  const { own } = chosenColumns(input);
  const isOneDay = isAboutOneDay(input);
  // The column of the bedtime status gives the reason when Oura gives no bedtime advice.
  const withReason = isOneDay && own?.includes("bedtime_advice") ? [...own, "bedtime_status"] : own;
  if (withReason !== undefined) return allColumns.filter(({ column }) => withReason.includes(column.name));
  return allColumns.filter(
    ({ section, column }) => isAsked(section, names) && (isOneDay || isForSeveralDays(column, names !== undefined)),
  );
}

function isAsked({ name }: Section, names: readonly string[] | undefined): boolean {
  return names?.includes(name) ?? true;
}

/**
 * Whether an answer about several days shows the column when the question does not name it.
 * @param isSectionNamed Whether the question names the column's section
 */
function isForSeveralDays({ onRequest }: Column, isSectionNamed: boolean): boolean {
  return onRequest === undefined || (onRequest === "section" && isSectionNamed);
}

/**
 * Whether the arguments name a single day. Only the texts of the arguments are compared, because the choice of what to
 * read must not depend on the current date. Words such as "today" are not turned into dates.
 */
export function isAboutOneDay({ start_date, end_date }: DailyInput): boolean {
  return start_date === undefined || end_date === undefined || start_date.toLowerCase() === end_date.toLowerCase();
}
