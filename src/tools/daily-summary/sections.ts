import type { DayRange, IsoDay } from "../../analytics/day.ts";
import type { ContributorRouteName } from "../../oura/contributors.ts";
import type { DayDocument } from "../../oura/day-documents.ts";
import { type MetricId, resilienceLevels } from "../../oura/metrics.ts";
import type { Sleep } from "../../oura/night.ts";
import { type DayRouteName, wornAt } from "../../oura/routes.ts";
import { byDay, type DayRead, type DocumentsByRoute, type ReadDays } from "../../question/reads.ts";
import { splitCode } from "../../words/code-words.ts";
import { formatClock, minutes, round } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import { quoteWearer, wearerTextNote } from "../../words/wearer-text.ts";

export type SummaryRouteName = Exclude<
  DayRouteName,
  | "sleep_with_series"
  | "sleep_ring"
  | "daily_activity_with_series"
  | ContributorRouteName
  | "workout"
  | "workout_details"
  | "session"
  | "tag"
>;

export interface Column {
  name: string;
  route: SummaryRouteName;
  /** `documents` are those of one day from the route of Oura's API that the column uses. */
  value(documents: readonly unknown[]): Cell;
  /**
   * Set for a column that is empty on most days. Days without a value are then not listed as missing. The text is a
   * note for the answer about these days. If the text is empty, there is no note.
   */
  sparse?: string;
  /** Oura gives no scores while rest mode is on, so rest mode may be the reason for a missing score. */
  isScore?: boolean;
  /** A question may ask for the column by any name of this metric (src/oura/metrics.ts). */
  metric?: MetricId;
  /**
   * Set when an answer about several days shows the column only on request. With "column", the question must name the
   * column. With "section", naming the column's section is enough.
   */
  onRequest?: "column" | "section";
  /**
   * Only for columns of words. Returns the word that Oura sent for the day if this code does not know it, and otherwise
   * null. The column itself then shows "other" ({@link otherWord}).
   */
  unknown?(documents: readonly unknown[]): string | null;
}

/**
 * A group of columns, such as "sleep" or "heart_health". A question can request the group by its name. If the group
 * cannot be read, the answer reports it as missing by this name.
 */
export interface Section {
  name: string;
  columns: readonly Column[];
}

function column<Name extends SummaryRouteName>(
  route: Name,
  name: string,
  pick: (document: DayDocument<Name>) => string | number | null | undefined,
  sparse?: string,
): Column {
  return {
    name,
    route,
    value(documents: readonly DayDocument<Name>[]) {
      const document = documents.at(-1); // when Oura has two documents for a day, the later one is a correction
      return document ? (pick(document) ?? null) : null;
    },
    ...(sparse === undefined ? {} : { sparse }),
  };
}

/** An answer about several days shows this column only if the question names it. */
function onRequest(one: Column, metric?: MetricId): Column {
  return { ...one, onRequest: "column", ...(metric ? { metric } : {}) };
}

/** An answer about several days shows this column only if the question names it or its section. */
function withItsSection(one: Column): Column {
  return { ...one, onRequest: "section" };
}

/** A question may ask for this column by any name of the metric. */
function named(metric: MetricId, one: Column): Column {
  return { ...one, metric };
}

/** The value comes from the night that ends on the day. */
function nightColumn(name: string, pick: (night: Sleep) => number | null): Column {
  return column("sleep", name, ({ night }) => (night ? pick(night) : null));
}

function scoreColumn(route: "daily_sleep" | "daily_readiness" | "daily_activity", name: string): Column {
  return { ...column(route, name, ({ score }) => score), isScore: true };
}

/** Maps words that Oura sends to the words that answers use, such as "earlier_bedtime" to "earlier". */
type KnownWords = Readonly<Record<string, string>>;

/**
 * Stands for a word from Oura that this code does not know. The word itself is quoted in a separate column, so that an
 * assistant does not take it for a word of this server.
 */
export const otherWord = "other";

function sayWord(known: KnownWords, word: string | null): string | null {
  return word === null ? null : Object.hasOwn(known, word) ? (known[word] ?? otherWord) : otherWord;
}

/**
 * A column of words that Oura sends, such as "stressful".
 * @param pick Returns the word that Oura sent
 * @param say Returns the text of the cell, from Oura's document and the word that answers use
 */
function wordColumn<Name extends SummaryRouteName>(
  route: Name,
  name: string,
  { known, pick, say, sparse }: WordOptions<Name>,
): Column {
  return {
    ...column<Name>(
      route,
      name,
      (document) => {
        const word = sayWord(known, pick(document));
        return say ? say(document, word) : word;
      },
      sparse,
    ),
    unknown(documents: readonly DayDocument<Name>[]) {
      const document = documents.at(-1);
      const word = document ? pick(document) : null;
      return sayWord(known, word) === otherWord ? word : null;
    },
  };
}

