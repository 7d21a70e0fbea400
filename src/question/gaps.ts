import * as z from "zod";
import { addDays, type DayRange, formatDays, type IsoDay, isWithin, listDays } from "../analytics/day.ts";
import { describeFailure, type Failure } from "../errors.ts";
import type { SleepDay } from "../oura/night.ts";
import { type DayRouteName, needsThirdGeneration, type OuraRouteName, pathOf, wornAt } from "../oura/routes.ts";
import { type WearTime, wasMostlyOff } from "../oura/wear.ts";
import { sayDays } from "../words/present.ts";
import { describeBefore, type FirstRecord, isBeforeFirst } from "./first-record.ts";
import { type MissingReason, missingReasons, sayReason } from "./missing-reasons.ts";
import type { Figure, Read } from "./reads.ts";
import { type RingLimit, unknownRingDetail } from "./ring-limits.ts";

/**
 * One entry of an answer's `missing` field: what is missing, on which days and why. The reason is always a key of the
 * table `missingReasons`.
 */
export const missingEntry = z.object({
  what: z.string(),
  days: z.string().optional(),
  reason: z.enum(Object.keys(missingReasons) as MissingReason[]), // Object.keys loses the type of the keys
  detail: z.string().optional(),
});
export type MissingEntry = z.output<typeof missingEntry>;

declare const byFrame: unique symbol;
/**
 * The `missing` field of an answer. Its type contains a private symbol, so only {@link createGaps} can make a value of
 * it. A tool can therefore neither write the field itself nor leave it out.
 */
export type Missing = readonly MissingEntry[] & { readonly [byFrame]: true };

/**
 * The missing values of a question. The code in src/question finds most of the missing values before the tool runs. The
 * tool adds the missing values that only the tool can find.
 */
export interface Gaps {
  /** The entries of the answer's `missing` field, in the order in which the answer lists them. */
  readonly entries: readonly MissingEntry[];
  /** Up to which day the ring has synced. A tool needs this to explain data that is missing for a part of a day. */
  readonly sync: SyncState;
  /**
   * The values that this ring does not measure. If the model of the ring is unknown, the values that the ring may not
   * measure. The list `entries` already names these values, so a tool must not add them again.
   */
  readonly unmeasurable: Unmeasurable;
  add(...more: readonly MissingEntry[]): void;
  /** Adds an entry for data that is missing because permission was refused or a request to Oura failed. */
  addFailure(what: string, failure: Failure): void;
}

/**
 * The missing values of a question, with a method that tools do not get. The method `finish` makes the answer's final
 * `missing` list. Its argument `odd` says for each route how many of the route's records could not be read in full.
 */
export interface FrameGaps extends Gaps {
  finish(odd: ReadonlyMap<OuraRouteName, number>): Missing;
}

export function createGaps(
  known: readonly MissingEntry[],
  unmeasurable: Unmeasurable,
  sync: SyncState,
  panelUrl: string,
): FrameGaps {
  const entries = [...known];
  return {
    entries,
    sync,
    unmeasurable,
    add(...more) {
      entries.push(...more);
    },
    addFailure(what, failure) {
      entries.push(missingFromFailure(what, failure, panelUrl));
    },
    // `Missing` is the type of an answer's final `missing` list. This cast is the only place that makes a value of this
    // type.
    finish: (odd) => [...entries, ...describeOddRecords(odd)] as readonly MissingEntry[] as Missing,
  };
}

/** What is known about the ring's last sync. It decides which reason the answer gives for a day without data. */
export interface SyncState {
  today: IsoDay;
  /** The day of the newest record that was read; null when no record was read. */
  newestRecord: IsoDay | null;
  /** Whether the requested days are so recent that the ring may still hold their data and not have synced it. */
  maySync: boolean;
  /**
   * Whether it is certain up to which day the ring has synced. False when data that could show the last sync could not
   * be read. If it is not certain, a day without data gets the reason `unavailable` instead of `not_worn` or
   * `not_synced`.
   */
  isCertain: boolean;
  /**
   * The day on which the ring's records begin. Finding it out can cost a request to Oura. The field is therefore null
   * unless a requested day is before the oldest record that was read.
   */
  first: FirstRecord | null;
}

/**
 * Returns the reason why a day has no record.
 * - `before_first_record`: the day is before the ring's first record.
 * - `unavailable`: it is uncertain up to which day the ring has synced.
 * - `not_synced`: the day is today, or it is recent and after the newest record.
 * - `not_worn`: in all other cases.
 */
