import * as z from "zod";
import { type MetricDocuments, routesOf, valueOfDay } from "../oura/metric-series.ts";
import { defaultMetricIds, type Metric, type MetricId, metrics } from "../oura/metrics.ts";
import { type DayRouteName, scopesOfRoute } from "../oura/routes.ts";
import { type ScopeName, scopeNames } from "../oura/scopes.ts";
import { sayNumber } from "../words/present.ts";
import { metricName } from "./metric-names.ts";
import { byDay, byRoutes, type DayRead, type Declared, daysBefore } from "./reads.ts";

export interface MetricOptions {
  /** How many days before the range to read as well. */
  daysBefore?: number;
  /** How many days before the last day of the range to read at least. */
  daysBeforeEnd?: number;
  /** Whether every day without a value is a gap. Otherwise only a metric that could not be read is one. */
  daysAreGaps?: boolean;
  /** Whether today's value of a metric of the whole day is shown as well, so that its absence is a gap. */
  countsToday?: boolean;
}

const metricsNamed = z.array(metricName).min(1).optional();

/** The input field that names metrics. */
export const metricsParam = metricsNamed.describe(
  "sleep_score, readiness_score, steps, hrv, resting_heart_rate, total_sleep, spo2, bedtime; others as in " +
    `oura_get_statistics, or in the person's words. Default: the everyday ${sayNumber(defaultMetricIds.length)}.`,
);
/** The same where another tool has already said how metrics are named. */
export const metricsParamAsInTrends = metricsNamed.describe("As in oura_get_trends.");

/** The permissions of a tool that reads these metrics and what needs the others, in catalogue order. */
export function metricScopes(ids: readonly MetricId[], ...others: readonly ScopeName[]): ScopeName[] {
  const needed = new Set([...routesOf(ids).flatMap(scopesOfRoute), ...others]);
  return scopeNames.filter((name) => needed.has(name));
}

/** The metrics a question names, without duplicates; the everyday ones when it names none. */
export function askedMetrics(asked: readonly MetricId[] = defaultMetricIds): MetricId[] {
  return [...new Set(asked)];
}

/** The documents of the requested metrics, each route once. The call fails when none of them can be read. */
export function readMetrics(asked: readonly MetricId[], options: MetricOptions = {}): Declared<MetricDocuments> {
  return byRoutes("essential", readsOf(asked, options), { order: asked });
}

/** Metrics that improve the answer but are not shown, without the routes that are read for the requested metrics. */
export function readMetricsBeside(
  beside: readonly MetricId[],
  asked: readonly MetricId[],
  options: MetricOptions = {},
): Declared<MetricDocuments> {
  const routes = routesOf(asked);
  const ids = beside.filter((id) => !routes.includes(metrics[id].route));
  return byRoutes("support", readsOf(ids, options), { order: ids, under: "missing" });
}

/** The metrics whose route was read. */
export function readableMetrics(ids: readonly MetricId[], documents: MetricDocuments): MetricId[] {
  return ids.filter((id) => documents[metrics[id].route] !== undefined);
}

function readsOf(
  ids: readonly MetricId[],
  { daysBefore: reach = 0, daysBeforeEnd: reachFromEnd = 0, daysAreGaps = false, countsToday = false }: MetricOptions,
): DayRead<DayRouteName>[] {
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
            // Today's value of a day metric is not complete, so it is shown only where it is asked for.
            ...(measured === "day" && !countsToday ? { today: "left_out" as const } : {}),
            ...(unit === "points" ? { isScore: true } : {}),
          };
        }),
    }),
  );
}
