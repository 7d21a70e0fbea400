import { dayNumber, type IsoDay, parseOffset } from "../analytics/day.ts";
import { createSeries, type DailySeries, layOutSeries } from "../analytics/series.ts";
import type { MetricHistory } from "../analytics/strained-nights.ts";
import type { DayDocument } from "./day-documents.ts";
import { type Metric, type MetricId, metrics } from "./metrics.ts";
import type { SleepDay } from "./night.ts";
import type { DayRouteName } from "./routes.ts";

/** Documents by route, in the order in which Oura sends them. A route that was not read is absent. */
export type MetricDocuments = { readonly [Name in DayRouteName]?: readonly DayDocument<Name>[] };

/** The routes of Oura's API from which the given metrics are computed. Each route is listed once. */
export function routesOf(ids: readonly MetricId[]): DayRouteName[] {
  return [...new Set(ids.map((id) => metrics[id].route))];
}

/**
 * The daily values of one metric, in the metric's unit. A value outside the plausible range is treated as missing. If
 * the metric is measured over the day, today's value is treated as missing too, because the day is not complete.
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
  /** The day as a number of days since 1970-01-01. */
  number: number;
  ofDay: readonly { day: IsoDay }[];
}

/**
 * A cache of documents grouped by day. An answer can read ten metrics from the documents of one route. With this cache,
 * the documents are grouped only once. The WeakMap frees an entry together with its list of documents.
 */
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

/**
 * The value of a metric on one day, from the documents that the metric's route has for that day. Null when there is no
 * value, or when the value is outside the plausible range.
 */
export function valueOfDay(id: MetricId, documents: readonly { day: IsoDay }[]): number | null {
  const metric: Metric = metrics[id];
  const value = metric.read(documents);
  return value !== null && value >= metric.plausible.min && value <= metric.plausible.max ? value : null;
}

/** For each metric, its statistical model and its daily values. Analyses that compare several metrics need both. */
export function readHistories(ids: readonly MetricId[], documents: MetricDocuments, today: IsoDay): MetricHistory[] {
  return ids.map((id) => ({ metric: id, model: metrics[id].model, series: readSeries(id, documents, today) }));
}

/**
 * The UTC offset at the end of each night, in minutes east of UTC. A change of the offset shows that the wearer
 * travelled.
 */
export function readNightOffsets(sleep: readonly SleepDay[]): DailySeries {
  return createSeries(sleep.map(({ day, night }) => [day, parseOffset(night?.bedtime_end ?? "")]));
}
