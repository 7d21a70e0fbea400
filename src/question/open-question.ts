import type { DayRange } from "../analytics/day.ts";
import { type OuraRouteName, pathOf, wornAt } from "../oura/routes.ts";
import { findChecked, findDayGaps, findWaitingDays, isRecorded } from "./day-gaps.ts";
import { describePartWear, findUnknownNights, noteUnfinished } from "./day-notes.ts";
import { becauseAllBefore, findFirstRecord, hasDaysBefore } from "./first-record.ts";
import { createGaps, type FrameGaps } from "./gaps.ts";
import { createHeldDocuments, type HeldDocuments } from "./held-documents.ts";
import { findSync } from "./last-sync.ts";
import { describeLost, type MissingEntry } from "./missing-entries.ts";
import { type ReadOutcome, readAll } from "./read-all.ts";
import { byDay, type DataOf, type Declarations, type Declared, figuresOf, measuredFigures, support } from "./reads.ts";
import { isInRestMode, readRestModes } from "./rest-days.ts";
import {
  describeRingLimit,
  findUnmeasurable,
  type KnownRings,
  limitOf,
  type RingLimit,
  readKnownRings,
} from "./ring-limits.ts";
import type { ToolContext } from "./tool.ts";
import type { ExplainingRouteName } from "./tool-scopes.ts";
import { newestOffset } from "./wearer-clock.ts";
import { guessDays, type ResolveRanges, settleDays, type WearerDays } from "./wearer-days.ts";

interface Opening<Ranges extends readonly DayRange[], Reads extends Declarations> {
  /** Null when the question is not about days. */
  resolve: ResolveRanges<Ranges> | null;
  reads: Reads;
  arrivesWithSync?: string | undefined;
  timezone?: string | undefined;
  /** If data is missing on many days, the answer's `missing` list gives only their number. */
  countsMissingDays: boolean;
  /**
   * Whether the summary names values that are missing on some of the days. Otherwise it names only values that are
   * missing on most days of a period.
   */
  namesDays: boolean;
  /** Whether the answer leaves out the days before the ring's first record. */
  countsFromFirst: boolean;
}

/**
 * A question that is ready to be answered: its days are known, its data is read, and every missing value has a reason.
 */
export interface Opened<Ranges, Reads extends Declarations> extends WearerDays<Ranges> {
  data: DataOf<Reads>;
  gaps: FrameGaps;
  /**
   * Notes on failed requests for data that improves the answer but that the answer does not show. Call this method
   * after the tool has run, because the tool may request more data and these requests may fail too.
   */
  lossNotes(): readonly string[];
  /**
   * Notes on days on which the ring was worn for only a part of the day, and on sleep records that Oura has not
   * finished.
   */
  recordNotes: readonly string[];
  /** If all requested days are before the ring's first record, says on which day the records begin. Otherwise null. */
  allBefore: string | null;
  readMore<More>(more: Declared<More>): Promise<More>;
  findRingLimit(): Promise<RingLimit>;
}

/**
 * Estimates the days, because the wearer's time zone may not be known yet. Reads all data at the same time, and
 * determines the exact days with the UTC offset in the records. Then finds every missing value and its reason.
 */