export function reasonForDay(
  day: IsoDay,
  sync: SyncState,
): "before_first_record" | "not_synced" | "not_worn" | "unavailable" {
  const { today, newestRecord, maySync, isCertain, first } = sync;
  if (isBeforeFirst(day, first)) return "before_first_record";
  if (!isCertain) return "unavailable";
  if (day === today) return "not_synced";
  return maySync && (newestRecord === null || day > newestRecord) ? "not_synced" : "not_worn";
}

/** The entry in the answer's `missing` list for data that could not be read, with the failure in words. */
export function missingFromFailure(what: string, failure: Failure, panelUrl: string): MissingEntry {
  return { what, reason: reasonOf(failure), detail: describeFailure(failure, { home: panelUrl, panel: panelUrl }) };
}

function reasonOf(failure: Failure): MissingReason {
  switch (failure.kind) {
    case "not_granted_to_assistant":
    case "not_granted_by_oura":
      return "not_granted";
    case "membership_lapsed":
      return "no_membership";
    default:
      return "unavailable";
  }
}

/** A request that returned no data, because permission was missing or the request failed. */
export interface LostRead {
  read: Read;
  failure: Failure;
}

/**
 * Returns entries of the answer's `missing` list for data that could not be read. Some values have a common name (the
 * `group` of {@link Figure}), for example all values of a night. If a whole group is missing, one entry gives its
 * common name. If only a part of a group is missing, the entry lists the values' own names. Values without a common
 * name share one entry if they are missing for the same reason.
 * @param all Every value of this part of the answer, in the order of the answer
 * @param except The names of values that already have an entry with another reason
 */
export function describeLost(
  all: readonly Figure[],
  lost: readonly LostRead[],
  except: ReadonlySet<string>,
  panelUrl: string,
): MissingEntry[] {
  const found = lost.flatMap(({ read, failure }) => read.figures.map((figure) => ({ figure, failure })));
  const inOrder = all.flatMap((figure) => found.filter((one) => one.figure === figure && !except.has(figure.name)));
  const shared = Map.groupBy(inOrder, ({ figure, failure }) => {
    const { reason, detail } = missingFromFailure("", failure, panelUrl);
    return figure.group ?? `${reason} ${detail}`;
  });
  return Array.from(shared.values()).flatMap((list) => {
    const [first] = list;
    if (!first) return [];
    const what = nameFigures(
      list.map(({ figure }) => figure),
      all,
    );
    return [missingFromFailure(what, first.failure, panelUrl)];
  });
}

/**
 * Returns the name under which one entry of the answer's `missing` list reports several values. The members of a group
 * have a common name (`group` of {@link Figure}). If the values (`figures`) are a whole group, the result is the common
 * name. Otherwise the result lists the name of each value. `all` holds every value that could be in the group.
 */
function nameFigures(figures: readonly Figure[], all: readonly Figure[]): string {
  const group = figures[0]?.group;
  const isWhole = group !== undefined && all.filter((figure) => figure.group === group).length === figures.length;
  return isWhole ? group : [...new Set(figures.map(({ name }) => name))].join(", ");
}

/**
 * The names of the values that this ring does not measure. If the model of the ring is unknown, the names of the values
 * that the ring may not measure. `entries` reports these values in the answer's `missing` list.
 */
export interface Unmeasurable {
  names: ReadonlySet<string>;
  entries: readonly MissingEntry[];
}

/**
 * Finds the values that the ring does not measure. This needs the ring's model, which may cost a request to Oura. The
 * model is therefore looked up only in two cases: no document was read at all, or there are no documents for a value
 * that needs a third-generation ring.
 * @param countOf Returns the number of documents that were read from a route; null when the route was not read
 */
export async function findUnmeasurable(
  figures: readonly Figure[],
  countOf: (route: OuraRouteName) => number | null,
  isNothingHeld: boolean,
  findRingLimit: () => Promise<RingLimit>,
): Promise<Unmeasurable> {
  const none = { names: new Set<string>(), entries: [] };
  const units = [...Map.groupBy(figures, ({ name, group }) => group ?? name).values()];
  const empty = units.filter(
    (unit) => unit.some(({ route }) => countOf(route) === 0) && unit.every(({ route }) => !countOf(route)),
  );
  const suspects = empty.filter((unit) => unit.every(({ route }) => needsThirdGeneration(route)));
  if (suspects.length === 0 && !(isNothingHeld && empty.length > 0)) return none;
  switch (await findRingLimit()) {
    case "everything":
      return ruleOut(empty, "no_ring");
    case "third_generation_only":
      return suspects.length === 0 ? none : ruleOut(suspects, "not_supported");
    case "unknown": // it is also possible that the account has no ring
      return ruleOut(empty, "unavailable", unknownRingDetail);
    case "nothing":
      return none;
  }
}

