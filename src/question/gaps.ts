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
 * One gap of an answer. Its reason is always one of `missingReasons`, for gaps the frame finds and for those a tool
 * adds.
 */
export const missingEntry = z.object({
  what: z.string(),
  days: z.string().optional(),
  reason: z.enum(Object.keys(missingReasons) as MissingReason[]), // Object.keys widens closed keys
  detail: z.string().optional(),
});
export type MissingEntry = z.output<typeof missingEntry>;

declare const byFrame: unique symbol;
/** The `missing` field. Only {@link createGaps} can make one, so no tool can write it by hand or leave it out. */
export type Missing = readonly MissingEntry[] & { readonly [byFrame]: true };

/** The gaps of a question, to which a tool adds those that only it can find. */
export interface Gaps {
  /** In the order in which the answer lists them. */
  readonly entries: readonly MissingEntry[];
  /** The state of the last sync, for gaps shorter than a day. */
  readonly sync: SyncState;
  /** The figures the ring does not measure, or may not measure; also among the entries. */
  readonly unmeasurable: Unmeasurable;
  add(...more: readonly MissingEntry[]): void;
  /** Adds an entry for data lost to a failure. */
  addFailure(what: string, failure: Failure): void;
}

/** The frame's view of the gaps. Only the frame makes the final `missing` field. */
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
    finish: (odd) => [...entries, ...describeOddRecords(odd)] as readonly MissingEntry[] as Missing, // made here alone
  };
}

/** What is known of the ring's last sync, to find out why a day is empty. */
export interface SyncState {
  today: IsoDay;
  /** The newest day of any record that was read; null when there was none. */
  newestRecord: IsoDay | null;
  /** Whether the range ends so recently that its last days may not be synced yet. */
  maySync: boolean;
  /** False when a record that could show it was not readable. Then no gap is explained by wearing or syncing. */
  isCertain: boolean;
  /** Where the records begin; null when no day of the question lies before those that were read. */
  first: FirstRecord | null;
}

/**
 * Why a day is empty. A day before the first record has none. A day newer than every record is not synced; so is today,
 * which may be synced in part.
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

/** The entry for data that is absent because of a failure. */
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

/** A read that was refused or failed, and why. */
export interface LostRead {
  read: Read;
  failure: Failure;
}

/**
 * The entries for reads that were refused or failed. A group lost as a whole has one entry under its name; a group lost
 * in part is listed by its figures. Figures without a group that are lost for the same reason share one entry.
 * @param all every figure of the same part of the answer, in the order of the answer
 * @param except figures that have an entry with another reason
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

/** The group's name if all of its figures are listed, else the figures' own names. */
function nameFigures(figures: readonly Figure[], all: readonly Figure[]): string {
  const group = figures[0]?.group;
  const isWhole = group !== undefined && all.filter((figure) => figure.group === group).length === figures.length;
  return isWhole ? group : [...new Set(figures.map(({ name }) => name))].join(", ");
}

/** Figures this ring does not measure, or may not measure. */
export interface Unmeasurable {
  names: ReadonlySet<string>;
  entries: readonly MissingEntry[];
}

/**
 * Figures the ring does not measure. The ring's model is requested only when there is no data at all, or none of the
 * data that needs a newer ring.
 * @param countOf the number of documents of a figure's route; null when it was not read
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
    case "unknown": // there may be no ring at all
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

/** The entry when there is no ring, or its model is unknown. Then a gap cannot be explained by wearing or syncing. */
export function describeRingLimit(what: string, limit: RingLimit): MissingEntry | null {
  if (limit === "everything") return { what, reason: "no_ring" };
  return limit === "unknown" ? { what, reason: "unavailable", detail: unknownRingDetail } : null;
}

/** The documents of a day, by route; undefined where a route was not read. */
export type DayDocumentsOf = (route: OuraRouteName, day: IsoDay) => readonly object[] | undefined;

interface DayGapOptions {
  /** Whether rest mode was on, in which Oura suppresses scores. */
  isAtRest?: (day: IsoDay) => boolean;
  /** Whether many days are counted instead of listed. */
  countsDays?: boolean;
}

