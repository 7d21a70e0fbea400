import { countSteps } from "../../oura/metrics.ts";
import type { DayRouteName, OuraDocument } from "../../oura/routes.ts";
import type { ScopeName } from "../../oura/scopes.ts";
import { formatClock, minutes, round } from "../../words/present.ts";

/** The ten routes a day is made of. */
export type SummaryRouteName = Exclude<
  DayRouteName,
  "sleep_with_series" | "daily_activity_with_series" | "workout" | "workout_details" | "session" | "tag"
>;

/** All documents of one day, by route; null where Oura has none. Of several sleep periods only the main night is here. */
export type DayDocuments = { [Name in SummaryRouteName]: OuraDocument<Name> | null };

export interface Column {
  name: string;
  route: SummaryRouteName;
  value(day: DayDocuments): string | number | null;
  /** Set where a day without a value is ordinary: the note that says so once, instead of a list of missing days. */
  sparse?: string;
}

export interface Section {
  name: string;
  routes: readonly SummaryRouteName[];
  /** What an assistant must be allowed. */
  scopes: readonly ScopeName[];
  /** What Oura demands, where it differs. */
  ouraScopes?: readonly ScopeName[];
  /** Which documents show that the ring was worn when this is measured; none: Oura computes it from weeks of data. */
  evidence: "night" | "day" | "model";
  /** Rings of the second generation and older do not measure it. */
  needsThirdGeneration?: true;
  columns: readonly Column[];
}

function column<Name extends SummaryRouteName>(
  route: Name,
  name: string,
  pick: (document: OuraDocument<Name>) => string | number | null | undefined,
  sparse?: string,
): Column {
  return {
    name,
    route,
    value(day) {
      const document: OuraDocument<Name> | null = day[route];
      return document === null ? null : (pick(document) ?? null);
    },
    ...(sparse === undefined ? {} : { sparse }),
  };
}

/** Oura's words for its advice, without what the column's name says already; a word it adds later stays as it is. */
function shortenAdvice(advice: string | null): string | null {
  const words: Readonly<Record<string, string>> = {
    follow_optimal_bedtime: "keep it",
    earlier_bedtime: "earlier",
    later_bedtime: "later",
    earlier_wake_up_time: "wake earlier",
    later_wake_up_time: "wake later",
    improve_efficiency: "improve efficiency",
  };
  return advice === null ? null : (words[advice] ?? advice);
}

/** The sections of a day, in the order of the answer's columns. */
export const sections = [
  {
    name: "sleep",
    routes: ["daily_sleep", "sleep"],
    scopes: ["daily"],
    evidence: "night",
    columns: [
      column("daily_sleep", "sleep_score", (document) => document.score ?? null),
      column("sleep", "total_sleep_min", (document) => minutes(document.total_sleep_duration)),
      column("sleep", "sleep_efficiency_pct", (document) => document.efficiency ?? null),
      column("sleep", "deep_min", (document) => minutes(document.deep_sleep_duration)),
      column("sleep", "rem_min", (document) => minutes(document.rem_sleep_duration)),
      column("sleep", "light_min", (document) => minutes(document.light_sleep_duration)),
    ],
  },
  {
    name: "readiness",
    routes: ["daily_readiness"],
    scopes: ["daily"],
    evidence: "night",
    columns: [
      column("daily_readiness", "readiness_score", (document) => document.score ?? null),
      column("daily_readiness", "temperature_deviation_c", (document) => round(document.temperature_deviation, 2)),
    ],
  },
  {
    name: "activity",
    routes: ["daily_activity"],
    scopes: ["daily"],
    evidence: "day",
    columns: [
      column("daily_activity", "activity_score", (document) => document.score ?? null),
      column("daily_activity", "steps", countSteps),
      column("daily_activity", "active_kcal", (document) => document.active_calories ?? null),
      column("daily_activity", "total_kcal", (document) => document.total_calories ?? null),
      column("daily_activity", "high_activity_min", (document) => minutes(document.high_activity_time)),
      column("daily_activity", "medium_activity_min", (document) => minutes(document.medium_activity_time)),
      column("daily_activity", "low_activity_min", (document) => minutes(document.low_activity_time)),
    ],
  },
  {
    name: "stress",
    routes: ["daily_stress"],
    // Oura serves daytime stress under Daily Summaries; for an assistant the box named Stress has to be ticked as well.
    scopes: ["stress", "daily"],
    ouraScopes: ["daily"],
    evidence: "day",
    needsThirdGeneration: true,
    columns: [
      column("daily_stress", "stress_high_min", (document) => minutes(document.stress_high)),
      column("daily_stress", "recovery_high_min", (document) => minutes(document.recovery_high)),
      column("daily_stress", "stress_day", (document) => document.day_summary ?? null),
    ],
  },
  {
    name: "spo2",
    routes: ["daily_spo2"],
    scopes: ["spo2"],
    evidence: "night",
    needsThirdGeneration: true,
    columns: [
      column("daily_spo2", "spo2_pct", (document) => round(document.spo2_percentage?.average, 1)),
      column("daily_spo2", "breathing_disturbance_index", (document) => document.breathing_disturbance_index ?? null),
    ],
  },
  {
    name: "resilience",
    routes: ["daily_resilience"],
    scopes: ["stress"],
    evidence: "model",
    needsThirdGeneration: true,
    columns: [column("daily_resilience", "resilience", (document) => document.level ?? null)],
  },
  {
    name: "heart_health",
    routes: ["daily_cardiovascular_age", "vO2_max"],
    scopes: ["heart_health"],
    evidence: "model",
    needsThirdGeneration: true,
    columns: [
      column("daily_cardiovascular_age", "vascular_age_years", (document) => document.vascular_age ?? null),
      column("daily_cardiovascular_age", "pulse_wave_velocity_m_s", (document) =>
        round(document.pulse_wave_velocity, 1),
      ),
      column(
        "vO2_max",
        "vo2_max_ml_kg_min",
        (document) => document.vo2_max,
        "VO2 max: only on days Ōura estimated it.",
      ),
    ],
  },
  {
    name: "bedtime",
    routes: ["sleep_time"],
    scopes: ["daily"],
    evidence: "model",
    columns: [
      column(
        "sleep_time",
        "bedtime_advice",
        ({ optimal_bedtime: window, recommendation }) => {
          const advice = shortenAdvice(recommendation);
          const time = window && `${formatClock(window.start_offset / 60)}-${formatClock(window.end_offset / 60)}`;
          return [time, advice].filter((part) => part !== null).join(" ") || null;
        },
        "Bedtime advice: only on some days.",
      ),
    ],
  },
] as const satisfies readonly Section[];

export type SectionName = (typeof sections)[number]["name"];
export const sectionNames = sections.map((section) => section.name) as [SectionName, ...SectionName[]]; // never empty
