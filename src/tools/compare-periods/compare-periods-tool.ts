import * as z from "zod";
import { metricIds } from "../../oura/metrics.ts";
import { comparisonReach, comparisonReads, explainIllnessSearch } from "../../question/comparison-history.ts";
import { defineTool } from "../../question/define-tool.ts";
import { askedMetrics, metricScopes, metricsParamAsInTrends, readableMetrics } from "../../question/metric-reads.ts";
import { rangeParams, unpublishedTimezone } from "../../question/range-input.ts";
import { noteSparse } from "../../words/metric-words.ts";
import { tableShape } from "../../words/table.ts";
import { partners, resolvePeriods } from "./compared-periods.ts";
import {
  compareMetrics,
  explainComparison,
  sayChance,
  sayOtherPeriods,
  sayWeekdayMix,
  tabulateComparisons,
} from "./comparison-table.ts";
import { summarizePeriods } from "./summarize-periods.ts";

export const comparePeriodsTool = defineTool({
  name: "oura_compare_periods",
  title: "Ōura periods compared",
  description:
    "Two periods, such as this month and last, or before and after a change: the means of each metric, plain and " +
    "weekday-adjusted, their difference with its 95 % interval, and which would show. Three days are enough.",
  input: z.strictObject({
    last_days: z.number().int().min(3).max(184).optional().describe("3 to 184. Default: 28."),
    start_date: rangeParams.start_date.describe("Instead of last_days."),
    end_date: rangeParams.end_date.describe("Default: today."),
    compare_start_date: rangeParams.start_date.describe("The other period."),
    compare_end_date: rangeParams.end_date.describe("Its last day."),
    compare_with: z
      .enum(partners)
      .optional()
      .describe("previous: as many days right before; month: the 28 before (default under 14 days)."),
    metrics: metricsParamAsInTrends,
    timezone: unpublishedTimezone,
  }),
  output: {
    /**
     * The first and last day of the period that the question is about, such as "2026-10-24..2026-11-20".
     * `compared_with` has the same form for the period with which it is compared.
     */
    period: z.string(),
    compared_with: z.string(),
    ...tableShape,
  },
  scopes: metricScopes(metricIds),
  days(input, calendar) {
    const { after, before } = resolvePeriods(input, calendar);
    return [after, before];
  },
  reads: ({ metrics: asked }) => comparisonReads(asked, { daysAreGaps: true, daysBefore: comparisonReach }),
  answer({ input, ranges: [after, before], today, data, gaps }) {
    const ids = readableMetrics(askedMetrics(input.metrics), data.documents);
    const measurable = ids.filter((id) => !gaps.unmeasurable.names.has(id));
    const periods = { after, before };
    const compared = compareMetrics(measurable, data, { periods, input, today });
    return {
      summary: summarizePeriods(periods, compared),
      period: `${after.start}..${after.end}`,
      compared_with: `${before.start}..${before.end}`,
      ...tabulateComparisons(compared),
      notes: [
        ...explainComparison(compared),
        ...sayChance(compared),
        ...sayWeekdayMix(compared),
        ...noteSparse(measurable),
        ...sayOtherPeriods(periods, compared),
        ...explainIllnessSearch(input.metrics, data),
      ],
    };
  },
});
