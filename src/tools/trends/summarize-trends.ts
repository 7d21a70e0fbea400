import type { Change } from "../../analytics/change.ts";
import type { IsoDay } from "../../analytics/day.ts";
import type { Trend } from "../../analytics/trend.ts";
import type { MetricId } from "../../oura/metrics.ts";
import { sayChangeOf, sayMean } from "../../words/metric-change.ts";
import { sayMetric } from "../../words/metric-words.ts";
import { formatDay, formatList, formatSigned, joinSentences, round } from "../../words/present.ts";

interface SummaryInput {
  trends: readonly { id: MetricId; trend: Trend }[];
  end: IsoDay;
  windowDays: number;
}

/** A change of at least this many SDs is mentioned: a person may notice it. */
const noticeableSds = 0.5;

/** Up to this many metrics, each is described with its mean, whether it changed or not. */
const mostDescribedEach = 3;

/** The summary: which metrics rise or fall, the largest changes from the window before, and what cannot be judged. */
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
    const mean = `${sayMetric(id)} ${sayMean(id, window.mean)} on average (n ${window.n})`;
    if (change.kind !== "change" || change.baselineSds === null) return [mean];
    const { size, evidence } = sizeChange(id, change, change.baselineSds);
    return [`${mean}, ${size} against the ${windowDays} days before (${evidence})`];
  });
  return described.length === 0 ? null : `${upperFirst(described.join("; "))}.`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function describeChanges(trends: SummaryInput["trends"], windowDays: number): string | null {
  const noticed = trends
    .flatMap(({ id, trend }) => {
      const change = trend.vsPriorWindow;
      const sds = change.kind === "change" ? change.baselineSds : null;
      return change.kind === "change" && sds !== null && Math.abs(sds) >= noticeableSds ? [{ id, change, sds }] : [];
    })
    .toSorted((left, right) => Math.abs(right.sds) - Math.abs(left.sds))
    .slice(0, 4);
  if (trends.every(({ trend }) => trend.vsPriorWindow.kind !== "change")) return null;
  if (noticed.length === 0) return `Against the ${windowDays} days before, nothing moved by half a standard deviation.`;
  return `Against the ${windowDays} days before: ${formatList(noticed.map(({ id, change, sds }) => sayChange(id, change, sds)))}.`;
}

function sayChange(id: MetricId, change: Extract<Change, { kind: "change" }>, sds: number): string {
  const { size, evidence } = sizeChange(id, change, sds);
  return `${sayMetric(id)} ${size} (${evidence})`;
}

/** How large a change is, in percent or in the metric's unit, and what that rests on. */
function sizeChange(id: MetricId, change: Extract<Change, { kind: "change" }>, sds: number) {
  const { prior, current } = change;
  const steps = `${formatSigned(round(sds, 1) ?? 0)} SD`;
  if (prior.mean === null || current.mean === null) return { size: steps, evidence: steps }; // a change has both means
  const said = sayChangeOf(id, { from: prior.mean, to: current.mean });
  const share = round(change.percent);
  const size = said.sign === 0 ? "the same" : share ? `${formatSigned(share)} %` : said.signed;
  return { size, evidence: `${steps}, from ${said.from} (n ${prior.n}) to ${said.to} (n ${current.n})` };
}

function explainShort(trends: SummaryInput["trends"]): string | null {
  const few = trends.filter(({ trend }) => trend.window.n > 0 && trend.window.mean === null);
  return few.length === 0
    ? null
    : `Fewer than half of the days measured: ${formatList(few.map(({ id }) => sayMetric(id)))}.`;
}