export async function openQuestion<Ranges extends readonly DayRange[], Reads extends Declarations>(
  { resolve, reads, arrivesWithSync, timezone, countsMissingDays, namesDays, countsFromFirst }: Opening<Ranges, Reads>,
  context: ToolContext,
): Promise<Opened<Ranges, Reads>> {
  const { now, clock, panelUrl } = context;
  const days = guessDays(resolve, { now, clock, timezone });
  const declared: readonly Declared<unknown>[] = Object.values(reads);
  const read = [...declared, ...probeZone(declared, context)];
  const outcome = await readAll(read, days, context);
  const held = createHeldDocuments();
  hold(held, read, outcome);
  const settled = settleDays(resolve, { now, clock, timezone }, newestOffset({ activity: held.stamps() }, now));

  const notes: string[] = [];
  /**
   * Reports what one declaration (the requests for one part of the answer) could not read: returns entries for the
   * answer's `missing` list, and appends sentences to the answer's `notes`.
   */
  function reportLost(one: Declared<unknown>, lost: ReadOutcome["lost"], except: ReadonlySet<string>): MissingEntry[] {
    const loss = describeLoss(one, lost, except, {
      utcOffset: settled.utcOffset,
      panelUrl,
      isAboutDays: days.ranges.length > 0,
    });
    notes.push(...loss.notes);
    return loss.entries;
  }

  /**
   * Reads data that turns out to be needed only after the first requests. `entries` reports what could not be read, for
   * the answer's `missing` list.
   */
  async function readBeside<Data>(
    one: Declared<Data, ExplainingRouteName>,
  ): Promise<{ data: Data; entries: MissingEntry[] }> {
    const later = await readAll([one], days, context);
    return { data: one.collect(later.find), entries: reportLost(one, later.lost, new Set()) };
  }

  const figures = measuredFigures(declared);
  const known = await findSync(read, outcome, held, settled, days, context);
  let rings: Promise<KnownRings> | null = null;
  const findRings = () => (rings ??= readKnownRings(context));
  const findLimit = async () => limitOf(await findRings());
  const isNothingHeld = held.newestDay() === null;
  const unmeasurable = await findUnmeasurable(figures, held.countOf, isNothingHeld, findLimit);
  const withoutRing =
    arrivesWithSync !== undefined && isNothingHeld ? describeRingLimit(arrivesWithSync, await findLimit()) : null;
  const measured = figures.filter(({ name, route }) => !unmeasurable.names.has(name) && held.countOf(route) !== null);
  const activityFailed = outcome.lost.some((one) => !one.isRefusal && one.read.route === "daily_activity");
  const waits = arrivesWithSync !== undefined && withoutRing === null && !activityFailed;
  const oldest = held.oldestRingDay();
  const checked = findChecked(measured, settled.ranges, held.of);
  const holdsAny = held.holdsAnyOf(settled.ranges);
  const isBefore = (!holdsAny || checked.length > 0) && hasDaysBefore(oldest, settled.ranges);
  const sync = { ...known, first: isBefore ? findFirstRecord(await findRings(), oldest) : null };
  const restModes = readRestModes(measured, settled.ranges, held.of);
  const rest = restModes && (await readBeside(restModes));
  const dayGaps = findDayGaps(checked, settled.ranges, held.of, sync, {
    isAtRest: isInRestMode(rest?.data ?? null),
    countsDays: countsMissingDays,
    countsFromFirst,
  });
  /**
   * Whether the summary names data of a declaration that could not be read. The summary of an answer about single days
   * names all data that could not be read. The summary of any other answer does not name data that the answer does not
   * show or mentions only as context.
   */
  const isNamed = ({ role, isContext }: Declared<unknown>) => namesDays || (role !== "support" && !isContext);
  const lost = declared.map((one) => ({ one, entries: reportLost(one, outcome.lost, unmeasurable.names) }));
  const ofRing = [...unmeasurable.entries, ...(withoutRing ? [withoutRing] : [])];
  const waiting = waits
    ? findWaitingDays(
        arrivesWithSync,
        settled.ranges,
        (day) => isRecorded("daily_activity", held.of("daily_activity", day)),
        sync,
      )
    : [];
  const unknownNights = findUnknownNights(held);
  const gaps = createGaps(
    {
      entries: [
        ...lost.flatMap(({ entries }) => entries),
        ...ofRing,
        ...waiting,
        ...dayGaps.entries,
        ...(rest?.entries ?? []),
        ...unknownNights,
      ],
      named: [
        ...lost.flatMap(({ one, entries }) => (isNamed(one) ? entries : [])),
        ...ofRing,
        ...waiting,
        ...(namesDays ? dayGaps.entries : dayGaps.ofMostDays),
        ...unknownNights,
      ],
    },
    unmeasurable,
    sync,
    panelUrl,
  );

  async function readMore<More>(more: Declared<More>): Promise<More> {
    const later = await readAll([more], days, context);
    const entries = reportLost(more, later.lost, new Set());
    if (isNamed(more)) gaps.add(...entries);
    else gaps.addUnnamed(...entries);
    return more.collect(later.find);
  }

  return {
    ...settled,
    data: collectData(reads, outcome),
    allBefore: holdsAny ? null : becauseAllBefore(settled.ranges, sync.first),
    gaps,
    lossNotes: () => notes,
    recordNotes: [
      ...(figures.some(({ route }) => wornAt(route) === "day")
        ? describePartWear(settled.ranges, held.of, {
            today: settled.today,
            now: context.now,
            offsetMinutes: context.clock.offsetMinutes ?? 0,
            isBrief: countsMissingDays,
          })
        : []),
      ...noteUnfinished(settled.ranges, held),
    ],
    readMore,
    findRingLimit: findLimit,
  };
}