function ruleOut(units: readonly (readonly Figure[])[], reason: MissingReason, detail?: string): Unmeasurable {
  const what = units.map(([first]) => first?.group ?? first?.name).join(", ");
  return {
    names: new Set(units.flat().map(({ name }) => name)),
    entries: [{ what, reason, ...(detail === undefined ? {} : { detail }) }],
  };
}

/**
 * The entry in the answer's `missing` list if the account has no ring, or if the model of its ring is unknown. This
 * entry is used because another reason, such as "not worn" or "not synced", could be wrong. Null if the model of the
 * ring is known.
 */
export function describeRingLimit(what: string, limit: RingLimit): MissingEntry | null {
  if (limit === "everything") return { what, reason: "no_ring" };
  return limit === "unknown" ? { what, reason: "unavailable", detail: unknownRingDetail } : null;
}

/**
 * Returns the documents of one day that were read from a route of Oura's API. Undefined when the route was not read.
 */
export type DayDocumentsOf = (route: OuraRouteName, day: IsoDay) => readonly object[] | undefined;

interface DayGapOptions {
  /** Whether Oura's rest mode was on during a day. Oura gives no scores while rest mode is on. */
  isAtRest?: (day: IsoDay) => boolean;
  /** If true and a value is missing on many days, the answer's `missing` list gives only the number of these days. */
  countsDays?: boolean;
}

/**
 * Finds the requested days on which a value is missing, and the reason for each. Values that belong to no single day
 * (values without the method `on`) are not checked.
 */
