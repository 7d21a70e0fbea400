import * as z from "zod";
import { metrics } from "../../oura/metrics.ts";
import { defineTool } from "../../question/define-tool.ts";
import { explainMissing } from "../../question/gaps.ts";
import { askedMetrics, metricsParam, readableMetrics, readMetrics } from "../../question/metric-reads.ts";
import { rangeParams } from "../../question/range-input.ts";
import { joinSentences } from "../../words/present.ts";
import { tableShape } from "../../words/table.ts";
import { resolvePeriods } from "./compared-periods.ts";
import { compareMetrics, comparisonColumns, describeComparison, sayChance, sayWeekdayMix } from "./comparison-table.ts";
import { summarizePeriods } from "./summarize-periods.ts";

export const comparePeriodsTool = defineTool({
  name: "oura_compare_periods",
  title: "Ōura periods compared",
  description:
    "Two date ranges next to each other: before and after a change, one month versus another, this time last year " +
    "versus now, a holiday against the weeks before. Per metric the difference with a 95 % interval and effect " +
    "size, days on each side. For the course use oura_get_trends.",
  input: z.strictObject({
    last_days: z.number().int().min(7).max(184).optional().describe("Length of the period. Default: 28."),
    start_date: rangeParams.start_date.describe("First day, instead of last_days."),
    end_date: rangeParams.end_date.describe("Default: today."),
    compare_start_date: rangeParams.start_date.describe("The other period. Default: as many days before."),
    compare_end_date: rangeParams.end_date.describe("Its last day."),
    metrics: metricsParam,
    timezone: rangeParams.timezone,
  }),
  output: {
    /** "2026-10-24..2026-11-20" */
    period: z.string(),
    compared_with: z.string(),
    ...tableShape,
  },
  scopes: ["daily", "spo2", "stress"],
  days(input, calendar) {
    const { after, before } = resolvePeriods(input, calendar);
    return [after, before];
  },
  reads: ({ metrics: asked }) => ({ documents: readMetrics(askedMetrics(asked), { daysAreGaps: true }) }),
  answer({ input, ranges: [after, before], today, data: { documents }, gaps }) {
    const ids = readableMetrics(askedMetrics(input.metrics), documents);
    const measurable = ids.filter((id) => !gaps.unmeasurable.names.has(id));
    const compared = compareMetrics(measurable, documents, { after, before }, today);
    return {
      summary: joinSentences(summarizePeriods({ after, before }, compared), explainMissing(gaps.unmeasurable.entries)),
      period: `${after.start}..${after.end}`,
      compared_with: `${before.start}..${before.end}`,
      columns: comparisonColumns,
      rows: compared.map(describeComparison),
      notes: [
        "difference: period minus compared_with, of plain means; low to high: its 95 % interval, allowing for days that resemble the day before; hedges_g: in standard deviations.",
        ...sayChance(compared),
        ...sayWeekdayMix(compared),
        ...(after.end === today && measurable.some((id) => metrics[id].measured === "day")
          ? ["Today's activity and stress are still counting and left out."]
          : []),
      ],
    };
  },
});
