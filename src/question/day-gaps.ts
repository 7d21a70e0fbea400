import { addDays, type DayRange, formatDays, type IsoDay, listDays } from "../analytics/day.ts";
import type { SleepDay } from "../oura/night.ts";
import { type DayRouteName, type OuraRouteName, pathOf, wornAt } from "../oura/routes.ts";
import { type WearTime, wasMostlyOff } from "../oura/wear.ts";
import { describeBefore, type FirstRecord, isBeforeFirst, mayBeBeforeFirst } from "./first-record.ts";
import { countDaysOf, createMissingDays } from "./missing-days.ts";
import type { MissingEntry } from "./missing-entries.ts";
import type { MissingReason } from "./missing-reasons.ts";
import type { Figure } from "./reads.ts";

/** What is known about the ring's last sync. It decides which reason the answer gives for a day without data. */
export interface SyncState {
  today: IsoDay;
  /** Null when no record was read. */
  newestRecord: IsoDay | null;
  /**
   * Whether the requested days are so recent that the ring may still hold data of these days which it has not synced.
   */
  maySync: boolean;
  /**
   * Whether it is certain up to which day the ring has synced. False when data that could show the last sync could not
   * be read. A day without data then has the reason `unavailable` instead of `not_worn` or `not_synced`.
   */
  isCertain: boolean;
  /**
   * The day on which the ring's records begin. It can cost a request to Oura to find out this day. The code looks for
   * the day only if a requested day is before the oldest record that was read. In all other cases, the field is null.
   */
  first: FirstRecord | null;
}

/**
 * The reason why a day has no record. `before_first_record`: the day is before the ring's first record. `unavailable`:
 * it is uncertain up to which day the ring has synced, or whether there was a ring. `not_synced`: the day is today, or it
 * is recent and after the newest record. `not_worn`: in all other cases.
 */
export function reasonForDay(
  day: IsoDay,
  sync: SyncState,
): "before_first_record" | "not_synced" | "not_worn" | "unavailable" {
  const { today, newestRecord, maySync, isCertain, first } = sync;
  if (isBeforeFirst(day, first)) return "before_first_record";
  if (!isCertain) return "unavailable";
  if (day === today) return "not_synced";
  if (maySync && (newestRecord === null || day > newestRecord)) return "not_synced";
  return mayBeBeforeFirst(day, first) ? "unavailable" : "not_worn";
}

/** The documents of one day from a route of Oura's API. Undefined when the route was not read. */
export type DayDocumentsOf = (route: OuraRouteName, day: IsoDay) => readonly object[] | undefined;

interface DayGapOptions {
  /** Whether a day is in a period of Oura's rest mode. Oura gives no scores on such a day. */
  isAtRest?: (day: IsoDay) => boolean;
  /** If a value is missing on many days, the answer's `missing` list gives only the number of these days. */
  countsDays?: boolean;
  /** Whether the answer leaves out the days before the ring's first record. */
  countsFromFirst?: boolean;
}

/**
 * Chooses the values that are checked on every requested day. These are the values with the method `on`, because they
 * belong to a single day. If no value has this method, the function chooses each value whose route has documents on
 * fewer than half of the days. The check then asks whether the day has a document. Without this second choice, an
 * answer could have no values and give no reason. A value that Oura computes over several weeks is chosen only if there
 * is no document at all.
 */
export function findChecked(
  figures: readonly Figure[],
  ranges: readonly DayRange[],
  documentsOf: DayDocumentsOf,
): readonly Figure[] {
  const ofDays = figures.filter(({ on }) => on !== undefined);
  if (ofDays.length > 0) return ofDays;
  const days = ranges.flatMap(listDays);
  return figures
    .filter(({ route }) => {
      const found = days.filter((day) => (documentsOf(route, day) ?? []).length > 0).length;
      return wornAt(route) === "weeks" ? found === 0 : found < days.length / 2;
    })
    .map((figure) => ({ ...figure, on: (documents) => (documents.length > 0 ? documents : null) }));
}

/** `ofMostDays` has the values that are missing on more than half of the days of a period. */
interface DayGaps {
  entries: MissingEntry[];
  ofMostDays: MissingEntry[];
}

