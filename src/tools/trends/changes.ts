import type { Change } from "../../analytics/change.ts";
import type { Trend } from "../../analytics/trend.ts";
import { type MetricId, metrics } from "../../oura/metrics.ts";
import { round } from "../../words/present.ts";

/** A change as three cells: percent, difference in the metric's unit (clock times: minutes), and standard deviations. */
export function describeChange(id: MetricId, change: Change): [number | null, number | null, number | null] {
  if (change.kind !== "change") return [null, null, null];
  const { decimals } = metrics[id];
  return [round(change.percent), round(change.difference, Math.max(decimals, 1)), round(change.baselineSds, 1)];
}

const reasons = {
  near_zero_base: "the value before is too near zero for a percentage",
  interval_scale: "it has no natural zero, so no percentage",
  already_percent: "it is a percentage already, so the change is in points",
} as const;

/** Why percentages are missing, each reason once with the metrics it concerns. */
export function explainMissingPercents(trends: readonly { id: MetricId; trend: Trend }[]): string[] {
  const found = trends.flatMap(({ id, trend }) => {
    const reason = trend.vsPriorWindow.kind === "change" ? trend.vsPriorWindow.noPercent : null;
    return reason ? [{ id, reason }] : [];
  });
  const groups = Map.groupBy(found, ({ reason }) => reason);
  return Array.from(groups, ([reason, list]) => `${list.map(({ id }) => id).join(", ")}: ${reasons[reason]}.`);
}
