import * as z from "zod";
import { baselineAt, leastBaselineDays, summaryBaselineDays } from "../../analytics/baseline.ts";
import { addDays, type DayRange, dayNumber, type IsoDay } from "../../analytics/day.ts";
import { deviationOn } from "../../analytics/deviation.ts";
import { valueAt } from "../../analytics/series.ts";
import { typicalRange } from "../../analytics/typical-range.ts";
import { type MetricDocuments, readSeries } from "../../oura/metric-series.ts";
import { type Metric, type MetricId, metricIds, metrics } from "../../oura/metrics.ts";
import { clampToPlausible, metricValue, sayMetric, sayRange, sayValue, unitOf } from "../../words/metric-words.ts";
import { formatDay, round } from "../../words/present.ts";
import { tableShape } from "../../words/table.ts";

/**
 * The output fields for a day's values and usual ranges. The usual ranges come from the values of the 28 days before
 * that day.
 */
export const baselinesOutput = z.object({ day: z.string(), ...tableShape });

/**
 * Extends a range so that it begins at least 28 days before its last day. The usual ranges of the last day come from
 * the 28 days before it.
 */
export function reachBack({ start, end }: DayRange): DayRange {
  const first = addDays(end, -summaryBaselineDays);
  return { start: start < first ? start : first, end };
}

/** The value of a metric on a day, and the wearer's usual range for the metric. */
interface MetricStanding {
  id: MetricId;
  value: number | null;
  usual: { low: number; high: number } | null;
  /** The number of days on which the metric has a value, among the 28 days before the day that is described. */
  n: number;
  status: "forming" | "provisional" | "established" | "no_usual_time";
  sd: number | null;
}

const columns = ["metric", "unit", "value", "usual_low", "usual_high", "n", "status", "stands", "sd"];

/**
 * Compares each metric that could be read with its usual range. Metrics that are shown only on request are left out.
 * Metrics that have no value on the day and no value in the 28 days before it are also left out.
 */
export function describeBaselines(documents: MetricDocuments, day: IsoDay, today: IsoDay): MetricStanding[] {
  const atHand = metricIds.filter((id) => {
    const { route, isOnRequest }: Metric = metrics[id];
    return !isOnRequest && Object.hasOwn(documents, route);
  });
  return atHand
    .map((id) => findMetricStanding(id, documents, day, today))
    .filter(({ n, value }) => n > 0 || value !== null);
}

function findMetricStanding(id: MetricId, documents: MetricDocuments, day: IsoDay, today: IsoDay): MetricStanding {
  const series = readSeries(id, documents, today);
  const { model } = metrics[id];
  const baseline = baselineAt(series, day, model, { windowDays: summaryBaselineDays });
  const deviation = deviationOn(series, day, model, { windowDays: summaryBaselineDays });
  const value = valueAt(series, dayNumber(day));
  const sd = deviation.kind === "score" ? deviation.z : null;
  switch (baseline.kind) {
    case "baseline": {
      const usual = clampToPlausible(id, typicalRange(baseline, dayNumber(day), model));
      return { id, value, usual, n: baseline.n, status: baseline.state, sd };
    }
    case "too_little_history":
      return { id, value, usual: null, n: baseline.haveDays, status: "forming", sd };
    case "no_usual_time":
      return { id, value, usual: null, n: baseline.n, status: "no_usual_time", sd };
  }
}

export function baselineTable(day: IsoDay, standings: readonly MetricStanding[]): z.output<typeof baselinesOutput> {
  return {
    day,
    columns,
    rows: standings.map((standing) => [
      standing.id,
      unitOf(standing.id),
      metricValue(standing.id, standing.value),
      metricValue(standing.id, standing.usual?.low ?? null),
      metricValue(standing.id, standing.usual?.high ?? null),
      standing.n,
      standing.status,
      positionOf(standing),
      round(standing.sd, 1),
    ]),
  };
}

/**
 * Whether a value is below, within or above the usual range, in which 80 % of days lie. A value that equals the lower
 * or upper limit of the range after rounding counts as usual. Clock times are circular (00:10 follows 23:50), so they
 * are judged by their distance from the usual time in standard deviations.
 */
function positionOf({ id, value, usual, sd }: MetricStanding): "below" | "usual" | "above" | null {
  if (value === null || usual === null || sd === null) return null;
  const [shown, low, high] = [metricValue(id, value), metricValue(id, usual.low), metricValue(id, usual.high)];
  const outside = metrics[id].unit === "clock" ? Math.abs(sd) > clockEdgeSds : value < usual.low || value > usual.high;
  if (!outside || shown === low || shown === high) return "usual";
  return sd > 0 ? "above" : "below";
}

/**
 * A clock time counts as usual up to this many standard deviations from the usual time. 80 % of a normal distribution
 * lies this close to the mean.
 */
const clockEdgeSds = 1.3;

/**
 * Returns a text that names up to four metrics whose values are outside the usual range. The value that is furthest
 * outside comes first. If no value is outside, the text says that all metrics are as usual, or that there are too few
 * earlier days to compare with.
 */
export function sayStandings(day: IsoDay, standings: readonly MetricStanding[]): string | null {
  const judged = standings.filter((standing) => positionOf(standing) !== null);
  if (standings.length === 0) return null;
  if (judged.length === 0) {
    const most = Math.max(...standings.map(({ n }) => n));
    return `What is usual cannot be said yet: ${most} of ${leastBaselineDays} days.`;
  }
  const outside = judged
    .filter((standing) => positionOf(standing) !== "usual")
    .toSorted((left, right) => Math.abs(right.sd ?? 0) - Math.abs(left.sd ?? 0))
    .slice(0, 4)
    .map(sayStanding);
  const head = `Against the 28 days before ${formatDay(day)}:`;
  return outside.length === 0 ? `${head} all as usual.` : `${head} ${outside.join("; ")}.`;
}

function sayStanding(standing: MetricStanding): string {
  const { id, value, usual } = standing;
  const words =
    metrics[id].unit === "clock" ? { below: "earlier than", above: "later than" } : { below: "below", above: "above" };
  const where = positionOf(standing) === "below" ? words.below : words.above;
  const range = usual ? `, usual ${sayRange(id, usual.low, usual.high)}` : "";
  return `${sayMetric(id)} ${where} usual (${sayValue(id, value ?? 0)}${range})`;
}