/** @param figures The values that belong to a single day (with the method `on`) */
export function findDayGaps(
  figures: readonly Figure[],
  ranges: readonly DayRange[],
  documentsOf: DayDocumentsOf,
  sync: SyncState,
  { isAtRest = () => false, countsDays = false, countsFromFirst = false }: DayGapOptions = {},
): DayGaps {
  const found = createMissingDays(ranges, countsDays ? countDaysOf : formatDays);
  const groups = [...Map.groupBy(figures, ({ name, group }) => group ?? name).values()];
  const days = [...new Set(ranges.flatMap(listDays))].toSorted(); // each day once, because ranges may overlap
  for (const group of groups) {
    const [figure] = group;
    if (figure && group.length === 1) {
      // Most groups have only one value. For such a group, the code makes no list of reasons for each day. This saves
      // time, because an answer can check ten thousand days.
      for (const day of days) {
        const reason = reasonFor(figure, day, documentsOf, sync, isAtRest);
        if (reason !== null) found.add(figure.group ?? figure.name, day, reason, detailOf(day, reason, sync));
      }
      continue;
    }
    for (const day of days) {
      const reasons = group.map((figure) => reasonFor(figure, day, documentsOf, sync, isAtRest));
      const [first = null] = reasons;
      const name = group[0]?.group ?? group[0]?.name ?? "";
      if (first !== null && reasons.every((reason) => reason === first))
        found.add(name, day, first, detailOf(day, first, sync));
      else
        group.forEach((figure, index) => {
          const reason = reasons[index] ?? null;
          if (reason !== null) found.add(figure.name, day, reason, detailOf(day, reason, sync));
        });
    }
  }
  function isLeftOut(what: string, day: IsoDay): boolean {
    if (countsFromFirst && isBeforeFirst(day, sync.first)) return true;
    if (day !== sync.today) return false;
    return figures.some((one) => (one.group ?? one.name) === what && isUncounted(one, documentsOf(one.route, day)));
  }
  return { entries: found.entries(), ofMostDays: found.entriesOfMostDays(isLeftOut) };
}

/** Whether the answer has no value of today because today is not over. */
function isUncounted({ today, on }: Figure, documents: readonly object[] = []): boolean {
  return today === "left_out" || (today === "counting" && (on?.(documents) ?? null) === null);
}

function detailOf(day: IsoDay, reason: MissingReason, { first, isCertain }: SyncState): string | undefined {
  const isUnknown = reason === "unavailable" && isCertain && mayBeBeforeFirst(day, first);
  const isEmpty = reason === "before_first_record" || reason === "not_worn" || isUnknown;
  return first === null || !isEmpty ? undefined : describeBefore(day, first);
}

/**
 * Whether a score is missing although the day has a record and the ring was worn. The wearer may then have switched on
 * Oura's rest mode, during which Oura gives no scores.
 */
export function isSuppressed(figure: Figure, documents: readonly object[] | undefined): boolean {
  if (!figure.isScore || documents === undefined || !isRecorded(figure.route, documents)) return false;
  return (figure.on?.(documents) ?? null) === null && !documents.some(isSetAside);
}

/**
 * At most one entry for the answer's `missing` list, with the days that the ring has not synced yet.
 * @param what The name of the data that the next sync may bring
 */
export function findWaitingDays(
  what: string,
  ranges: readonly DayRange[],
  isRecorded: (day: IsoDay) => boolean,
  sync: SyncState,
): MissingEntry[] {
  const days = ranges.flatMap(listDays).filter((day) => !isRecorded(day) && reasonForDay(day, sync) === "not_synced");
  return days.length === 0 ? [] : [{ what, days: formatDays(days), reason: "not_synced" }];
}

