import { defaultMetricIds, type Metric, metrics } from "../oura/metrics.ts";
import { pathOf, scopesOfRoute } from "../oura/routes.ts";
import { scopeLabel } from "../oura/scopes.ts";
import { type Resource, writeTable } from "./define-resource.ts";

const everyday: readonly string[] = defaultMetricIds;

/** For every metric its meaning, its unit, which direction is better, and its source. */
export const metricsResource: Resource = {
  name: "metrics",
  uri: "ringbridge://metrics",
  title: "Metrics",
  description:
    "Every metric of the tools: meaning, unit, which way is better or may mean strain, source and permission.",
  text() {
    const rows = Object.entries(metrics).map(([id, metric]: [string, Metric]) => [
      everyday.includes(id) ? `${id} *` : id,
      metric.meaning,
      metric.unit === "clock" ? "local time" : metric.unit,
      metric.measured,
      sayDirection(metric),
      pathOf(metric.route),
      scopesOfRoute(metric.route).map(scopeLabel).join(", "),
    ]);
    return [
      "# Metrics",
      "",
      "Night metrics belong to the day of waking up and come from the main night; naps count in total_sleep only. " +
        "Values outside what a body can do are gaps. * asked for by default.",
      "",
      writeTable(["metric", "meaning", "unit", "measured", "direction", "Ōura document", "permission"], rows),
    ].join("\n");
  },
};

function sayDirection({ better, adverse }: Metric): string {
  if (better !== null) return `${better} is better`;
  return adverse === null ? "neither way is better" : `usual is best; ${adverse} may mean strain`;
}
