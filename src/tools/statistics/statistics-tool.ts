import * as z from "zod";
import { countDays, formatDays, type IsoDay, isoDay } from "../../analytics/day.ts";
import type { Streaks } from "../../analytics/streaks.ts";
import { type MetricId, metricIds } from "../../oura/metrics.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { defineTool } from "../../question/define-tool.ts";
import { metricScopes, readableMetrics, readMetrics } from "../../question/metric-reads.ts";
import { byDay, type Declared, daysBefore, essential, nothing, other, support } from "../../question/reads.ts";
import { differenceValue } from "../../words/metric-change.ts";
import { metricValue, unitOf } from "../../words/metric-words.ts";
import { round } from "../../words/present.ts";
import { type Cell, cell, table, tableShape } from "../../words/table.ts";
import { type Matches, matchDays, rankOf, streaksOf } from "./asked-days.ts";
import { measureMetric } from "./measured-metric.ts";
import { explainCounting, sayRings } from "./notes.ts";
import { type DifferenceVerdict, judgeGroups } from "./ordinary-differences.ts";
import {
  describeChronotype,
  describeRegularity,
  describeShortfall,
  type Pattern,
  type PatternAnswer,
  usualSleepDays,
} from "./sleep-patterns.ts";
import { readAsked, readDays, type StatisticsInput, statisticsInput } from "./statistics-input.ts";
import { partialGroups, tabulate } from "./statistics-table.ts";
import { summarizeStatistics } from "./summarize-statistics.ts";
import { readNeed } from "./thresholds.ts";

const figures = z.record(z.string(), cell);

export const statisticsTool = defineTool({
  name: "oura_get_statistics",
  title: "Ōura statistics",
  description:
    "Figures of up to six metrics over any span up to six years, counted here so that nothing has to be added up: mean, " +
    "median, SD, sum, lowest and highest with their days, by weekday, weekend, work night, week, month, quarter or year, " +
    "with the differences that are more than ordinary; days above or below a value, the longest run of them, the best or " +
    "worst days; regularity, chronotype, social jet lag and sleep shortfall. Whether something changed: " +
    "oura_compare_periods; values by day: oura_get_daily_summary.",
  input: statisticsInput,
  output: {
    units: z.record(z.string(), z.string()).optional(),
    columns: tableShape.columns.optional(),
    rows: tableShape.rows.optional(),
    partial_groups: z.array(z.string()).optional(),
    differences: table.optional(),
    matches: figures.optional(),
    streak: figures.optional(),
    ranked: table.optional(),
    figures: figures.optional(),
  },
  scopes: metricScopes(metricIds),
  days: readDays,
  countsMissingDays: true,
  dayFields: ["start_date", "end_date"],
  reads: (input) => ({
    documents: input.pattern === undefined ? readMetrics(readAsked(input).ids, { daysAreGaps: true }) : nothing,
    sleep: sleepReads(input.pattern),
    phases:
      input.pattern === "regularity"
        ? essential(byDay("sleep_with_series", { figures: [nightFigure("sleep")] }))
        : nothing,
    wear: input.pattern === "regularity" ? { ...support(byDay("daily_activity")), loss: null } : nothing,
    rings: ringReads(),
  }),
  answer({ input, range, today, data, gaps }) {
    const rings = sayRings(countDays(range) >= leastDaysForRings ? data.rings : null, range);
    if (input.pattern !== undefined) {
      const { summary, figures: found, notes } = describePattern(input.pattern);
      return { summary, figures: found, notes: [...notes, ...sayUnused(input), ...rings] };
    }
    const { ids, groupBy, thresholds, wantsStreak, top, includeToday } = readAsked(input);
    const readable = readableMetrics(ids, data.documents ?? {}).filter((id) => !gaps.unmeasurable.names.has(id));
    const measured = readable.map((id) =>
      measureMetric(id, data.documents ?? {}, { range, today, groupBy, includeToday }),
    );
    const [only] = measured;
    const matches = only && thresholds ? matchDays(only, thresholds) : null;
    const isTodayOpen = includeToday && range.end >= today;
    const streaks = only && thresholds && wantsStreak ? streaksOf(only, thresholds, today, isTodayOpen) : null;
    const ranking = only && top ? { ...rankOf(only, top.count, top.order), order: top.order } : null;
    const verdicts = measured.map((one) => judgeGroups(one, groupBy)).filter((verdict) => verdict !== null);
    const partial = partialGroups(measured);
    const differences = tabulateDifferences(verdicts);
    return {
      summary: summarizeStatistics({ measured, range, groupBy, verdicts, matches, streaks, top: ranking }),
      units: Object.fromEntries(measured.map(({ id }) => [id, unitOf(id)])),
      ...tabulate(measured, { isGrouped: groupBy !== "none", thresholds }),
      ...(partial.length > 0 ? { partial_groups: partial } : {}),
      ...(differences.rows.length > 0 ? { differences } : {}),
      ...(matches && only ? { matches: describeMatches(matches, only.days.length) } : {}),
      ...(streaks ? { streak: describeStreaks(streaks) } : {}),
      ...(ranking && only ? { ranked: tabulateRanking(only.id, ranking) } : {}),
      notes: [...explainCounting(measured, { range, today, groupBy, includeToday }), ...rings],
    };

    function describePattern(pattern: Pattern): PatternAnswer {
      switch (pattern) {
        case "regularity":
          return describeRegularity({ sleep: data.phases ?? [], wear: data.wear }, range);
        case "chronotype":
        case "social_jet_lag":
          return describeChronotype(pattern, data.sleep ?? [], range);
        case "sleep_shortfall":
          return describeShortfall(
            data.sleep ?? [],
            range,
            input.need_hours === undefined ? null : readNeed(input.need_hours),
          );
      }
    }
  },
});

