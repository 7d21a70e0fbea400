import type { DayRange } from "../analytics/day.ts";
import { AppError, type Failure, orFailure } from "../errors.ts";
import { type MetricDocuments, routesOf } from "../oura/metric-series.ts";
import { type MetricId, metrics } from "../oura/metrics.ts";
import { type DayRouteName, ouraRoutes } from "../oura/routes.ts";
import type { ScopeName } from "../oura/scopes.ts";
import { findRefusal } from "../question/access.ts";
import { type MissingEntry, missingFromFailure } from "../question/gaps.ts";
import type { ToolContext } from "./legacy.ts";

/** What was read for a question about metrics, and what could not be. */
export interface MetricData {
  documents: MetricDocuments;
  /** The metrics asked for whose documents are here. */
  ids: MetricId[];
  missing: MissingEntry[];
}

/** What an assistant must be allowed for a metric. Stress needs its own box beside the one Oura serves it under. */
export function scopesOf(id: MetricId): ScopeName[] {
  const { route } = metrics[id];
  return route === "daily_stress" ? ["stress", "daily"] : [ouraRoutes[route].scope];
}

/**
 * Reads the documents of the metrics asked for, and of `beside` where they may be read too, each route once. What may not
 * or cannot be read is missing with its reason; nothing readable at all is a failure of the call.
 */
export async function readMetricData(
  context: ToolContext,
  asked: readonly MetricId[],
  range: DayRange,
  beside: readonly MetricId[] = [],
): Promise<MetricData> {
  const failures = new Map<MetricId, Failure>();
  const allowed = [...new Set([...asked, ...beside])].filter((id) => {
    const refusal = findRefusal(context.access, scopesOf(id), [ouraRoutes[metrics[id].route].scope]);
    if (refusal) failures.set(id, refusal);
    return refusal === null;
  });
  const documents: MetricDocuments = {};

  async function read(route: DayRouteName): Promise<void> {
    const read = await orFailure(context.reader.readDays(route, range));
    if (!(read instanceof AppError)) Object.assign(documents, { [route]: read });
    else for (const id of allowed) if (metrics[id].route === route) failures.set(id, read.failure);
  }

  await Promise.all(routesOf(allowed).map(read));
  const ids = asked.filter((id) => !failures.has(id));
  const [first] = asked.flatMap((id) => failures.get(id) ?? []);
  if (ids.length === 0 && first) throw new AppError(first);
  // What was to be read beside and is not allowed was never part of the answer; what failed would have changed it.
  const lost = beside.filter((id) => allowed.includes(id) && failures.has(id) && !asked.includes(id));
  const besides = describeFailures(lost, failures, context.panelUrl);
  return {
    documents,
    ids,
    missing: [
      ...describeFailures(asked, failures, context.panelUrl),
      ...besides.map((entry) => ({ ...entry, what: `${entry.what} as context` })),
    ],
  };
}

/** Metrics lost for the same reason share one entry. */
function describeFailures(
  asked: readonly MetricId[],
  failures: ReadonlyMap<MetricId, Failure>,
  panelUrl: string,
): MissingEntry[] {
  const lost = asked.flatMap((id) => {
    const failure = failures.get(id);
    return failure ? [{ id, entry: missingFromFailure(id, failure, panelUrl) }] : [];
  });
  const groups = Map.groupBy(lost, ({ entry }) => `${entry.reason} ${entry.detail}`);
  return Array.from(groups.values(), (group) => {
    const [first] = group;
    return { ...(first?.entry ?? { reason: "unavailable" as const }), what: group.map(({ id }) => id).join(", ") };
  });
}
