import { addDays, type DayRange, type IsoDay } from "../analytics/day.ts";
import type { DailySeries } from "../analytics/series.ts";
import { strainMetrics } from "../analytics/strain.ts";
import { findStrainedNights, historyDays } from "../analytics/strained-nights.ts";
import { type MetricDocuments, readSeries, routesOf } from "../oura/metric-series.ts";
import { type Metric, type MetricId, metrics } from "../oura/metrics.ts";
import { askedMetrics, type MetricOptions, readableMetrics, readMetrics, readMetricsBeside } from "./metric-reads.ts";

/**
 * A comparison reads this many extra days before the earliest compared day. These days show how much the person's
 * values usually vary from day to day.
 */
export const comparisonReach = historyDays;

/** `strain` holds the documents of the metrics that reveal illness, unless `documents` already contains them. */
export interface ComparisonData {
  documents: MetricDocuments;
  strain: MetricDocuments;
}

/**
 * What a comparison of periods reads: the requested metrics and the strain metrics. The strain metrics show on which
 * days the wearer was ill. The comparison estimates how much values usually vary from day to day, and it leaves these
 * days out of the estimate.
 * @param options The days to read. They must begin at least {@link comparisonReach} days before the earliest compared
 * day
 */
export function comparisonReads(asked: readonly MetricId[] | undefined, options: MetricOptions) {
  const { daysAreGaps: _, ...reach } = options;
  return {
    documents: readMetrics(askedMetrics(asked), options),
    strain: readMetricsBeside(strainMetrics, askedMetrics(asked), reach),
  };
}

/**
 * The last day of a period on which a metric can have a value. A metric that counts over the whole day, such as steps,
 * has no value for today, because today is not over.
 */
export function lastWholeDay({ measured }: Pick<Metric, "measured">, end: IsoDay, today: IsoDay): IsoDay {
  return measured === "day" && end === today ? addDays(end, -1) : end;
}

/** Each metric's values are extracted from the documents only once. */
export interface ComparedSeries {
  of(id: MetricId): DailySeries;
  /**
   * The days that look like illness, from 120 days before the range to the end of the range, as day numbers (days since
   * 1970-01-01). A comparison leaves these days out when it estimates how much values usually vary.
   */
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

/**
 * A comparison uses the strain metrics to find days that look like illness. If some of the requested strain metrics
 * could not be read, this note names them and says that the search did not use them.
 */
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
