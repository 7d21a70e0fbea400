import { addDays, type DayRange, dayAtOffset, formatOffset, type IsoDay } from "../analytics/day.ts";
import { type Calendar, resolveToday } from "./range-input.ts";
import type { ReadDays } from "./reads.ts";
import type { SeenOffset, WearerClock } from "./wearer-clock.ts";

/** The ranges a question covers; throws `bad_input` for days that cannot be. */
export type ResolveRanges<Ranges extends readonly DayRange[]> = (calendar: Calendar) => Ranges;

interface Asking {
  /** Epoch ms. */
  now: number;
  clock: WearerClock;
  /** An IANA zone the question names. */
  timezone?: string | undefined;
}

/** East of everybody: until the newest record tells the wearer's zone, a day is in the future only when it is so everywhere. */
const easternmostOffsetMinutes = 14 * 60;

/**
 * The ring keeps about a week of data before it must sync. A range that ends within this many days of today is read up
 * to today, so that "nothing newer" really means not synced.
 */
const syncHorizonDays = 14;

/** The days to read before what was read tells the wearer's zone; everything read reaches two days further. */
export function guessDays(
  resolve: ResolveRanges<readonly DayRange[]> | null,
  { now, clock, timezone }: Asking,
): ReadDays {
  const today = resolveToday({ timezone }, now, clock.offsetMinutes);
  const ranges = resolve?.({ today, latest: dayAtOffset(now, easternmostOffsetMinutes) }) ?? [];
  const [first = { start: today, end: today }, ...others] = ranges;
  const asked = spanOf([first, ...others]);
  const readsToToday = asked.end < today && asked.end >= addDays(today, -syncHorizonDays);
  return {
    ranges,
    asked,
    upToToday: readsToToday ? { start: asked.start, end: today } : asked,
    offsetMinutes: clock.offsetMinutes ?? 0,
  };
}

/** The days meant, once the newest record has told the wearer's zone. */
export interface WearerDays<Ranges> {
  ranges: Ranges;
  today: IsoDay;
  /** Of the newest record read for these days, else the wearer's own. */
  utcOffset: string;
  /** Set when nothing told the zone and UTC stood in. */
  zoneNote: string | null;
  /** Whether a gap at the end of the ranges may still wait for a sync. */
  maySync: boolean;
}

/**
 * Today first, then the ranges counted from it.
 * @param seen of the newest record that was read
 */
export function settleDays<Ranges extends readonly DayRange[]>(
  resolve: ResolveRanges<Ranges> | null,
  { now, clock, timezone }: Asking,
  seen: SeenOffset | null,
): WearerDays<Ranges> {
  if (seen !== null) clock.remember(seen);
  const { offsetMinutes } = clock;
  const today = resolveToday({ timezone }, now, offsetMinutes);
  const ranges = resolve?.({ today, latest: today }) ?? ([] as readonly DayRange[] as Ranges); // no days, no ranges
  const [first, ...others] = ranges;
  return {
    ranges,
    today,
    utcOffset: formatOffset(seen?.offsetMinutes ?? offsetMinutes ?? 0),
    zoneNote:
      resolve !== null && timezone === undefined && offsetMinutes === null
        ? "No ring data tells the wearer's zone, so days are UTC days; pass timezone to change that."
        : null,
    maySync: first !== undefined && spanOf([first, ...others]).end >= addDays(today, -syncHorizonDays),
  };
}

/** From the first day of any range to the last day of any. */
export function spanOf(ranges: readonly [DayRange, ...DayRange[]]): DayRange {
  return ranges.reduce((span, { start, end }) => ({
    start: start < span.start ? start : span.start,
    end: end > span.end ? end : span.end,
  }));
}
