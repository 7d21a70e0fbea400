import {
  addDays,
  type DayRange,
  dayAtOffset,
  earlierDay,
  formatOffset,
  type IsoDay,
  laterDay,
} from "../analytics/day.ts";
import { type Calendar, resolveDay } from "./range-input.ts";
import type { ReadDays } from "./reads.ts";
import type { SeenOffset, WearerClock } from "./wearer-clock.ts";

/**
 * Determines the ranges of days that the question asks about. Throws the failure `bad_input` when a day is not valid.
 */
export type ResolveRanges<Ranges extends readonly DayRange[]> = (calendar: Calendar) => Ranges;

interface Asking {
  /** In epoch ms. */
  now: number;
  clock: WearerClock;
  /** The IANA name of the time zone, if the question names a time zone. */
  timezone?: string | undefined;
}

/**
 * The largest UTC offset on Earth, in minutes. While the wearer's time zone is unknown, a day counts as a day in the
 * future only if it has not yet begun anywhere on Earth.
 */
const easternmostOffsetMinutes = 14 * 60;

/**
 * If the requested days end at most this many days before today, the days up to today are read too. A record of a later
 * day shows that the ring has synced the requested days. A ring stores only about a week of data. Days that ended
 * longer ago than this limit can therefore no longer be waiting in the ring.
 */
const syncHorizonDays = 14;

/**
 * Estimates the days to read. The wearer's time zone may still be unknown, so the estimate can be wrong by a day. This
 * loses no data, because the reader also fetches two days before and two days after the range.
 */
export function guessDays(
  resolve: ResolveRanges<readonly DayRange[]> | null,
  { now, clock, timezone }: Asking,
): ReadDays {
  const dayOf = (instant: number) => resolveDay({ timezone }, instant, clock.offsetMinutes);
  const today = dayOf(now);
  const ranges = resolve?.({ today, latest: dayAtOffset(now, easternmostOffsetMinutes), dayOf, note() {} }) ?? [];
  const [first = { start: today, end: today }, ...others] = ranges;
  const asked = spanOf([first, ...others]);
  const readsToToday = asked.end < today && asked.end >= addDays(today, -syncHorizonDays);
  return {
    ranges,
    asked,
    upToToday: readsToToday ? { start: asked.start, end: today } : asked,
    now,
    offsetMinutes: clock.offsetMinutes ?? 0,
  };
}

/**
 * The days of a question in the wearer's time zone. These days are determined after data was read, because the newest
 * record shows the UTC offset.
 */
export interface WearerDays<Ranges> {
  ranges: Ranges;
  today: IsoDay;
  /**
   * The wearer's UTC offset in the newest record that was read for this question. If no record shows an offset, this is
   * the wearer's last known offset.
   */
  utcOffset: string;
  /**
   * Sentences that say how the question's days were interpreted, for example that today was used because the requested
   * last day is in the future.
   */
  dayNotes: readonly string[];
  /** Says that days are counted in UTC. Null if the wearer's time zone is known. */
  zoneNote: string | null;
  /** Whether missing data of the last requested days may still arrive with the ring's next sync. */
  maySync: boolean;
}

/**
 * The exact days of a question, counted from the wearer's today.
 * @param seen The UTC offset of the newest record that was read; null if no record shows an offset
 */
export function settleDays<Ranges extends readonly DayRange[]>(
  resolve: ResolveRanges<Ranges> | null,
  { now, clock, timezone }: Asking,
  seen: SeenOffset | null,
): WearerDays<Ranges> {
  if (seen !== null) clock.remember(seen);
  const { offsetMinutes } = clock;
  const notes = new Set<string>();
  const dayOf = (instant: number) => resolveDay({ timezone }, instant, offsetMinutes);
  const today = dayOf(now);
  const ranges =
    resolve?.({ today, latest: today, dayOf, note: (sentence) => notes.add(sentence) }) ??
    ([] as readonly DayRange[] as Ranges); // a question that is not about days has no ranges
  const [first, ...others] = ranges;
  return {
    ranges,
    today,
    utcOffset: formatOffset(seen?.offsetMinutes ?? offsetMinutes ?? 0),
    dayNotes: [...notes],
    zoneNote:
      resolve !== null && timezone === undefined && offsetMinutes === null
        ? "No ring data tells the wearer's zone, so days are UTC days; every tool about days takes timezone."
        : null,
    maySync: first !== undefined && spanOf([first, ...others]).end >= addDays(today, -syncHorizonDays),
  };
}

export function spanOf(ranges: readonly [DayRange, ...DayRange[]]): DayRange {
  return ranges.reduce((span, { start, end }) => ({
    start: earlierDay(start, span.start),
    end: laterDay(end, span.end),
  }));
}
