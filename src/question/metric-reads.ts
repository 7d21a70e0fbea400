import * as z from "zod";
import { type MetricDocuments, routesOf, valueOfDay } from "../oura/metric-series.ts";
import { defaultMetricIds, type Metric, type MetricId, metricIds, metrics } from "../oura/metrics.ts";
import type { DayRouteName } from "../oura/routes.ts";
import { sayNumber } from "../words/present.ts";
import { byDay, byRoutes, type DayRead, type Declared, daysBefore } from "./reads.ts";

interface MetricOptions {
  /** So many days of history as well. */
  daysBefore?: number;
  /** Whether every day without a value is a gap; otherwise a metric is missing as a whole or not at all. */
  daysAreGaps?: boolean;
}

/** The argument that names metrics. */
export const metricsParam = z
  .array(z.enum(metricIds))
  .min(1)
  .optional()
  .describe(`Default: the first ${sayNumber(defaultMetricIds.length)}.`);

/** The metrics a question names, each once; the everyday ones where it names none. */
export function askedMetrics(asked: readonly MetricId[] = defaultMetricIds): MetricId[] {
  return [...new Set(asked)];
}

/** The documents of the metrics asked for, each route once. With none of them readable there is no answer. */
export function readMetrics(asked: readonly MetricId[], options: MetricOptions = {}): Declared<MetricDocuments> {
  return byRoutes("essential", readsOf(asked, options), { order: asked });
}

/** Metrics the answer does not show and is better with, apart from routes that are read for it anyway. */
export function readMetricsBeside(
  beside: readonly MetricId[],
  asked: readonly MetricId[],
  options: MetricOptions = {},
): Declared<MetricDocuments> {
  const routes = routesOf(asked);
  const ids = beside.filter((id) => !routes.includes(metrics[id].route));
  return byRoutes("support", readsOf(ids, options), { order: ids, under: "missing" });
}

/** The metrics whose documents are there. */
export function readableMetrics(ids: readonly MetricId[], documents: MetricDocuments): MetricId[] {
  return ids.filter((id) => documents[metrics[id].route] !== undefined);
}

function readsOf(
  ids: readonly MetricId[],
  { daysBefore: reach = 0, daysAreGaps = false }: MetricOptions,
): DayRead<DayRouteName>[] {
  return routesOf(ids).map((route) =>
    byDay(route, {
      over: daysBefore(reach),
      figures: ids
        .filter((id) => metrics[id].route === route)
        .map((id) => {
          const { measured }: Metric = metrics[id];
          return {
            name: id,
            ...(daysAreGaps ? { on: (documents) => valueOfDay(id, documents) } : {}),
            // Today's figures of the day are still being counted, and no metric shows them.
            ...(measured === "day" ? { today: "left_out" as const } : {}),
          };
        }),
    }),
  );
}
