import { dayNumber, type IsoDay, parseOffset } from "../analytics/day.ts";
import { createSeries, type DailySeries, layOutSeries } from "../analytics/series.ts";
import type { MetricHistory } from "../analytics/strained-nights.ts";
import type { DayDocument } from "./day-documents.ts";
import { type Metric, type MetricId, type MetricRouteName, metrics } from "./metrics.ts";
import type { SleepDay } from "./night.ts";
import type { DayRouteName } from "./routes.ts";

/** Documents by route, oldest first. A route that was not read is absent. */
export type MetricDocuments = { readonly [Name in DayRouteName]?: readonly DayDocument<Name>[] };

export function routesOf<Id extends MetricId>(ids: readonly Id[]): MetricRouteName<Id>[] {
  return [...new Set(ids.map((id) => metrics[id].route))];
}

/**
 * The daily values of one metric, in its unit. Values outside the plausible range are left out. Today's value is left
 * out too if the metric is measured over the day, because the day is not complete.
 */
export function readSeries(id: MetricId, documents: MetricDocuments, today: IsoDay): DailySeries {
  const metric: Metric = metrics[id];
  return layOutSeries(
    groupByDay(documents[metric.route] ?? []).map(({ day, number, ofDay }) => ({
      day: number,
      value: metric.measured === "day" && day >= today ? null : valueOfDay(id, ofDay),
    })),
  );
}

interface DocumentsOfDay {
  day: IsoDay;
  /** The days from 1970-01-01 to `day`. */
  number: number;
  ofDay: readonly { day: IsoDay }[];
}

/** An answer can read ten metrics from the documents of one route, so the documents are grouped by day only once. */
const grouped = new WeakMap<readonly { day: IsoDay }[], readonly DocumentsOfDay[]>();

function groupByDay(documents: readonly { day: IsoDay }[]): readonly DocumentsOfDay[] {
  const known = grouped.get(documents);
  if (known) return known;
  const byDay = Array.from(
    Map.groupBy(documents, ({ day }) => day),
    ([day, ofDay]) => ({ day, number: dayNumber(day), ofDay }),
  );
  grouped.set(documents, byDay);
  return byDay;
}

/** The value of a metric on one day; null when there is none or it is outside the plausible range. */
export function valueOfDay(id: MetricId, documents: readonly { day: IsoDay }[]): number | null {
  const metric: Metric = metrics[id];
  const value = metric.read(documents);
  return value !== null && value >= metric.plausible.min && value <= metric.plausible.max ? value : null;
}

export function readHistories(ids: readonly MetricId[], documents: MetricDocuments, today: IsoDay): MetricHistory[] {
  return ids.map((id) => ({ metric: id, model: metrics[id].model, series: readSeries(id, documents, today) }));
}

/** The UTC offset at the end of each night, in minutes east of UTC. A change shows that the wearer travelled. */
export function readNightOffsets(sleep: readonly SleepDay[]): DailySeries {
  return createSeries(sleep.map(({ day, night }) => [day, parseOffset(night?.bedtime_end ?? "")]));
}
