import * as z from "zod";
import { type MetricDocuments, routesOf, valueOfDay } from "../oura/metric-series.ts";
import { defaultMetricIds, type Metric, type MetricId, type MetricRouteName, metrics } from "../oura/metrics.ts";
import { type ScopeOfRoute, scopesOfRoute } from "../oura/routes.ts";
import { sayNumber } from "../words/present.ts";
import { metricName } from "./metric-names.ts";
import { byDay, byRoutes, type DayRead, type Declared, daysBefore } from "./reads.ts";

export interface MetricOptions {
  daysBefore?: number;
  /**
   * Reading begins at least this many days before the last day of the requested range, even if the range is shorter.
   */
  daysBeforeEnd?: number;
  /**
   * Whether every day without a value gets an entry in the answer's `missing` list. If false, only a metric that could
   * not be read at all gets an entry.
   */
  daysAreGaps?: boolean;
  /**
   * Set for an answer that shows today's value of metrics that count over the whole day, such as steps. If today has no
   * value yet, the answer's `missing` list says so.
   */
  countsToday?: boolean;
}

const metricsNamed = z.array(metricName).min(1).optional();

export const metricsParam = metricsNamed.describe(
  "sleep_score, readiness_score, steps, hrv, resting_heart_rate, total_sleep, spo2, bedtime; others as in " +
    `oura_get_statistics, or in the person's words. Default: the everyday ${sayNumber(defaultMetricIds.length)}.`,
);
/**
 * The short description refers to oura_get_trends, because the full description in every tool would make the list of
 * tools longer.
 */
export const metricsParamAsInTrends = metricsNamed.describe("As in oura_get_trends.");

export function metricScopes<Id extends MetricId>(ids: readonly Id[]): ScopeOfRoute<MetricRouteName<Id>>[] {
  return [...new Set(routesOf(ids).flatMap((route) => scopesOfRoute(route)))];
}

/**
 * The metrics that the question names, each only once. If the question names none, these are the metrics that tools use
 * by default.
 */
export function askedMetrics(asked?: readonly MetricId[]): MetricId[] {
  return [...new Set(asked ?? defaultMetricIds)];
}

/** Metrics of one route share a request to Oura. The call fails when none of the metrics can be read. */
export function readMetrics<Id extends MetricId>(
  asked: readonly Id[],
  options: MetricOptions = {},
): Declared<MetricDocuments, MetricRouteName<Id>> {
  return byRoutes("essential", readsOf(asked, options), { order: asked });
}

/**
 * Reads metrics that the answer does not show, but that the tool needs for its computation. If a route is already read
 * for the requested metrics, it is not read a second time.
 */
export function readMetricsBeside<Id extends MetricId>(
  beside: readonly Id[],
  asked: readonly MetricId[],
  options: MetricOptions = {},
): Declared<MetricDocuments, MetricRouteName<Id>> {
  const routes = routesOf(asked);
  const ids = beside.filter((id) => !routes.includes(metrics[id].route));
  return byRoutes("support", readsOf(ids, options), { order: ids, under: "missing" });
}

export function readableMetrics(ids: readonly MetricId[], documents: MetricDocuments): MetricId[] {
  return ids.filter((id) => documents[metrics[id].route] !== undefined);
}

function readsOf<Id extends MetricId>(
  ids: readonly Id[],
  { daysBefore: reach = 0, daysBeforeEnd: reachFromEnd = 0, daysAreGaps = false, countsToday = false }: MetricOptions,
): DayRead<MetricRouteName<Id>>[] {
  return routesOf(ids).map((route) =>
    byDay(route, {
      over: daysBefore(reach, reachFromEnd),
      figures: ids
        .filter((id) => metrics[id].route === route)
        .map((id) => {
          const { measured, unit, isSparse }: Metric = metrics[id];
          return {
            name: id,
            ...(daysAreGaps && !isSparse ? { on: (documents) => valueOfDay(id, documents) } : {}),
            // A metric such as steps counts over the whole day, so today's value is not complete. The answer shows it
            // only if the tool sets `countsToday`.
            ...(measured === "day" && !countsToday ? { today: "left_out" as const } : {}),
            ...(unit === "points" ? { isScore: true } : {}),
          };
        }),
    }),
  );
}
