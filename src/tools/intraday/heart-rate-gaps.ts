import { addDays, type DayRange, formatDays, type IsoDay, listDays } from "../../analytics/day.ts";
import type { HeartRateDay } from "../../analytics/intraday/heart-rate.ts";
import { type HeartRateRow, readingsWithin } from "../../analytics/intraday/heart-rate-readings.ts";
import { localDay } from "../../analytics/intraday/local-day.ts";
import type { UnreadStretch } from "../../oura/reader.ts";
import { reasonForDay, type SyncState } from "../../question/day-gaps.ts";
import { createMissingDays } from "../../question/missing-days.ts";
import { type MissingEntry, missingFromFailure } from "../../question/missing-entries.ts";
import { dayAt, type Interval, type LocalTime, sayClock } from "./local-time.ts";

export interface Hours {
  range: DayRange;
  local: LocalTime;
  /** If the requested interval ends in the future, it is cut to end now. */
  interval: Interval;
  /** The readings of the interval, and some before and after it. */
  rows: readonly HeartRateRow[];
  unread: readonly UnreadStretch[];
  hasOddReadings: boolean;
  /** Whether the daily activity could be read. It shows up to what time the ring has synced. */
  knowsDays: boolean;
  sync: SyncState;
}

export function unreadDays({ range, local, unread }: Hours): IsoDay[] {
  return listDays(range).filter((day) => overlapsAny(localDay(day, local.spans), unread));
}

/**
 * Reports the heart rate that could not be read. If `byDay` is set, the report names days. Otherwise it names clock
 * times.
 */
export function describeUnread(hours: Hours, byDay: boolean, panelUrl: string): MissingEntry[] {
  const { unread, interval, local } = hours;
  const [first] = unread;
  if (!first) return [];
  if (byDay) {
    return [{ ...missingFromFailure("heart_rate", first.failure, panelUrl), days: formatDays(unreadDays(hours)) }];
  }
  return unread.map(({ start, end, failure }) => {
    const [from, to] = [Math.max(start, interval.start), Math.min(end, interval.end)];
    return missingFromFailure(`heart_rate ${sayClock(from, local)}-${sayClock(to, local)}`, failure, panelUrl);
  });
}

/**
 * Reports days without any reading, for a range that is too long for a list of hours. Days that could not be read are
 * left out, because other entries of the answer's `missing` list name them.
 */
export function findSilentDays(hours: Hours): MissingEntry[] {
  const { range, local, rows, unread } = hours;
  const found = createMissingDays();
  const reasonFor = createReasons(hours);
  const ordered = readingsWithin(rows, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  let next = 0; // days and readings both ascend, so each reading is visited once
  for (const label of listDays(range)) {
    const day = localDay(label, local.spans);
    while ((ordered[next]?.at ?? day.start) < day.start) next++;
    const isRead = (ordered[next]?.at ?? day.end) < day.end;
    if (overlapsAny(day, unread) || isRead) continue;
    found.add("heart_rate", label, reasonFor(day));
  }
  return found.entries();
}

/**
 * Reports stretches (spans of time) without readings, for a range of few days. The longest are named with their times,
 * and the others are counted. Times that could not be read have entries of their own.
 */
export function findSilentHours({ gaps }: HeartRateDay, hours: Hours): MissingEntry[] {
  const reasonFor = createReasons(hours);
  const silent = gaps
    .filter((gap) => !overlapsAny(gap, hours.unread))
    .toSorted((left, right) => right.end - right.start - (left.end - left.start))
    .map((gap) => ({ ...gap, reason: reasonFor(gap) }));
  const shorter = Map.groupBy(silent.slice(listedGaps), ({ reason }) => reason);
  return [
    ...inTimeOrder(silent.slice(0, listedGaps)).map(({ start, end, reason }) => ({
      what: `heart_rate ${sayClock(start, hours.local)}-${sayClock(end, hours.local)}`,
      reason,
    })),
    ...Array.from(shorter, ([reason, { length }]) => ({
      what: `heart_rate in ${length} shorter ${length === 1 ? "gap" : "gaps"}`,
      reason,
    })),
  ];
}

function inTimeOrder<Gap extends Interval>(gaps: readonly Gap[]): Gap[] {
  return gaps.toSorted((one, other) => one.start - other.start);
}

const listedGaps = 5;

type StretchReason = ReturnType<typeof reasonForDay>;

/**
 * Returns a function that finds the reason for a stretch (a span of time without readings). If there is a reading after
 * the stretch, the ring has synced since then. So the ring was not worn during the stretch. If there is no later
 * reading, {@link reasonForDay} finds the reason.
 */
export function createReasons(hours: Hours): (stretch: Interval) => StretchReason {
  const { rows, local, range, sync, knowsDays, hasOddReadings } = hours;
  if (hasOddReadings) return () => "unavailable";
  const newestReading = newestOf(rows);
  const days = [sync.newestRecord, newestReading === null ? null : dayAt(newestReading, local)];
  const newest = days
    .filter((day) => day !== null)
    .toSorted()
    .at(-1);
  const syncOfReadings = {
    ...sync,
    first: newestReading === null ? sync.first : null, // these readings are older, so the ring was in use
    newestRecord: newest ? addDays(newest, -1) : null, // the newest day may be synced in part
    // The daily activity shows whether the ring synced after the range. If the daily activity could not be read, and
    // the range ends before yesterday, a missing sync is not given as the reason for missing readings.
    maySync: sync.maySync && (knowsDays || range.end >= addDays(sync.today, -1)),
  };
  return ({ start, end }) =>
    newestReading !== null && start < newestReading ? "not_worn" : reasonForDay(dayAt(end - 1, local), syncOfReadings);
}

function newestOf(rows: readonly HeartRateRow[]): number | null {
  return rows.reduce<number | null>((newest, { at }) => (newest === null || at > newest ? at : newest), null);
}

function overlapsAny({ start, end }: Interval, unread: readonly UnreadStretch[]): boolean {
  return unread.some((stretch) => stretch.start < end && stretch.end > start);
}
