import type { MetricDocuments } from "../oura/metric-series.ts";
import { type MetricId, metrics } from "../oura/metrics.ts";
import type { MissingEntry } from "../question/gaps.ts";
import { findRingLimit, noRingDetail, unknownRingDetail } from "../question/ring-limits.ts";
import type { ToolContext } from "./legacy.ts";

/** Documents only rings of the third generation and later bring. */
const thirdGenerationRoutes: readonly string[] = ["daily_spo2", "daily_stress"];

/** Metrics the ring itself rules out, asked of Oura only where a route came back wholly empty. */
export async function findUnmeasurable(
  context: ToolContext,
  ids: readonly MetricId[],
  documents: MetricDocuments,
): Promise<{ ids: readonly MetricId[]; entries: MissingEntry[] }> {
  const empty = ids.filter((id) => documents[metrics[id].route]?.length === 0);
  const suspects = empty.filter((id) => thirdGenerationRoutes.includes(metrics[id].route));
  const everythingIsEmpty = empty.length === ids.length;
  if (suspects.length === 0 && !everythingIsEmpty) return { ids: [], entries: [] };
  switch (await findRingLimit(context)) {
    case "everything":
      return describe(empty, noRingDetail);
    case "third_generation_only":
      return describe(suspects);
    case "unknown": {
      // Nothing at all may mean that there is no ring; one route that it is an older one.
      const unclear = everythingIsEmpty ? empty : suspects;
      const what = unclear.join(", ");
      return { ids: unclear, entries: [{ what, reason: "unavailable", detail: unknownRingDetail }] };
    }
    case "nothing":
      return { ids: [], entries: [] };
  }
}

function describe(ids: readonly MetricId[], detail?: string): { ids: readonly MetricId[]; entries: MissingEntry[] } {
  if (ids.length === 0) return { ids, entries: [] };
  return { ids, entries: [{ what: ids.join(", "), reason: "not_supported", ...(detail ? { detail } : {}) }] };
}
