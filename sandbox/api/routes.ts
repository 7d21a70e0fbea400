import { dailyActivityDocuments } from "../people/activity-documents.ts";
import type { DayNumber, Instant } from "../people/calendar.ts";
import { dailySleepDocuments } from "../people/daily-sleep-documents.ts";
import { sessionDocuments, workoutDocuments } from "../people/event-documents.ts";
import { cardiovascularAgeDocuments, dailySpo2Documents, vo2MaxDocuments } from "../people/heart-health-documents.ts";
import type { Life } from "../people/life.ts";
import type { Placed } from "../people/placed.ts";
import { dailyReadinessDocuments } from "../people/readiness-documents.ts";
import { restModeDocuments } from "../people/rest-mode-documents.ts";
import { sleepDocuments } from "../people/sleep-documents.ts";
import { sleepTimeDocuments } from "../people/sleep-time-documents.ts";
import { dailyResilienceDocuments, dailyStressDocuments } from "../people/stress-documents.ts";
import { enhancedTagDocuments, tagDocuments } from "../people/tag-documents.ts";
import type { Scope } from "../scopes.ts";

export interface DocumentRoute {
  scope: Scope;
  /** Documents of one day as far as Oura knows them at `horizon`. */
  documents(life: Life, day: DayNumber, horizon: Instant): Placed[];
  /** Three routes accept `fields` and ignore it. */
  ignoresFields?: true;
}

const DOCUMENT_ROUTES = {
  daily_activity: { scope: "daily", documents: dailyActivityDocuments },
  daily_readiness: { scope: "daily", documents: dailyReadinessDocuments },
  daily_sleep: { scope: "daily", documents: dailySleepDocuments },
  daily_stress: { scope: "daily", documents: dailyStressDocuments },
  daily_resilience: { scope: "stress", documents: dailyResilienceDocuments, ignoresFields: true },
  daily_spo2: { scope: "spo2", documents: dailySpo2Documents },
  daily_cardiovascular_age: { scope: "heart_health", documents: cardiovascularAgeDocuments },
  vO2_max: { scope: "heart_health", documents: vo2MaxDocuments },
  sleep: { scope: "daily", documents: sleepDocuments },
  sleep_time: { scope: "daily", documents: sleepTimeDocuments },
  workout: { scope: "workout", documents: workoutDocuments },
  session: { scope: "session", documents: sessionDocuments },
  tag: { scope: "tag", documents: tagDocuments, ignoresFields: true },
  enhanced_tag: { scope: "tag", documents: enhancedTagDocuments, ignoresFields: true },
  rest_mode_period: { scope: "daily", documents: restModeDocuments },
} as const satisfies Record<string, DocumentRoute>;

/** Time series: no ids, paged, and the only routes with `latest`. */
export const SERIES_ROUTES = {
  heartrate: { scope: "heartrate" },
  ring_battery_level: { scope: "ring_configuration" },
} as const satisfies Record<string, { scope: Scope }>;

export type SeriesRoute = keyof typeof SERIES_ROUTES;

export const DATA_ROUTES: readonly string[] = [
  ...Object.keys(DOCUMENT_ROUTES),
  ...Object.keys(SERIES_ROUTES),
  "ring_configuration",
  "personal_info",
];

export function documentRoute(name: string): DocumentRoute | null {
  return new Map<string, DocumentRoute>(Object.entries(DOCUMENT_ROUTES)).get(name) ?? null;
}

export function isSeriesRoute(name: string): name is SeriesRoute {
  return Object.hasOwn(SERIES_ROUTES, name);
}