interface WordOptions<Name extends SummaryRouteName> {
  known: KnownWords;
  pick(document: DayDocument<Name>): string | null;
  say?(document: DayDocument<Name>, word: string | null): string | null;
  sparse?: string;
}

export const bedtimeFound = "best bedtime found";

/**
 * Maps Oura's codes for the bedtime status to words. A status says that Oura found a best bedtime, or why it found
 * none.
 */
const bedtimeStatuses: KnownWords = {
  not_enough_nights: "too few nights so far",
  not_enough_recent_nights: "too few recent nights",
  bad_sleep_quality: "sleep too poor for advice",
  only_recommended_found: "no best bedtime found",
  optimal_found: bedtimeFound,
};

const adviceWords: KnownWords = {
  follow_optimal_bedtime: "keep it",
  earlier_bedtime: "earlier",
  later_bedtime: "later",
  earlier_wake_up_time: "wake earlier",
  later_wake_up_time: "wake later",
  improve_efficiency: "improve efficiency",
};

const stressDays = asTheyAre(["restored", "normal", "stressful"]);
const levelsOfResilience = asTheyAre(resilienceLevels);

function asTheyAre(words: readonly string[]): KnownWords {
  return Object.fromEntries(words.map((word) => [word, word]));
}

export const sections = [
  {
    name: "sleep",
    columns: [
      scoreColumn("daily_sleep", "sleep_score"),
      named(
        "total_sleep",
        nightColumn("total_sleep_min", (night) => minutes(night.total_sleep_duration)),
      ),
      named(
        "sleep_efficiency",
        nightColumn("sleep_efficiency_pct", (night) => round(night.efficiency)),
      ),
      named(
        "deep_sleep",
        nightColumn("deep_min", (night) => minutes(night.deep_sleep_duration)),
      ),
      named(
        "rem_sleep",
        nightColumn("rem_min", (night) => minutes(night.rem_sleep_duration)),
      ),
      withItsSection(nightColumn("light_min", (night) => minutes(night.light_sleep_duration))),
    ],
  },
  {
    name: "readiness",
    columns: [
      scoreColumn("daily_readiness", "readiness_score"),
      named(
        "temperature_deviation",
        column("daily_readiness", "temperature_deviation_c", (document) => round(document.temperature_deviation, 2)),
      ),
      onRequest(
        column("daily_readiness", "temperature_trend_c", (document) => round(document.temperature_trend_deviation, 2)),
        "temperature_trend",
      ),
    ],
  },
  {
    name: "activity",
    columns: [
      scoreColumn("daily_activity", "activity_score"),
      column("daily_activity", "steps", (document) => document.steps),
      named(
        "active_calories",
        column("daily_activity", "active_kcal", (document) => document.active_calories ?? null),
      ),
      named(
        "total_calories",
        column("daily_activity", "total_kcal", (document) => document.total_calories ?? null),
      ),
      column("daily_activity", "high_activity_min", (document) => minutes(document.high_activity_time)),
      column("daily_activity", "medium_activity_min", (document) => minutes(document.medium_activity_time)),
      column("daily_activity", "low_activity_min", (document) => minutes(document.low_activity_time)),
      onRequest(column("daily_activity", "goal_kcal", (document) => document.target_calories)),
      onRequest(column("daily_activity", "goal_m", (document) => document.target_meters)),
      onRequest(column("daily_activity", "to_goal_m", (document) => document.meters_to_target)),
      onRequest(
        column("daily_activity", "walking_equivalent_m", (document) => document.equivalent_walking_distance),
        "walking_distance",
      ),
      onRequest(
        column("daily_activity", "sitting_min", (document) => minutes(document.sedentary_time)),
        "sitting_time",
      ),
      onRequest(column("daily_activity", "resting_min", (document) => minutes(document.resting_time))),
      onRequest(column("daily_activity", "inactivity_alerts", (document) => document.inactivity_alerts)),
    ],
  },
  {
    name: "stress",
    columns: [
      named(
        "stress_high",
        column("daily_stress", "stress_high_min", (document) => minutes(document.stress_high)),
      ),
      named(
        "recovery_high",
        column("daily_stress", "recovery_high_min", (document) => minutes(document.recovery_high)),
      ),
      wordColumn("daily_stress", "stress_day", { known: stressDays, pick: ({ day_summary }) => day_summary }),
    ],
  },
  {
    name: "spo2",
    columns: [
      named(
        "spo2",
        column("daily_spo2", "spo2_pct", (document) => round(document.spo2_percentage?.average, 1)),
      ),
      named(
        "breathing_disturbance",
        column("daily_spo2", "breathing_disturbance_index", (document) => document.breathing_disturbance_index ?? null),
      ),
    ],
  },
  {
    name: "resilience",
    columns: [wordColumn("daily_resilience", "resilience", { known: levelsOfResilience, pick: ({ level }) => level })],
  },
  {
    name: "heart_health",
    columns: [
      named(
        "cardiovascular_age",
        withItsSection(
          column("daily_cardiovascular_age", "vascular_age_years", (document) => document.vascular_age ?? null),
        ),
      ),
      named(
        "pulse_wave_velocity",
        withItsSection(
          column("daily_cardiovascular_age", "pulse_wave_velocity_m_s", (document) =>
            round(document.pulse_wave_velocity, 1),
          ),
        ),
      ),
      named(
        "vo2_max",
        column(
          "vO2_max",
          "vo2_max_ml_kg_min",
          (document) => document.vo2_max,
          "VO2 max: only on days Ōura estimated it.",
        ),
      ),
    ],
  },
  {
    name: "bedtime",
    columns: [
      withItsSection(
        wordColumn("sleep_time", "bedtime_advice", {
          known: adviceWords,
          pick: ({ recommendation }) => recommendation,
          say({ optimal_bedtime: window }, advice) {
            const time = window && `${formatClock(window.start_offset / 60)}-${formatClock(window.end_offset / 60)}`;
            return [time, advice].filter((part) => part !== null).join(" ") || null;
          },
          sparse: "Bedtime advice: only on some days.",
        }),
      ),
      onRequest(
        wordColumn("sleep_time", "bedtime_status", {
          known: bedtimeStatuses,
          pick: ({ status }) => status,
          sparse: "",
        }),
      ),
    ],
  },
] as const satisfies readonly Section[];

