import * as z from "zod";
import { metricIds } from "../../oura/metrics.ts";
import { defineTool } from "../../question/define-tool.ts";
import { metricScopes } from "../../question/metric-reads.ts";
import { cell, table, tableShape } from "../../words/table.ts";
import { answerMetrics } from "./answer-metrics.ts";
import { answerPattern } from "./answer-pattern.ts";
import { sayRings } from "./notes.ts";
import { readDays, statisticsInput } from "./statistics-input.ts";
import { statisticsReads } from "./statistics-reads.ts";

const figures = z.record(z.string(), cell);

export const statisticsTool = defineTool({
  name: "oura_get_statistics",
  title: "Ōura statistics",
  description:
    "Up to six metrics over up to six years: mean, median, quartiles, SD, sum, lowest and highest with their days, also by " +
    "weekday, week, month or year. Of one metric: days above or below a value, longest run, best or worst days. " +
    "Or, with pattern and no metrics, a pattern of sleep.",
  input: statisticsInput,
  output: {
    units: z.record(z.string(), z.string()).optional(),
    columns: tableShape.columns.optional(),
    rows: tableShape.rows.optional(),
    /** The number of days of each level of a metric such as resilience. */
    levels: table.optional(),
    partial_groups: z.array(z.string()).optional(),
    differences: table.optional(),
    matches: figures.optional(),
    streak: figures.optional(),
    ranked: table.optional(),
    figures: figures.optional(),
  },
  scopes: metricScopes(metricIds),
  partScopes: { ring_configuration: "the note on a new ring" },
  hasPicture: true,
  days: readDays,
  countsMissingDays: true,
  countsFromFirst: ({ pattern }) => pattern === undefined,
  dayFields: ["start_date", "end_date"],
  reads: statisticsReads,
  answer({ input, range, today, data, gaps, draw }) {
    const { summary, notes, ...lists } =
      input.pattern === undefined
        ? answerMetrics(input, data, { range, today, gaps, draw })
        : answerPattern(input.pattern, input, data, range);
    return { summary, ...(input.summary_only ? {} : lists), notes: [...notes, ...sayRings(data.rings, range)] };
  },
});
