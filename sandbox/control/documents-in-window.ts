import { allDocuments } from "../api/collections.ts";
import type { Window } from "../api/parameters.ts";
import { documentRoute, isSeriesRoute } from "../api/routes.ts";
import { seriesPage } from "../api/series.ts";
import type { Instant } from "../people/calendar.ts";
import type { Life } from "../people/life.ts";
import type { OuraDocument } from "../people/placed.ts";
import { personalInfo, ringDocuments } from "../people/ring-documents.ts";

/**
 * All documents of a person and route whose day, or time, is in the window, without the API's filters and limits. `null`
 * for an unknown route.
 */
export function documentsInWindow(route: string, life: Life, horizon: Instant, window: Window): OuraDocument[] | null {
  if (route === "personal_info") return [personalInfo(life)];
  if (route === "ring_configuration") return ringDocuments(life);
  if (isSeriesRoute(route)) {
    const upTo: Window = { ...window, end: Math.min(window.end, horizon) };
    return seriesPage(route, life, upTo, Number.POSITIVE_INFINITY).rows;
  }
  const collection = documentRoute(route);
  return collection && allDocuments(collection, life, horizon, window);
}