/** Every day of the ranges without a value, by figure, with the reason. Figures without `on` are not checked by day. */
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
  const days = [...new Set(ranges.flatMap(listDays))].toSorted(); // ranges may overlap
  for (const group of groups) {
    const [figure] = group;
    if (figure && group.length === 1) {
      // As most are: without a list of reasons for each of some ten thousand days.
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

/** More of the reason for a day before every record. */
function detailOf(day: IsoDay, reason: MissingReason, { first }: SyncState): string | undefined {
  const isEmpty = reason === "before_first_record" || reason === "not_worn";
  return first === null || !isEmpty ? undefined : describeBefore(day, first);
}

/** Whether a day has the record of a score, was worn and yet has no score: as while rest mode is on. */
export function isSuppressed(figure: Figure, documents: readonly object[] | undefined): boolean {
  if (!figure.isScore || documents === undefined || !isRecorded(figure.route, documents)) return false;
  return (figure.on?.(documents) ?? null) === null && !documents.some(isSetAside);
}

/**
 * The days without a record that are not synced yet, as one entry.
 * @param what the name of the data that may arrive with them
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
  const documents = documentsOf(figure.route, day) ?? [];
  const value = figure.on?.(documents) ?? null;
  if (value !== null) return null;
  if (isSuppressed(figure, documentsOf(figure.route, day)) && isAtRest(day)) return "rest_mode";
  if (isRecorded(figure.route, documents)) {
    if (documents.some(isSetAside)) return day === sync.today ? "not_synced" : "not_worn";
    return figure.today === "counting" && day === sync.today ? null : "unavailable";
  }
  if (wornAt(figure.route) === "night" && isStillWritten(day, documentsOf("sleep", day), sync.today))
    return "unfinished";
  const reason = reasonForDay(day, sync);
  // The night before the day on which the records begin.
  if (wornAt(figure.route) === "night" && day === sync.first?.begins?.on) return "before_first_record";
  return reason === "not_worn" && !mayBeNotWorn(figure.route, day, documentsOf) ? "unavailable" : reason;
}

/**
 * Whether the ring may not have been worn. False when other records show that it was worn and, for values over weeks, when
 * no record of the nights was read.
 */
function mayBeNotWorn(route: OuraRouteName, day: IsoDay, documentsOf: DayDocumentsOf): boolean {
  const when = wornAt(route);
  // Oura computes values over weeks from nights, so only nights are evidence for them.
  const evidence = (when === "day" ? [...nightRoutes, ...dayRoutes] : nightRoutes).flatMap((name) => {
    const documents = documentsOf(name, day);
    return documents === undefined ? [] : [showsWear(name, documents)];
  });
  if (when === "weeks" && evidence.length === 0) return false;
  return !evidence.includes(true);
}

/** Routes whose documents show that the ring was worn: at night, or at any time of the day. */
const nightRoutes: readonly DayRouteName[] = ["sleep", "daily_sleep", "daily_readiness"];
const dayRoutes: readonly DayRouteName[] = ["daily_activity", "daily_stress"];
/** Routes without which wearing and syncing cannot be determined. */
export const wearEvidenceRoutes: readonly OuraRouteName[] = [...nightRoutes, ...dayRoutes, "sleep_with_series"];

/** Whether a day has a record of the route. For sleep it needs a night: a nap alone does not count. */
export function isRecorded(route: OuraRouteName, documents: readonly object[] | undefined): boolean {
  if (pathOf(route) !== "sleep") return documents !== undefined && documents.length > 0;
  return sleepDays(documents).some(({ night }) => night !== null);
}

/** Whether a day's documents of a route show that the ring was worn. So does a night that is in no figure. */
function showsWear(route: OuraRouteName, documents: readonly object[]): boolean {
  if (pathOf(route) === "sleep" && sleepDays(documents).some(({ uncounted, unfinished }) => uncounted ?? unfinished[0]))
    return true;
  return isRecorded(route, documents) && !documents.some(isMostlyOff);
}

/** Whether the day's night may still be completed: Oura has a record of it without an end, and the day is recent. */
function isStillWritten(day: IsoDay, documents: readonly object[] | undefined, today: IsoDay): boolean {
  return day >= addDays(today, -1) && sleepDays(documents).some(({ unfinished }) => unfinished.length > 0);
}

function sleepDays(documents: readonly object[] | undefined): readonly SleepDay[] {
  return (documents ?? []) as readonly SleepDay[]; // documents of the sleep routes
}

/** Whether the figures of a document are left out because the ring was mostly off. */
function isSetAside(document: object): boolean {
  return "isSetAside" in document;
}

function isMostlyOff(document: object): boolean {
  return "non_wear_time" in document && wasMostlyOff(document as WearTime); // its schema
}

/**
 * Collects missing days by what is missing and why, and merges them into entries.
 * @param periods of the answer; with several, each has entries of its own
 * @param format how the days of an entry are written
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
    /** Data missing on the same days for the same reason share one entry. Entries with the most days come first. */
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

/** Days as text, those of each period apart where the answer is about several. */
function formatByPeriod(
  days: readonly IsoDay[],
  periods: readonly DayRange[],
  format: (days: readonly IsoDay[]) => string,
): string[] {
  if (periods.length < 2) return [format(days)];
  const byPeriod = Map.groupBy(days, (day) => periods.find((period) => isWithin(day, period)));
  return Array.from(byPeriod.values(), format);
}

/** Longer lists of days are counted. */
const longestList = 80;

/** "2026-11-01, 2026-11-04..2026-11-06", or of many days "57 days from 2024-12-03 to 2026-11-18". */
function countDaysOf(days: readonly IsoDay[]): string {
  const listed = formatDays(days);
  return listed.length <= longestList ? listed : `${days.length} days from ${days[0]} to ${days.at(-1)}`;
}

/** The entry for records that could not be read in full. */
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

/** A sentence that names the first gaps and counts the rest; null when nothing is missing. */
export function explainMissing(missing: readonly MissingEntry[], most = 3): string | null {
  if (missing.length === 0) return null;
  const shown = missing.slice(0, most).map((entry) => {
    const what = entry.what.replaceAll("_", " ");
    return `${what}${entry.days ? ` on ${sayDays(entry.days)}` : ""} (${sayReason(entry.reason, entry.detail)})`;
  });
  const rest = missing.length > shown.length ? `; and ${missing.length - shown.length} more under missing` : "";
  return `Missing: ${shown.join("; ")}${rest}.`;
}
