import { addDays, type DayRange, dayAtOffset, formatOffset, type IsoDay } from "../analytics/day.ts";
import { type RangeInput, type RangeLimits, resolveRange, resolveToday } from "../question/range-input.ts";
import type { ToolContext } from "../question/tool.ts";
import { newestOffset } from "../question/wearer-clock.ts";

/** East of everybody: until the newest record tells the wearer's zone, a day is in the future only when it is so everywhere. */
export const easternmostOffsetMinutes = 14 * 60;

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
  const asked = resolveRange(input, today, limits, dayAtOffset(now, easternmostOffsetMinutes));
  const readsToToday = asked.end < today && asked.end >= addDays(today, -syncHorizonDays);
  return { asked, read: readsToToday ? { start: asked.start, end: today } : asked };
}

/** The days meant, once the newest record has told the wearer's zone. */
export interface WearerRange {
  range: DayRange;
  today: IsoDay;
  /** Of the newest record read for these days, else the wearer's own. */
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
  const seen = newestOffset(documents, context.now);
  if (seen !== null) context.clock.remember(seen);
  const { offsetMinutes } = context.clock;
  const today = resolveToday(input, context.now, offsetMinutes);
  const range = resolveRange(input, today, limits);
  return {
    range,
    today,
    utcOffset: formatOffset(seen?.offsetMinutes ?? offsetMinutes ?? 0),
    zoneNote:
      input.timezone === undefined && offsetMinutes === null
        ? "No ring data tells the wearer's zone, so days are UTC days; pass timezone to change that."
        : null,
    maySync: range.end >= addDays(today, -syncHorizonDays),
  };
}
