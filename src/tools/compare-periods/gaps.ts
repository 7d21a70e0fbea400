import { type DayRange, dayNumber, type IsoDay, listDays } from "../../analytics/day.ts";
import { type DailySeries, valueAt } from "../../analytics/series.ts";
import { findMainNight } from "../../oura/main-night.ts";
import type { MetricDocuments } from "../../oura/metric-series.ts";
import { type Metric, type MetricId, metrics } from "../../oura/metrics.ts";
import type { DayRouteName } from "../../oura/routes.ts";
import { createMissingDays, type MissingEntry, reasonForDay, type SyncState } from "../../question/gaps.ts";

/**
 * The days of the periods without a value, by metric, with the reason: a day that has a document but no value in it was
 * worn and not measured. Today's figures of the day are left out on purpose, which is no gap.
 */
export function findMissingDays(
  series: ReadonlyMap<MetricId, DailySeries>,
  documents: MetricDocuments,
  periods: readonly DayRange[],
  sync: SyncState,
): MissingEntry[] {
  const found = createMissingDays();
  for (const [id, values] of series) {
    const { route, measured }: Metric = metrics[id];
    const documented = documentedDays(route, documents);
    for (const day of periods.flatMap(listDays)) {
      const isCounting = measured === "day" && day === sync.today;
      if (isCounting || valueAt(values, dayNumber(day)) !== null) continue;
      found.add(id, day, documented.has(day) ? "unavailable" : reasonForDay(day, sync));
    }
  }
  return found.entries();
}

/** Days a route holds something for; a day with nothing but a nap has no night. */
function documentedDays(route: DayRouteName, documents: MetricDocuments): ReadonlySet<IsoDay> {
  if (route !== "sleep") return new Set((documents[route] ?? []).map(({ day }) => day));
  const days = Map.groupBy(documents.sleep ?? [], ({ day }) => day);
  return new Set(Array.from(days, ([day, periods]) => (findMainNight(periods) ? [day] : [])).flat());
}
