import * as z from "zod";
import { type Comparison, comparePeriods } from "../../analytics/comparison.ts";
import { countWeekendDays, noticeableMix, weekdayMix } from "../../analytics/weekday-mix.ts";
import { readSeries } from "../../oura/metric-series.ts";
import { type MetricId, metricIds, metrics } from "../../oura/metrics.ts";
import { defineTool } from "../../question/define-tool.ts";
import { explainMissing } from "../../question/gaps.ts";
import { askedMetrics, readableMetrics, readMetrics } from "../../question/metric-reads.ts";
import { rangeParams } from "../../question/range-input.ts";
import { metricValue, unitOf } from "../../words/metric-words.ts";
import { formatList, joinSentences, round } from "../../words/present.ts";
import { tableShape } from "../../words/table.ts";
import { resolvePeriods } from "./periods.ts";
import { type Compared, decimalsOf, summarize } from "./summarize.ts";

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
    metrics: z.array(z.enum(metricIds)).min(1).optional().describe("Default: the ten everyday metrics."),
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
    const compared = measurable.map((id) => ({
      id,
      comparison: comparePeriods(readSeries(id, documents, today), before, after, metrics[id].model),
    }));
    return {
      summary: joinSentences(summarize({ after, before }, compared), explainMissing(gaps.unmeasurable.entries)),
      period: `${after.start}..${after.end}`,
      compared_with: `${before.start}..${before.end}`,
      columns: columnNames,
      rows: compared.map(({ id, comparison }) => describe(id, comparison)),
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

const columnNames = [
  ...["metric", "unit", "mean", "mean_compared", "n", "n_compared"],
  ...["difference", "low", "high", "pct", "hedges_g", "verdict"],
];

function describe(id: MetricId, comparison: Comparison): (string | number | null)[] {
  const { before, after, kind } = comparison;
  const sides = [id, unitOf(id), metricValue(id, after.mean), metricValue(id, before.mean), after.n, before.n];
  if (!("difference" in comparison)) return [...sides, null, null, null, null, null, verdictOf(kind)];
  const { difference, low, high, percent, hedgesG } = comparison;
  const decimals = decimalsOf(id);
  return [
    ...sides,
    ...[difference, low, high].map((value) => round(value, decimals)),
    round(percent),
    round(hedgesG, 2),
    verdictOf(kind),
  ];
}

function verdictOf(kind: Comparison["kind"]): string {
  return kind === "too_few_days" ? "cannot_say" : kind;
}

/** With ten metrics one interval in twenty leaves 0 out by chance. */
function sayChance(compared: readonly Compared[]): string[] {
  const judged = compared.filter(({ comparison }) => "difference" in comparison).length;
  return judged < 2 ? [] : [`By chance alone about ${round(0.05 * judged, 1)} of ${judged} metrics would differ.`];
}

function sayWeekdayMix(compared: readonly Compared[]): string[] {
  const uneven = compared.filter(
    ({ comparison: { before, after } }) => weekdayMix(before.measured, after.measured) >= noticeableMix,
  );
  const [first] = uneven;
  if (!first) return [];
  const [now, then] = [first.comparison.after, first.comparison.before].map(
    ({ measured, n }) => `${countWeekendDays(measured)} of ${n}`,
  );
  const which = uneven.length === compared.length ? "" : ` (${formatList(uneven.map(({ id }) => id))})`;
  return [`The weekdays of the two periods differ${which}: weekend days are ${now} days against ${then}.`];
}