/**
 * An additional request whose records show the wearer's UTC offset. There is no such request if the offset is already
 * known, or if the records of the tool's own requests show the offset.
 */
function probeZone(
  declared: readonly Declared<unknown>[],
  { clock }: ToolContext,
): Declared<unknown, ExplainingRouteName>[] {
  const showsZone = declared.some(({ reads }) =>
    reads.some(({ route, records }) => records !== undefined && isZoned(route)),
  );
  if (showsZone || clock.offsetMinutes !== null) return [];
  // If this request fails, the answer does not report the failure, because the answer does not show the requested data.
  return [{ ...support(byDay("daily_activity")), loss: null }];
}

function isZoned(route: OuraRouteName): boolean {
  return ["sleep", "daily_activity"].includes(pathOf(route));
}

function hold(held: HeldDocuments, declared: readonly Declared<unknown>[], { find }: ReadOutcome): void {
  for (const read of declared.flatMap(({ reads }) => reads)) {
    const found = find(read);
    if (found) held.add(read, found.value);
  }
}

function collectData<Reads extends Declarations>(reads: Reads, { find }: ReadOutcome): DataOf<Reads> {
  const entries = Object.entries(reads).map(([name, one]) => [name, one.collect(find)]);
  return Object.fromEntries(entries) as DataOf<Reads>; // the keys are the names in `reads`
}

/**
 * Entries of the answer's `missing` list and notes that report the failed requests of one declaration. If the answer
 * does not show the data (role `support`), a missing permission is not reported.
 */
function describeLoss(
  one: Declared<unknown>,
  allLost: ReadOutcome["lost"],
  except: ReadonlySet<string>,
  { utcOffset, panelUrl, isAboutDays }: { utcOffset: string; panelUrl: string; isAboutDays: boolean },
): { entries: MissingEntry[]; notes: string[] } {
  const lost = allLost.filter(
    ({ read, isRefusal }) => one.reads.includes(read) && !(one.role === "support" && isRefusal),
  );
  const figures = figuresOf(one);
  const entries = describeLost(figures, lost, except, panelUrl);
  if (one.role !== "support") return { entries, notes: [] };
  if (one.loss === null) return { entries: [], notes: [] };
  const { what, under = isAboutDays ? "notes" : "missing", without } = one.loss;
  const losses = entries.map((entry) => ({
    ...entry,
    what: what ?? `${entry.what} as context`,
    detail: [entry.detail, without?.({ utcOffset })].filter((text) => text !== undefined).join(" "),
  }));
  if (under === "missing") return { entries: losses, notes: [] };
  return {
    entries: [],
    notes: losses.map(({ what: lostPart, detail }) => `Could not be read: ${lostPart}. ${detail}`),
  };
}
