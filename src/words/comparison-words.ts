import type { PeriodComparison } from "../analytics/comparison.ts";
import type { MetricId } from "../oura/metrics.ts";
import { sayRange } from "./metric-words.ts";

/**
 * Both means of a comparison, called what they are: "from 54 to 52 bpm", "geometric means from 44 to 45 ms", "means with
 * weekdays evened out from 6 h 50 min to 7 h 12 min".
 */
export function sayMeans(id: MetricId, { before, after, isGeometric, isWeekdayRemoved }: PeriodComparison): string {
  if (before.mean === null || after.mean === null) return "";
  const kind = isGeometric ? "geometric means " : isWeekdayRemoved ? "means " : "";
  return `${kind}${isWeekdayRemoved ? "with weekdays evened out " : ""}from ${sayRange(id, before.mean, after.mean)}`;
}
