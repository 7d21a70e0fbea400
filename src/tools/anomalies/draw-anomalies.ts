import type { Anomalies, MetricAnomalies } from "../../analytics/anomalies.ts";
import { leastBaselineDays } from "../../analytics/baseline.ts";
import { type DayRange, dayNumber } from "../../analytics/day.ts";
import type { FlaggedRun } from "../../analytics/flags.ts";
import { typicalRanges } from "../../analytics/typical-range.ts";
import { type MetricId, metrics } from "../../oura/metrics.ts";
import { clampToPlausible } from "../../words/metric-words.ts";
import { namedMetric } from "../../words/named-metric.ts";
import type { AnomaliesPicture } from "../../words/pictures.ts";
import { round } from "../../words/present.ts";
import { groupRuns } from "./sentences.ts";

/** Draws each metric's values and their usual range. If there are too few days before a day, it has no usual range. */
export function drawAnomalies(found: Anomalies, range: DayRange): AnomaliesPicture {
  const first = dayNumber(range.start);

  function span({ start, end }: FlaggedRun): [number, number] {
    return [dayNumber(start) - first, dayNumber(end) - first];
  }

  return {
    kind: "anomalies",
    firstDay: range.start,
    neededDays: leastBaselineDays,
    metrics: found.metrics.map((scanned) => drawMetric(scanned, span)),
    together: groupRuns(found.alerts, () => 1).flatMap(([alert]) => (alert ? [span(alert.run)] : [])),
  };
}

function drawMetric({ metric, days, flags }: MetricAnomalies, span: (run: FlaggedRun) => [number, number]) {
  const id = metric as MetricId; // the metric of a history is always an id of the catalogue
  const { decimals, model } = metrics[id];
  const rangeOf = typicalRanges(model);
  const usual = days.map(({ day, deviation }) => {
    if (deviation.kind !== "score") return null;
    const typical = rangeOf(deviation.baseline, day);
    return model.transform === "clock" ? typical : clampToPlausible(id, typical);
  });
  return {
    ...namedMetric(id),
    values: days.map(({ value }) => round(value, decimals)),
    low: usual.map((typical) => round(typical?.low, decimals)),
    high: usual.map((typical) => round(typical?.high, decimals)),
    runs: groupRuns(flags, ({ z }) => z).flatMap(([flag]) => (flag ? [span(flag.run)] : [])),
  };
}
