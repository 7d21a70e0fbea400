import { addDays, type DayRange, dayAtOffset, formatOffset, type IsoDay } from "../analytics/day.ts";
import { type Calendar, resolveDay } from "./range-input.ts";
import type { ReadDays } from "./reads.ts";
import type { SeenOffset, WearerClock } from "./wearer-clock.ts";

/** Returns the ranges a question covers; throws `bad_input` for invalid days. */
export type ResolveRanges<Ranges extends readonly DayRange[]> = (calendar: Calendar) => Ranges;

interface Asking {
  /** Epoch ms. */
  now: number;
  clock: WearerClock;
  /** An IANA zone the question names. */
  timezone?: string | undefined;
}

/**
 * The easternmost UTC offset. While the wearer's zone is unknown, a day is in the future only if it is so everywhere.
 */
const easternmostOffsetMinutes = 14 * 60;

/**
 * The ring keeps about a week of data before it must sync. A range that ends within this many days of today is read up
 * to today, so that "nothing newer" really means not synced.
 */
const syncHorizonDays = 14;

/** The days to read while the wearer's zone may be unknown. The reader adds two days on each side. */
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

/** The days of a question, once the newest record has shown the wearer's zone. */
export interface WearerDays<Ranges> {
  ranges: Ranges;
  today: IsoDay;
  /** The offset of the newest record read for these days, else the wearer's last known one. */
  utcOffset: string;
  /** How the days of the question were read, where that is not plain from them. */
  dayNotes: readonly string[];
  /** Set when the zone is unknown and UTC is used. */
  zoneNote: string | null;
  /** Whether a gap at the end of the ranges may not be synced yet. */
  maySync: boolean;
}

/**
 * Settles today by the newest known offset, then the ranges relative to it.
 * @param seen the offset of the newest record that was read
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
    ([] as readonly DayRange[] as Ranges); // no days, no ranges
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

/** The span from the earliest start to the latest end. */
export function spanOf(ranges: readonly [DayRange, ...DayRange[]]): DayRange {
  return ranges.reduce((span, { start, end }) => ({
    start: start < span.start ? start : span.start,
    end: end > span.end ? end : span.end,
  }));
}