function reasonFor(
  figure: Figure,
  day: IsoDay,
  documentsOf: DayDocumentsOf,
  sync: SyncState,
  isAtRest: (day: IsoDay) => boolean,
): MissingReason | null {
  if (figure.today === "left_out" && day === sync.today) return null;
  const found = documentsOf(figure.route, day);
  const documents = found ?? [];
  const value = figure.on?.(documents) ?? null;
  if (value !== null) return null;
  if (isSuppressed(figure, found) && isAtRest(day)) return "rest_mode";
  if (isRecorded(figure.route, documents)) {
    if (documents.some(isSetAside)) return day === sync.today ? "not_synced" : "not_worn";
    return figure.today === "counting" && day === sync.today ? null : "unavailable";
  }
  if (wornAt(figure.route) === "night" && isStillWritten(day, documentsOf("sleep", day), sync.today))
    return "unfinished";
  const reason = reasonForDay(day, sync);
  // The night of a day is the night before the day. During the night before the first day with records, the ring was
  // not yet in use.
  if (wornAt(figure.route) === "night" && day === sync.first?.begins?.on) return "before_first_record";
  return reason === "not_worn" && !mayBeNotWorn(figure.route, day, documentsOf) ? "unavailable" : reason;
}

/**
 * Whether a value can be missing because the ring was not worn. False if another record of the day shows that the ring
 * was worn. The result is also false in one other case: Oura computes the value over several weeks, and no records of
 * nights were requested.
 */
function mayBeNotWorn(route: OuraRouteName, day: IsoDay, documentsOf: DayDocumentsOf): boolean {
  const when = wornAt(route);
  // For a value of the day, the ring must be worn at some time of the day, and any record of the ring shows that. For
  // all other values, the ring must be worn at night, and only a record of the night shows that.
  const evidence = (when === "day" ? [...nightRoutes, ...dayRoutes] : nightRoutes).flatMap((name) => {
    const documents = documentsOf(name, day);
    return documents === undefined ? [] : [showsWear(name, documents)];
  });
  if (when === "weeks" && evidence.length === 0) return false;
  return !evidence.includes(true);
}

/**
 * Documents of these routes of Oura's API show that the ring was worn at night. Documents of {@link dayRoutes} show
 * that it was worn at some time of the day.
 */
const nightRoutes: readonly DayRouteName[] = ["sleep", "daily_sleep", "daily_readiness"];
const dayRoutes: readonly DayRouteName[] = ["daily_activity", "daily_stress"];
/**
 * The routes whose documents show whether the ring was worn and up to which day it has synced. If one of these routes
 * could not be read, both facts are uncertain.
 */
export const wearEvidenceRoutes: readonly OuraRouteName[] = [...nightRoutes, ...dayRoutes, "sleep_with_series"];

/** Whether a day has a record of the route. For a sleep route, the day must have a night, and a nap is not enough. */
export function isRecorded(route: OuraRouteName, documents: readonly object[] | undefined): boolean {
  if (pathOf(route) !== "sleep") return documents !== undefined && documents.length > 0;
  return sleepDays(documents).some(({ night }) => night !== null);
}

/**
 * Whether the documents show that the ring was worn. An unfinished sleep record shows this too. A short sleep shows it
 * even if it is not counted as the night.
 */
function showsWear(route: OuraRouteName, documents: readonly object[]): boolean {
  if (pathOf(route) === "sleep" && sleepDays(documents).some(({ uncounted, unfinished }) => uncounted ?? unfinished[0]))
    return true;
  return isRecorded(route, documents) && !documents.some(isMostlyOff);
}

/**
 * Whether Oura may still complete the record of the day's night. True if the day is today or yesterday and has a sleep
 * record without an end or a type.
 */
function isStillWritten(day: IsoDay, documents: readonly object[] | undefined, today: IsoDay): boolean {
  return day >= addDays(today, -1) && sleepDays(documents).some(({ unfinished }) => unfinished.length > 0);
}

function sleepDays(documents: readonly object[] | undefined): readonly SleepDay[] {
  return (documents ?? []) as readonly SleepDay[]; // the sleep routes return this type
}

/** Whether a document's values were removed because the ring was off for most of the day. */
function isSetAside(document: object): boolean {
  return "isSetAside" in document;
}

function isMostlyOff(document: object): boolean {
  // The cast is safe, because every document with the field `non_wear_time` has all fields of the type WearTime.
  return "non_wear_time" in document && wasMostlyOff(document as WearTime);
}
