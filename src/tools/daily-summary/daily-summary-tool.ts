import * as z from "zod";
import { type IsoDay, isWithin, listDays } from "../../analytics/day.ts";
import { defineTool } from "../../question/define-tool.ts";
import { oneRange, rangeParams, unpublishedTimezone } from "../../question/range-input.ts";
import { byRoutes } from "../../question/reads.ts";
import { formatDay, joinSentences } from "../../words/present.ts";
import { type Cell, tableShape } from "../../words/table.ts";
import { baselinesOutput, baselineTable, describeBaselines, reachBack, sayStandings } from "./baselines.ts";
import { noteNights } from "./note-nights.ts";
import {
  type Column,
  indexByDay,
  isStillCounting,
  quoteUnknown,
  readsOf,
  type Section,
  sectionNames,
  sections,
} from "./sections.ts";
import { summarizeDays } from "./summarize-days.ts";

const limits = { maximumDays: 92 };

export const dailySummaryTool = defineTool({
  name: "oura_get_daily_summary",
  title: "Ōura daily summary",
  description:
    "One row per day, up to 92 days: scores, sleep and its stages, temperature deviation, steps, calories, active " +
    "minutes, stress, recovery, blood oxygen, resilience, cardiovascular age, VO2 max, Ōura's bedtime advice. Start " +
    "here for one day. Bed times, night heart rate and HRV: oura_get_sleep_sessions.",
  input: z.strictObject({
    ...rangeParams,
    timezone: unpublishedTimezone,
    sections: z.array(z.enum(sectionNames)).min(1).optional().describe("Default: all."),
    include_baselines: z
      .boolean()
      .default(false)
      .describe("What is usual (the 28 days before), and where end_date stands."),
  }),
  output: { ...tableShape, baselines: baselinesOutput.optional() },
  scopes: ["daily", "spo2", "stress", "heart_health"],
  days: (input, calendar) => oneRange(input, calendar, limits),
  dayFields: ["start_date", "end_date", "today", "utc_offset"],
  reads: (input) => ({
    documents: byRoutes(
      "essential",
      readsOf(sectionsOf(input), ({ upToToday }) => (input.include_baselines ? reachBack(upToToday) : upToToday)),
    ),
  }),
  answer({ input, range, today, data: { documents }, gaps }) {
    const documentsOn = indexByDay(documents);
    const valueOn = (column: Column, day: IsoDay) => column.value(documentsOn(column, day));
    const days = listDays(range);
    const measured = sectionsOf(input)
      .flatMap(({ columns }): readonly Column[] => columns)
      .filter(({ name, route }) => documents[route] !== undefined && !gaps.unmeasurable.names.has(name));
    const { shown, notes } = chooseColumns(measured, days, valueOn);
    const quoted = quoteUnknown(measured, days, documentsOn);
    const rows = days.map((day) => ({ day, values: shown.map((column) => valueOn(column, day)) }));
    const nights = (documents.sleep ?? []).filter(({ day }) => isWithin(day, range));
    const standings = input.include_baselines ? describeBaselines(documents, range.end, today) : [];
    return {
      summary: joinSentences(
        summarizeDays({
          today,
          shown,
          rows,
          missing: gaps.entries,
          activity: documents.daily_activity ?? [],
          sleep: documents.sleep ?? [],
        }),
        sayStandings(range.end, standings),
      ),
      columns: ["day", ...shown.map(({ name }) => name), ...quoted.columns],
      rows: rows.map(({ day, values }, index) => [day, ...values, ...(quoted.cells[index] ?? [])]),
      ...(input.include_baselines ? { baselines: baselineTable(range.end, standings) } : {}),
      notes: [
        ...notes,
        ...noteNights(nights),
        ...quoted.notes,
        ...(shown.some((column) => isStillCounting(column, range.end, today))
          ? [`Activity and stress of ${formatDay(today)} are still counting; means leave them out.`]
          : []),
      ],
    };
  },
});

function sectionsOf({ sections: names }: { sections?: readonly string[] | undefined }): Section[] {
  return sections.filter(({ name }) => names?.includes(name) ?? true);
}

/**
 * The columns of the rows. A sparse column with few values becomes a note that lists its values with their days,
 * because as a column it would be mostly null.
 */
function chooseColumns(
  columns: readonly Column[],
  days: readonly IsoDay[],
  valueOn: (column: Column, day: IsoDay) => Cell,
): { shown: Column[]; notes: string[] } {
  const shown: Column[] = [];
  const notes = new Set<string>();
  for (const column of columns) {
    if (column.sparse !== undefined) {
      notes.add(column.sparse);
      const values = days.flatMap((day) => {
        const value = valueOn(column, day);
        return value === null ? [] : [`${value} on ${day}`];
      });
      const isFilled = values.length > 0 && values.length >= days.length * leastFilled;
      if (values.length > 0 && !isFilled) notes.add(`${column.name}: ${values.join(", ")}.`);
      if (!isFilled) continue;
    }
    shown.push(column);
  }
  return { shown, notes: [...notes] };
}

/** A sparse column is shown when at least this share of its days has a value. */
const leastFilled = 0.25;
