import { addDays, type DayRange, dayAtOffset, formatOffset, type IsoDay } from "../analytics/day.ts";
import type { ToolContext } from "./define-tool.ts";
import { type RangeInput, type RangeLimits, resolveRange, resolveToday } from "./params.ts";
import { newestOffset } from "./wearer-clock.ts";

/** East of everybody: while the wearer's zone is unknown, a day is in the future only when it is so everywhere. */
const easternmostOffsetMinutes = 14 * 60;

/**
 * The ring keeps about a week of data before it must sync. A range that ends within this many days of today is read up
 * to today, so that "nothing newer" really means not synced.
 */
export const syncHorizonDays = 14;

/** Days to ask Oura for before its answer tells the wearer's zone; everything read reaches two days further. */
export interface RangeGuess {
  asked: DayRange;
  /** `asked`, up to today where that tells what was not synced. */
  read: DayRange;
}

export function guessRange(input: RangeInput, context: ToolContext, limits: RangeLimits): RangeGuess {
  const { now, clock } = context;
  const today = resolveToday(input, now, clock.offsetMinutes);
  const latest = clock.offsetMinutes === null ? dayAtOffset(now, easternmostOffsetMinutes) : today;
  const asked = resolveRange(input, today, limits, latest);
  const readsToToday = asked.end < today && asked.end >= addDays(today, -syncHorizonDays);
  return { asked, read: readsToToday ? { start: asked.start, end: today } : asked };
}

/** The days meant, once the newest record has told the wearer's zone. */
export interface WearerRange {
  range: DayRange;
  today: IsoDay;
  utcOffset: string;
  /** Set when nothing told the zone and UTC stood in. */
  zoneNote: string | null;
  /** Whether a gap at the end of the range may still wait for a sync. */
  maySync: boolean;
}

export function settleRange(
  input: RangeInput,
  context: ToolContext,
  documents: Parameters<typeof newestOffset>[0],
  limits: RangeLimits,
): WearerRange {
  const offset = newestOffset(documents);
  if (offset !== null) context.clock.remember(offset);
  const { offsetMinutes } = context.clock;
  const today = resolveToday(input, context.now, offsetMinutes);
  const range = resolveRange(input, today, limits);
  return {
    range,
    today,
    utcOffset: formatOffset(offsetMinutes ?? 0),
    zoneNote:
      input.timezone === undefined && offsetMinutes === null
        ? "No ring data tells the wearer's zone, so days are UTC days; pass timezone to change that."
        : null,
    maySync: range.end >= addDays(today, -syncHorizonDays),
  };
}
