import { defaultMetricIds, type Metric, metrics } from "../oura/metrics.ts";
import { pathOf, scopesOfRoute } from "../oura/routes.ts";
import { scopeLabel } from "../oura/scopes.ts";
import { type Resource, writeTable } from "./define-resource.ts";

const everyday: readonly string[] = defaultMetricIds;

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
      "Night metrics belong to the day of waking up. A night is every long sleep of the day with less than three hours " +
        "between them, or the one short sleep that Ōura scored. total_sleep is the night alone; naps and second sleeps " +
        "count in total_sleep_with_naps only. Unfinished, rejected and deleted sleeps never count. Steps, activity and " +
        "stress of a day with the ring off for more than twelve hours are gaps. Values outside what a body can do are gaps. Names may be written in a person's words; an unknown one is answered with the nearest. * asked for by default.",
      "",
      writeTable(["metric", "meaning", "unit", "measured", "better", "Ōura document", "permission"], rows),
    ].join("\n");
  },
};

function sayDirection({ better, adverse }: Metric): string {
  if (better !== null) return better;
  return adverse === null ? "neither" : `usual; ${adverse} may mean strain`;
}
