import { type DayRange, formatDays, type IsoDay, isoDay } from "../../analytics/day.ts";
import type { Streaks } from "../../analytics/streaks.ts";
import type { MetricId } from "../../oura/metrics.ts";
import type { Gaps } from "../../question/gaps.ts";
import { readableMetrics } from "../../question/metric-reads.ts";
import { differenceValue, noteClockDifferences, showChange } from "../../words/metric-change.ts";
import { metricValue, unitOf } from "../../words/metric-words.ts";
import type { Picture } from "../../words/pictures.ts";
import { pValue } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import { type Matches, matchDays, rankOf, streaksOf } from "./asked-days.ts";
import { drawGroups } from "./draw-groups.ts";
import { drawRanking } from "./draw-ranking.ts";
import { measureMetric } from "./measured-metric.ts";
import { explainCounting } from "./notes.ts";
import { changeOf, type DifferenceVerdict, judgeGroups } from "./ordinary-differences.ts";
import { readAsked, type StatisticsInput } from "./statistics-input.ts";
import type { StatisticsData } from "./statistics-reads.ts";
import { partialGroups, tabulate, tabulateLevels } from "./statistics-table.ts";
import { summarizeStatistics } from "./summarize-statistics.ts";

type Draw = (picture: Picture) => void;

export function answerMetrics(
  input: StatisticsInput,
  { documents: found }: StatisticsData,
  { range, today, gaps, draw }: { range: DayRange; today: IsoDay; gaps: Gaps; draw?: Draw | undefined },
) {
  const documents = found ?? {};
  const { ids: asked, groupBy, thresholds, wantsStreak, top, includeToday } = readAsked(input);
  const ids = readableMetrics(asked, documents).filter((id) => !gaps.unmeasurable.names.has(id));
  const measured = ids.map((id) => measureMetric(id, documents, { range, today, groupBy, includeToday }));
  const [only] = measured;
  const matches = only && thresholds ? matchDays(only, thresholds) : null;
  const isTodayOpen = includeToday && range.end >= today;
  const streaks = only && thresholds && wantsStreak ? streaksOf(only, thresholds, today, isTodayOpen) : null;
  const ranking = only && top ? { ...rankOf(only, top.count, top.order), order: top.order } : null;
  const verdicts = measured.map((one) => judgeGroups(one, groupBy)).filter((verdict) => verdict !== null);
  const picture = only && ranking ? drawRanking(only, ranking) : drawGroups(measured, groupBy, verdicts);
  if (picture) draw?.(picture);
  const partial = partialGroups(measured);
  const differences = tabulateDifferences(verdicts);
  const levels = tabulateLevels(measured, groupBy !== "none");
  return {
    summary: summarizeStatistics({ measured, range, groupBy, verdicts, matches, streaks, top: ranking }),
    // The unit is given here only for one metric. With several, each row contains its unit.
    ...(only && measured.length === 1 ? { units: { [only.id]: unitOf(only.id) } } : {}),
    ...tabulate(measured, { isGrouped: groupBy !== "none", thresholds }),
    ...(levels ? { levels } : {}),
    ...(partial.length > 0 ? { partial_groups: partial } : {}),
    ...(differences.rows.length > 0 ? { differences } : {}),
    ...(matches && only ? { matches: describeMatches(matches, only.days.length) } : {}),
    ...(streaks ? { streak: describeStreaks(streaks) } : {}),
    ...(ranking && only ? { ranked: tabulateRanking(only.id, ranking) } : {}),
    notes: [
      ...explainCounting(measured, { range, today, groupBy, includeToday }),
      ...noteClockDifferences(ids),
      ...(differences.rows.length > 0 ? ["p is rounded up."] : []),
      ...(differences.rows.length > 0 && groupBy !== "month" ? [differenceOfWeeks] : []),
      ...(input.need_hours === undefined ? [] : ['need_hours is not used without pattern "sleep_shortfall".']),
    ],
  };
}

/** Explains why a difference between groups may not equal the difference between their shown means. */
const differenceOfWeeks =
  "A difference is the mean of the differences within each week, so it can differ a little from that of the means shown.";

function tabulateDifferences(verdicts: readonly DifferenceVerdict[]) {
  return {
    columns: ["metric", "group", "difference", "low", "high", "p"],
    rows: verdicts.flatMap(({ found }) =>
      found.map((one): Cell[] => {
        const { id, group, p } = one;
        const { difference, low, high, decimals } = showChange(id, changeOf(one));
        const sizes = [difference, low, high].map((size) => differenceValue(id, size, decimals));
        return [id, group, ...sizes, pValue(p, 4)];
      }),
    ),
  };
}

/** An answer lists at most this many days that match the thresholds. */
const mostMatchingDays = 31;

function describeMatches({ days, equal, withEqual }: Matches, measuredDays: number): Record<string, Cell> {
  const newest = days.slice(-mostMatchingDays).map(({ day }) => isoDay(day));
  return {
    count: days.length,
    of_measured: measuredDays,
    exactly_at: equal,
    with_exactly: withEqual,
    days: formatDays(newest),
    earlier_days_not_listed: days.length - newest.length,
  };
}

function describeStreaks({ longest, longestCount, current, longestOverSingleGaps }: Streaks): Record<string, Cell> {
  const label = (day: number | undefined): IsoDay | null => (day === undefined ? null : isoDay(day));
  return {
    longest: longest?.length ?? 0,
    longest_from: label(longest?.first),
    longest_to: label(longest?.last),
    runs_of_this_length: longestCount,
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
