import type { PeriodComparison } from "../../analytics/comparison.ts";
import type { IsoDay } from "../../analytics/day.ts";
import type { Trend } from "../../analytics/trend.ts";
import type { MetricId } from "../../oura/metrics.ts";
import { sayComparison, sayInvisible, sayMeans } from "../../words/comparison-words.ts";
import { sayMean } from "../../words/metric-change.ts";
import { sayMetric } from "../../words/metric-words.ts";
import { formatDay, formatList, formatSigned, joinSentences, round, upperFirst } from "../../words/present.ts";

interface SummaryInput {
  trends: readonly { id: MetricId; trend: Trend }[];
  end: IsoDay;
  windowDays: number;
}

/** For at most this many metrics, the summary describes each metric with its means, whether it changed or not. */
const mostDescribedEach = 3;

/**
 * States which metrics rise or fall. Then states the largest changes of the last `windowDays` days, compared with the
 * `windowDays` days before them. For metrics without a clear change, states how large a change must be to be found.
 * Last, names the metrics that cannot be judged.
 */
export function summarizeTrends({ trends, end, windowDays }: SummaryInput): string {
  const head = `The ${windowDays} days to ${formatDay(end)}:`;
  if (trends.every(({ trend }) => trend.window.n === 0)) return `${head} no data.`;
  const moving = trends.filter(({ trend }) => trend.direction.kind === "rising" || trend.direction.kind === "falling");
  const short = trends.filter(({ trend }) => trend.direction.kind === "too_little_history");
  const directions =
    moving.length > 0
      ? `${formatList(moving.map(({ id, trend }) => `${sayMetric(id)} ${trend.direction.kind}`))}${moving.length < trends.length ? "; no clear trend in the rest" : ""}.`
      : short.length === trends.length
        ? "no verdict on a direction, which needs 14 measured days."
        : "no clear trend in any metric.";
  const changes =
    trends.length <= mostDescribedEach ? describeEach(trends, windowDays) : describeChanges(trends, windowDays);
  return joinSentences(`${head} ${directions}`, changes, explainShort(trends));
}

function describeEach(trends: SummaryInput["trends"], windowDays: number): string | null {
  const described = trends.flatMap(({ id, trend: { window, vsPriorWindow: change } }) => {
    if (window.mean === null) return [];
    if (!("difference" in change)) return [`${sayMetric(id)} ${sayMean(id, window.mean)} on average (n ${window.n})`];
    const { size, evidence } = sizeChange(id, change);
    const verdict = change.kind === "no_clear_difference" ? ": no clear difference from" : ` ${size} against`;
    return [`${sayMetric(id)}${verdict} the ${windowDays} days before (${evidence})`];
  });
  return described.length === 0 ? null : `${upperFirst(described.join("; "))}.`;
}

function describeChanges(trends: SummaryInput["trends"], windowDays: number): string | null {
  const judged = trends.flatMap(({ id, trend: { vsPriorWindow: change } }) =>
    "difference" in change ? [{ id, change }] : [],
  );
  const [first] = judged;
  if (!first) return null;
  const clear = judged
    .filter(({ change }) => change.kind !== "no_clear_difference")
    .toSorted((left, right) => Math.abs(right.change.sds ?? 0) - Math.abs(left.change.sds ?? 0))
    .slice(0, mostChanges);
  const head = `Against the ${windowDays} days before`;
  return joinSentences(
    clear.length === 0
      ? `${head}, no clear difference in ${judged.length === 1 ? sayMetric(first.id) : `any of ${judged.length} metrics`}.`
      : `${head}: ${formatList(clear.map(({ id, change }) => sayChange(id, change)))}.`,
    sayInvisible(
      judged.map(({ id, change }) => ({ id, comparison: change })),
      "by the intervals in the table",
    ),
  );
}

/** The summary names at most this many changes. The table has all of them. */
const mostChanges = 4;

function sayChange(id: MetricId, change: PeriodComparison): string {
  const { size, evidence } = sizeChange(id, change);
  return `${sayMetric(id)} ${size} (${evidence})`;
}

/**
 * The size of a change, in percent or in the metric's unit. `evidence` is a text with both means and the 95 % interval
 * of the change.
 */
function sizeChange(id: MetricId, change: PeriodComparison) {
  const said = sayComparison(id, change);
  const percent = round(change.percent);
  const size = said.sign === 0 ? "the same" : percent ? `${formatSigned(percent)} %` : said.signed;
  return { size, evidence: `${sayMeans(id, change, said)}; 95 % interval ${said.interval}` };
}

function explainShort(trends: SummaryInput["trends"]): string | null {
  const few = trends.filter(({ trend }) => trend.window.n > 0 && trend.window.mean === null);
  return few.length === 0
    ? null
    : `Fewer than half of the days measured: ${formatList(few.map(({ id }) => sayMetric(id)))}.`;
}
