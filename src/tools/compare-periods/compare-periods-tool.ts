import * as z from "zod";
import { metricIds, metrics } from "../../oura/metrics.ts";
import { defineTool } from "../../question/define-tool.ts";
import { explainMissing } from "../../question/gaps.ts";
import { askedMetrics, metricScopes, metricsParam, readableMetrics, readMetrics } from "../../question/metric-reads.ts";
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
    "Two periods against each other, such as this month and last or before and after a change: for each metric " +
    "both means, the difference with its 95 % interval, and the effect size. For the course over time use " +
    "oura_get_trends.",
  input: z.strictObject({
    last_days: z.number().int().min(7).max(184).optional().describe("Days in the period. Default: 28."),
    start_date: rangeParams.start_date.describe("YYYY-MM-DD, today or yesterday; instead of last_days."),
    end_date: rangeParams.end_date.describe("Default: today."),
    compare_start_date: rangeParams.start_date.describe(
      "First day of the other period. Default: as many days right before.",
    ),
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
  scopes: metricScopes(metricIds),
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