/** Below this span the ring hardly changes, and the rings need not be read. */
const leastDaysForRings = 60;

/** The rings are only context: without permission or when they cannot be read, nothing is said of them. */
function ringReads(): Declared<OuraDocument<"ring_configuration">[] | null> {
  return { ...support(other("ring_configuration", "rings", (reader) => reader.readRings())), loss: null };
}

function sleepReads(pattern: Pattern | undefined) {
  if (pattern === undefined || pattern === "regularity") return nothing;
  const over = pattern === "sleep_shortfall" ? { over: daysBefore(usualSleepDays) } : {};
  return essential(byDay("sleep", { ...over, figures: [nightFigure("sleep")] }));
}

function nightFigure(name: string) {
  return { name, on: ([day]: readonly { night: object | null }[]) => day?.night ?? null };
}

/** Arguments about metrics that a pattern does not use. */
function sayUnused(input: StatisticsInput): string[] {
  const unused = (["metrics", "group_by", "above", "below", "streak", "top", "order", "include_today"] as const).filter(
    (field) => input[field] !== undefined,
  );
  return unused.length === 0 ? [] : [`Not used beside pattern: ${unused.join(", ")}. Ask again without pattern.`];
}

function tabulateDifferences(verdicts: readonly DifferenceVerdict[]) {
  return {
    columns: ["metric", "group", "difference", "p"],
    rows: verdicts.flatMap(({ found }) =>
      found.map(({ id, group, difference, p }): Cell[] => [id, group, differenceValue(id, difference), round(p, 4)]),
    ),
  };
}

/** The most matching days that are listed. */
const mostMatchingDays = 31;

function describeMatches({ days, equal }: Matches, measuredDays: number): Record<string, Cell> {
  const newest = days.slice(-mostMatchingDays).map(({ day }) => isoDay(day));
  return {
    count: days.length,
    of_measured: measuredDays,
    exactly_at: equal,
    days: formatDays(newest),
    earlier_days_not_listed: days.length - newest.length,
  };
}

function describeStreaks({ longest, current, longestOverSingleGaps }: Streaks): Record<string, Cell> {
  const label = (day: number | undefined): IsoDay | null => (day === undefined ? null : isoDay(day));
  return {
    longest: longest?.length ?? 0,
    longest_from: label(longest?.first),
    longest_to: label(longest?.last),
    current: current?.length ?? 0,
    current_from: label(current?.first),
    longest_over_single_gaps: longestOverSingleGaps,
  };
}

function tabulateRanking(id: MetricId, { ranked }: ReturnType<typeof rankOf>) {
  return {
    columns: ["rank", "day", "value"],
    rows: ranked.map(({ rank, day, value }): Cell[] => [rank, isoDay(day), metricValue(id, value)]),
  };
}
