import { baselineDays } from "../analytics/baseline.ts";
import type { DayRange, IsoDay } from "../analytics/day.ts";
import { strainMetrics } from "../analytics/strain.ts";
import { findStrainedNights, historyDays } from "../analytics/strained-nights.ts";
import { type MetricDocuments, readHistories } from "../oura/metric-series.ts";
import type { MetricId } from "../oura/metrics.ts";
import { askedMetrics, type MetricOptions, readableMetrics, readMetrics, readMetricsBeside } from "./metric-reads.ts";

/** Days before the earliest compared day: to find earlier illness, and before that for the first baseline. */
const reach = historyDays + baselineDays;

/**
 * The metrics of a question that compares periods, with the history that tells how much their days vary. Days of illness
 * are left out of that history, so the strain metrics are read as well.
 * @param daysBefore Days from the start of the question's range back to the earliest compared day.
 */
export function comparisonReads(asked: readonly MetricId[] | undefined, options: MetricOptions = {}) {
  const daysBefore = (options.daysBefore ?? 0) + reach;
  return {
    documents: readMetrics(askedMetrics(asked), { ...options, daysBefore }),
    strain: readMetricsBeside(strainMetrics, askedMetrics(asked), { daysBefore }),
  };
}

/** The day numbers that looked like illness, from before the history of the range to its end. */
export function findGuardedDays(
  { documents, strain }: { documents: MetricDocuments; strain: MetricDocuments },
  range: DayRange,
  today: IsoDay,
): ReadonlySet<number> {
  const read = { ...strain, ...documents };
  return findStrainedNights(readHistories(readableMetrics(strainMetrics, read), read, today), range).guarded;
}
