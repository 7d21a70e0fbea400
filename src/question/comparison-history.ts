import { addDays, type DayRange, type IsoDay } from "../analytics/day.ts";
import type { DailySeries } from "../analytics/series.ts";
import { strainMetrics } from "../analytics/strain.ts";
import { findStrainedNights, historyDays } from "../analytics/strained-nights.ts";
import { type MetricDocuments, readSeries, routesOf } from "../oura/metric-series.ts";
import { type Metric, type MetricId, metrics } from "../oura/metrics.ts";
import { askedMetrics, type MetricOptions, readableMetrics, readMetrics, readMetricsBeside } from "./metric-reads.ts";

/**
 * How many days before the earliest compared day are read: the history that tells how much days vary, and the earlier days
 * that tell which days of the history were illness.
 */
export const comparisonReach = historyDays;

/** The asked metrics, and the strain metrics among them or beside them. */
export interface ComparisonData {
  documents: MetricDocuments;
  strain: MetricDocuments;
}

/**
 * The metrics of a question that compares periods. Days of illness are left out of the history that tells how much days
 * vary, so the strain metrics are read as well.
 * @param options It must reach {@link comparisonReach} days back from the earliest compared day.
 */
export function comparisonReads(asked: readonly MetricId[] | undefined, options: MetricOptions) {
  const { daysAreGaps: _, ...reach } = options;
  return {
    documents: readMetrics(askedMetrics(asked), options),
    strain: readMetricsBeside(strainMetrics, askedMetrics(asked), reach),
  };
}

/** The last day of a period that a metric has a value for: one of the whole day has none for today, which is still counting. */
export function lastWholeDay({ measured }: Pick<Metric, "measured">, end: IsoDay, today: IsoDay): IsoDay {
  return measured === "day" && end === today ? addDays(end, -1) : end;
}

/** The daily values of metrics, each read from its documents once. */
export interface ComparedSeries {
  of(id: MetricId): DailySeries;
  /** The day numbers that looked like illness, from before the history of the range to its end. */
  findGuardedDays(range: DayRange): ReadonlySet<number>;
}

export function readComparedSeries({ documents, strain }: ComparisonData, today: IsoDay): ComparedSeries {
  const all = { ...strain, ...documents };
  const known = new Map<MetricId, DailySeries>();
  function of(id: MetricId): DailySeries {
    const series = known.get(id) ?? readSeries(id, all, today);
    known.set(id, series);
    return series;
  }
  return {
    of,
    findGuardedDays(range) {
      const ids = readableMetrics(strainMetrics, all);
      const histories = ids.map((id) => ({ metric: id, model: metrics[id].model, series: of(id) }));
      return findStrainedNights(histories, range).guarded;
    },
  };
}

/** Says that days of illness are found with fewer metrics, where some of the asked metrics could not be read. */
export function explainIllnessSearch(
  asked: readonly MetricId[] | undefined,
  { documents }: Pick<ComparisonData, "documents">,
): string[] {
  const routes = routesOf(askedMetrics(asked));
  const without = strainMetrics.filter((id) => {
    const { route } = metrics[id];
    return routes.includes(route) && documents[route] === undefined;
  });
  if (without.length === 0) return [];
  return [
    `Differences leave days out of their history that look like illness. These are found without ${without.join(", ")}, so differences may change.`,
  ];
}
