import * as z from "zod";
import { baselineAt, leastBaselineDays, summaryBaselineDays } from "../../analytics/baseline.ts";
import { addDays, type DayRange, dayNumber, type IsoDay } from "../../analytics/day.ts";
import { deviationOn } from "../../analytics/deviation.ts";
import { type Place, placeInRange } from "../../analytics/place-in-range.ts";
import { valueAt } from "../../analytics/series.ts";
import { typicalRange } from "../../analytics/typical-range.ts";
import { type MetricDocuments, readSeries } from "../../oura/metric-series.ts";
import { type Metric, type MetricId, metricIds, metrics } from "../../oura/metrics.ts";
import {
  clampToPlausible,
  roundingOf,
  sayMetric,
  sayRange,
  sayValue,
  shownValue,
  unitOf,
} from "../../words/metric-words.ts";
import { formatDay, round } from "../../words/present.ts";
import { tableShape } from "../../words/table.ts";

/** The usual ranges of a day come from the values of the 28 days before that day. */
export const baselinesOutput = z.object({ day: z.string(), ...tableShape });

/** Extends a range so that it has the 28 days before its last day. The usual ranges of the last day come from them. */
export function reachBack({ start, end }: DayRange): DayRange {
  const first = addDays(end, -summaryBaselineDays);
  return { start: start < first ? start : first, end };
}

interface MetricStanding {
  id: MetricId;
  value: number | null;
  usual: { typical: number; low: number; high: number } | null;
  /** The number of days with a value, among the 28 days before the day that is described. */
  n: number;
  status: "forming" | "provisional" | "established" | "no_usual_time";
  sd: number | null;
}

const columns = ["metric", "unit", "value", "usual_low", "usual_high", "n", "status", "stands", "sd"];

/**
 * Compares each metric that could be read with its usual range. Left out are metrics that are shown only on request,
 * and metrics without a value on the day and in the 28 days before it.
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
      shownValue(standing.id, standing.value),
      shownValue(standing.id, standing.usual?.low ?? null),
      shownValue(standing.id, standing.usual?.high ?? null),
      standing.n,
      standing.status,
      positionOf(standing),
      round(standing.sd, 1),
    ]),
  };
}

/**
 * States whether the value lies below, in or above its usual range. The usual range is the range in which 80 % of days
 * lie. The value and the range are compared in the rounded form in which the answer shows them.
 */
function positionOf({ id, value, usual, sd }: MetricStanding): Place | null {
  if (value === null || usual === null || sd === null) return null;
  return placeInRange(value, usual, metrics[id].model, roundingOf(id));
}

/**
 * Names up to four metrics whose values are outside the usual range, the furthest first. If no value is outside, says
 * that all metrics are as usual, or that there are too few earlier days to compare with.
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