/** If the column cannot be read, the answer reports its section (a group of columns) as missing. */
export interface AskedColumn {
  section: Section;
  column: Column;
}

/** Each route of Oura's API is read only once. */
export function readsOf(
  columns: readonly AskedColumn[],
  over: (days: ReadDays) => DayRange,
): DayRead<SummaryRouteName>[] {
  const byRoute = Map.groupBy(columns, ({ column: { route } }) => route);
  return Array.from(byRoute, ([route, own]) =>
    byDay(route, {
      over,
      figures: own.map(({ section, column: { name, value, sparse, isScore } }) => ({
        name,
        group: section.name,
        ...(isScore ? { isScore } : {}),
        ...(sparse === undefined ? { on: value } : {}),
        ...(wornAt(route) === "day" ? { today: "counting" as const } : {}),
      })),
    }),
  );
}

/** Returns a function that looks up the documents from which a column's value on a day is made. */
export function indexByDay(
  documents: DocumentsByRoute<SummaryRouteName>,
): (column: Column, day: IsoDay) => readonly unknown[] {
  const index = new Map<string, ReadonlyMap<IsoDay, readonly { day: IsoDay }[]>>();
  for (const [route, list] of Object.entries(documents)) {
    index.set(
      route,
      Map.groupBy<IsoDay, { day: IsoDay }>(list, ({ day }) => day),
    );
  }
  return ({ route }, day) => index.get(route)?.get(day) ?? [];
}

/**
 * A column for words from Oura that Ringbridge does not know. A cell quotes each unknown word of the day after the name
 * of the column to which the word belongs. The column is left out when all words are known.
 */
export function quoteUnknown(
  columns: readonly Column[],
  days: readonly IsoDay[],
  documentsOn: (column: Column, day: IsoDay) => readonly unknown[],
): { columns: string[]; cells: (string | null)[][]; notes: string[] } {
  const quotes = days.map((day) => {
    const unknown = columns.flatMap((column) => {
      const word = column.unknown?.(documentsOn(column, day)) ?? null;
      return word === null ? [] : [`${column.name} ${splitCode(word).join(" ")}`];
    });
    return quoteWearer(unknown.join("; "));
  });
  if (quotes.every((quote) => quote === null)) return { columns: [], cells: [], notes: [] };
  return { columns: ["wearer_text"], cells: quotes.map((quote) => [quote]), notes: [wearerTextNote] };
}

/**
 * Whether the column's value for the day is not final yet. Today's activity and stress are complete only when the day
 * ends.
 */
export function isStillCounting({ route }: Column, day: IsoDay, today: IsoDay): boolean {
  return day === today && wornAt(route) === "day";
}

export type SectionName = (typeof sections)[number]["name"];
export const sectionNames = sections.map((section) => section.name) as [SectionName, ...SectionName[]]; // the list of sections is never empty
