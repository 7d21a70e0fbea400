import { type Metric, type MetricId, metrics } from "../oura/metrics.ts";
import type { DrawnMetric } from "./pictures.ts";

export function namedMetric(id: MetricId): DrawnMetric {
  const { label, unit, decimals }: Metric = metrics[id];
  return { id, label, unit, decimals };
}