export function findDayGaps(
  figures: readonly Figure[],
  ranges: readonly DayRange[],
  documentsOf: DayDocumentsOf,
  sync: SyncState,
  { isAtRest = () => false, countsDays = false }: DayGapOptions = {},
): MissingEntry[] {
  const found = createMissingDays(ranges, countsDays ? countDaysOf : formatDays);
  const groups = [
    ...Map.groupBy(
      figures.filter(({ on }) => on),
      ({ name, group }) => group ?? name,
    ).values(),
  ];
  const days = [...new Set(ranges.flatMap(listDays))].toSorted(); // each day once, because ranges may overlap
  for (const group of groups) {
    const [figure] = group;
    if (figure && group.length === 1) {
      // Most groups have only one value. For such a group, the reason for each day is determined without lists of
      // several reasons. This saves time, because an answer can check ten thousand days.
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
  return found.entries();
}

/**
 * If the day is before the ring's first record, returns a sentence that says on which day the records begin. Otherwise
 * returns undefined.
 */
function detailOf(day: IsoDay, reason: MissingReason, { first }: SyncState): string | undefined {
  const isEmpty = reason === "before_first_record" || reason === "not_worn";
  return first === null || !isEmpty ? undefined : describeBefore(day, first);
}

/**
 * Whether a value is a score that is missing although the day has a record and the ring was worn. In this case the
 * wearer may have switched on Oura's rest mode, during which Oura gives no scores.
 */
export function isSuppressed(figure: Figure, documents: readonly object[] | undefined): boolean {
  if (!figure.isScore || documents === undefined || !isRecorded(figure.route, documents)) return false;
  return (figure.on?.(documents) ?? null) === null && !documents.some(isSetAside);
}

/**
 * Returns at most one entry for the answer's `missing` list. It names the days that have no record because the ring has
 * not synced them yet. The result is empty when there are no such days.
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
 * Whether a value can be missing because the ring was not worn. False if other records of the day show that the ring
 * was worn. For a value that Oura computes over several weeks, only records of nights count. The result for such a
 * value is also false if no records of nights were requested.
 */
function mayBeNotWorn(route: OuraRouteName, day: IsoDay, documentsOf: DayDocumentsOf): boolean {
  const when = wornAt(route);
  // For a value of the day, the ring must be worn at some time of the day. Any record of the ring shows that the ring
  // was worn on that day. For all other values, the ring must be worn at night. Only a record of the night shows that
  // the ring was worn at night.
  const evidence = (when === "day" ? [...nightRoutes, ...dayRoutes] : nightRoutes).flatMap((name) => {
    const documents = documentsOf(name, day);
    return documents === undefined ? [] : [showsWear(name, documents)];
  });
  if (when === "weeks" && evidence.length === 0) return false;
  return !evidence.includes(true);
}

/**
 * The routes of Oura's API whose documents show that the ring was worn at night. The documents of {@link dayRoutes}
 * show that the ring was worn at some time of the day.
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
 * Whether a day's documents of a route show that the ring was worn. A short sleep that is not counted as the night, or
 * an unfinished sleep record, also shows that the ring was worn.
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

/**
 * Collects the days on which values are missing, and makes the entries of the answer's `missing` list from them. Days
 * on which the same value is missing for the same reason share one entry.
 * @param periods The periods of the answer. With two or more periods, each period gets its own entries.
 * @param format Returns the days of an entry as text
 */
export function createMissingDays(
  periods: readonly DayRange[] = [],
  format: (days: readonly IsoDay[]) => string = formatDays,
): {
  add(what: string, day: IsoDay, reason: MissingReason, detail?: string): void;
  entries(): MissingEntry[];
} {
  const found = new Map<string, Omit<MissingEntry, "days"> & { days: IsoDay[] }>();
  return {
    add(what, day, reason, detail) {
      const key = `${what} ${reason} ${detail}`;
      const entry = found.get(key) ?? { what, reason, days: [], ...(detail === undefined ? {} : { detail }) };
      entry.days.push(day);
      found.set(key, entry);
    },
    /**
     * Returns the entries of the `missing` list, starting with the entry that has the most days. Values that are
     * missing on the same days for the same reason share one entry.
     */
    entries() {
      const byLength = [...found.values()].toSorted((left, right) => right.days.length - left.days.length);
      const merged = new Map<string, MissingEntry>();
      for (const { what, days, ...why } of byLength) {
        for (const text of formatByPeriod(days.toSorted(), periods, format)) {
          const key = `${why.reason} ${why.detail} ${text}`;
          const same = merged.get(key);
          merged.set(key, { what: same ? `${same.what}, ${what}` : what, days: text, ...why });
        }
      }
      return [...merged.values()];
    },
  };
}

/** Returns days as text. If the answer is about several periods, the result has one text for each period. */
function formatByPeriod(
  days: readonly IsoDay[],
  periods: readonly DayRange[],
  format: (days: readonly IsoDay[]) => string,
): string[] {
  if (periods.length < 2) return [format(days)];
  const byPeriod = Map.groupBy(days, (day) => periods.find((period) => isWithin(day, period)));
  return Array.from(byPeriod.values(), format);
}

/** If a list of days would be longer than this many characters, the answer gives the number of days instead. */
const longestList = 80;

/**
 * Returns a list of days as text: "2026-11-01, 2026-11-04..2026-11-06". If the list is long, the result is the number
 * of days with the first and the last day: "57 days from 2024-12-03 to 2026-11-18".
 */
function countDaysOf(days: readonly IsoDay[]): string {
  const listed = formatDays(days);
  return listed.length <= longestList ? listed : `${days.length} days from ${days[0]} to ${days.at(-1)}`;
}

/** The entry in the answer's `missing` list that says how many of Oura's records could not be read in full. */
function describeOddRecords(odd: ReadonlyMap<OuraRouteName, number>): MissingEntry[] {
  if (odd.size === 0) return [];
  const said = [...odd].map(([name, count]) => `${count} of ${pathOf(name)}`);
  return [
    {
      what: "records",
      reason: "unavailable",
      detail: `Ōura sent records that could not be read, or not wholly: ${said.join(", ")}. Figures may rest on fewer days.`,
    },
  ];
}

/**
 * A sentence that names the first entries (at most `most`) of the answer's `missing` list and says how many more
 * entries there are. Null when nothing is missing.
 */
export function explainMissing(missing: readonly MissingEntry[], most = 3): string | null {
  if (missing.length === 0) return null;
  const shown = missing.slice(0, most).map((entry) => {
    const what = entry.what.replaceAll("_", " ");
    return `${what}${entry.days ? ` on ${sayDays(entry.days)}` : ""} (${sayReason(entry.reason, entry.detail)})`;
  });
  const rest = missing.length > shown.length ? `; and ${missing.length - shown.length} more under missing` : "";
  return `Missing: ${shown.join("; ")}${rest}.`;
}
