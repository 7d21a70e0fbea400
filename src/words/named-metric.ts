import { type Metric, type MetricId, metrics } from "../oura/metrics.ts";
import type { DrawnMetric } from "./pictures.ts";

/** A view is a page that draws an answer as a picture. */
export function namedMetric(id: MetricId): DrawnMetric {
  const { label, unit, decimals }: Metric = metrics[id];
  return { id, label, unit, decimals };
}
