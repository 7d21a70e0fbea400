import { addDays, formatDays, type IsoDay, listDays } from "../../analytics/day.ts";
import type { HeartRateDay, HeartRateRow } from "../../analytics/intraday/heart-rate.ts";
import { localDay } from "../../analytics/intraday/local-day.ts";
import type { UnreadStretch } from "../../oura/reader.ts";
import { createMissingDays, type MissingEntry, missingFromFailure, reasonForDay } from "../../question/gaps.ts";
import { newestDay } from "../newest-record.ts";
import type { HoursRead } from "./read-hours.ts";
import { dayAt, sayClock } from "./words.ts";

interface Stretch {
  start: number;
  end: number;
}

/** The days of the range on which not everything could be read. */
export function unreadDays({ settled, local, unread }: HoursRead): IsoDay[] {
  return listDays(settled.range).filter((day) => overlapsAny(localDay(day, local.spans), unread));
}

/** What could not be read, with the failure: by day in a long range, by the clock in a short one. */
export function describeUnread(hours: HoursRead, byDay: boolean, panelUrl: string): MissingEntry[] {
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

/** The days' own records, which tell the wearer's clock and the last sync, when they could not be read. */
export function describeUnreadDays({ daysFailure, settled }: HoursRead, panelUrl: string): MissingEntry[] {
  if (daysFailure === null) return [];
  const entry = missingFromFailure("days' own records", daysFailure, panelUrl);
  return [{ ...entry, detail: `${entry.detail} Times are at UTC${settled.utcOffset} throughout, as last known.` }];
}

/** Days of a long range without a reading, apart from those that could not be read. */
export function findSilentDays(hours: HoursRead): MissingEntry[] {
  const { settled, local, rows, unread } = hours;
  const found = createMissingDays();
  for (const label of listDays(settled.range)) {
    const day = localDay(label, local.spans);
    if (overlapsAny(day, unread) || rows.some(({ at }) => at >= day.start && at < day.end)) continue;
    found.add("heart_rate", label, reasonForStretch(day, hours));
  }
  return found.entries();
}

/** The stretches of a short range without a reading, apart from those that could not be read; the longest by the clock. */
export function findSilentHours({ gaps }: HeartRateDay, hours: HoursRead): MissingEntry[] {
  const silent = gaps
    .filter((gap) => !overlapsAny(gap, hours.unread))
    .toSorted((left, right) => right.end - right.start - (left.end - left.start))
    .map((gap) => ({ ...gap, reason: reasonForStretch(gap, hours) }));
  const shorter = Map.groupBy(silent.slice(listedGaps), ({ reason }) => reason);
  return [
    ...silent.slice(0, listedGaps).map(({ start, end, reason }) => ({
      what: `heart_rate ${sayClock(start, hours.local)}-${sayClock(end, hours.local)}`,
      reason,
    })),
    ...Array.from(shorter, ([reason, { length }]) => ({
      what: `heart_rate in ${length} shorter ${length === 1 ? "gap" : "gaps"}`,
      reason,
    })),
  ];
}

const listedGaps = 5;

/** A stretch before the newest reading was not worn; one after it follows the rule for days. */
export function reasonForStretch({ start, end }: Stretch, hours: HoursRead): ReturnType<typeof reasonForDay> {
  const { rows, activity, settled, local, mayReadDays } = hours;
  if (hours.hasOddReadings) return "unavailable";
  const newestReading = newestOf(rows);
  if (newestReading !== null && start < newestReading) return "not_worn";
  const newest = newestDay([...activity, ...(newestReading === null ? [] : [{ day: dayAt(newestReading, local) }])]);
  const { today, range } = settled;
  return reasonForDay(dayAt(end - 1, local), {
    today,
    isCertain: hours.daysFailure === null && !hours.hasOddDays,
    newestRecord: newest && addDays(newest, -1), // the newest day itself is there only as far as the ring had synced
    // Without the days' own records nothing tells of a sync after the range, so only the newest days may wait for one.
    maySync: settled.maySync && (mayReadDays || range.end >= addDays(today, -1)),
  });
}

function newestOf(rows: readonly HeartRateRow[]): number | null {
  return rows.reduce<number | null>((newest, { at }) => (newest === null || at > newest ? at : newest), null);
}

function overlapsAny({ start, end }: Stretch, unread: readonly UnreadStretch[]): boolean {
  return unread.some((stretch) => stretch.start < end && stretch.end > start);
}
