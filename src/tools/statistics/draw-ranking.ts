import { aggregateDays } from "../../analytics/aggregates.ts";
import { isoDay } from "../../analytics/day.ts";
import { numericMetricIds } from "../../oura/metrics.ts";
import { sayMean } from "../../words/metric-change.ts";
import { endWords, sayValue } from "../../words/metric-words.ts";
import { namedMetric } from "../../words/named-metric.ts";
import type { RankedPicture } from "../../words/pictures.ts";
import { round, upperFirst } from "../../words/present.ts";
import type { RankedDay } from "./asked-days.ts";
import type { MeasuredMetric } from "./measured-metric.ts";

/** Null when no day is ranked, and for a metric of levels, such as resilience. */
export function drawRanking(
  { id, days, first, last }: MeasuredMetric,
  { ranked, order }: { ranked: readonly RankedDay[]; order: "highest" | "lowest" },
): RankedPicture | null {
  if (ranked.length === 0 || !numericMetricIds.includes(id)) return null;
  const { median } = aggregateDays(days, days.length);
  return {
    kind: "ranked",
    metric: namedMetric(id),
    order: upperFirst(order === "highest" ? endWords(id).high : endWords(id).low),
    days: `${isoDay(first)}..${isoDay(last)}`,
    n: days.length,
    median: median === null ? null : { value: round(median, 3) ?? 0, said: sayMean(id, median) },
    ranked: ranked.map(({ rank, day, value }) => ({
      rank,
      day: isoDay(day),
      value: round(value, 3) ?? 0,
      said: sayValue(id, value),
    })),
  };
}
