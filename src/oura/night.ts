import type * as z from "zod";
import { type IsoDay, parseInstant, parseOffset } from "../analytics/day.ts";
import type { sleepPeriod } from "./schemas.ts";

export type SleepPeriod = z.output<typeof sleepPeriod>;

/**
 * Long sleeps (Oura's type `long_sleep`) of one day are joined into one sleep if there is less than this time between
 * them. The time is in milliseconds.
 */
export const joinedWithin = 3 * 3_600_000;
/**
 * Noon, in minutes after midnight. A short sleep (any type but Oura's `long_sleep`) can count as the night only if it
 * ends before noon. The time is local, by the UTC offset in the sleep's record.
 */
const morningEndsAt = 12 * 60;

/**
 * A short sleep that begins between 06:00 (`nightUntil`) and 18:00 (`nightFrom`) is certainly a nap, if Oura gave the
 * day no sleep score. If it begins at any other time of such a day, it may have been the night. Both constants are
 * minutes after midnight. The times are local, by the UTC offset in the sleep's own record.
 */
const nightUntil = 6 * 60;
const nightFrom = 18 * 60;

/** The numbers of a sleep. Their names and units are those of Oura's sleep records. */
export interface SleepFigures extends Omit<SleepPeriod, "day" | "type" | "bedtime_start" | "bedtime_end"> {
  /**
   * The timestamp at which the first record of the sleep begins. `bedtime_end` is the timestamp at which the last
   * record ends. The two timestamps can have different UTC offsets.
   */
  bedtime_start: string;
  bedtime_end: string;
  /**
   * The seconds from the start of the first record to the end of the last record. If a nap overlaps another sleep, only
   * the time of the nap outside the other sleep counts.
   */
  time_in_bed: number;
  /**
   * The time asleep as a percentage of the time in bed. Oura's own value of the efficiency is not used, because it
   * describes only one record, and a night may have several records.
   */
  efficiency: number | null;
}

/**
 * One sleep record of Oura's: its start, its end and its numbers. Minutes that are already counted in another record
 * are subtracted from the numbers, so that no minute counts twice.
 */
export interface SleepPart<Period extends SleepPeriod = SleepPeriod> extends SleepFigures {
  period: Period;
  /** The start of the record, in epoch ms. */
  start: number;
  end: number;
  /**
   * The parts of the record's time that are not already counted in another record. The record's numbers are limited to
   * these parts, so that no minute counts twice.
   */
  counted: readonly Span[];
}

/** A span of time, in epoch ms. */
export interface Span {
  start: number;
  end: number;
}

/**
 * A night, a nap, or a second sleep (a long sleep that is not part of the night). It consists of one sleep record of
 * Oura's, or of several joined records.
 */
export interface Sleep<Period extends SleepPeriod = SleepPeriod> extends SleepFigures {
  /** The start of the sleep, in epoch ms. */
  start: number;
  end: number;
  /**
   * The records of the sleep, oldest first. The seconds asleep of all records add up to the seconds asleep of the whole
   * sleep.
   */
  parts: readonly SleepPart<Period>[];
}

/**
 * All sleep of a day, divided into the night, second sleeps (long sleeps that are not part of the night) and naps. All
 * numbers about sleep in answers come from this object, so that answers never contradict each other.
 */
export interface SleepDay<Period extends SleepPeriod = SleepPeriod> {
  day: IsoDay;
  night: Sleep<Period> | null;
  /**
   * Whether the night is a short sleep. A short sleep counts as the night when Oura gave the day a sleep score and the
   * day has no long sleep.
   */
  isShort: boolean;
  /** Long sleeps (Oura's type `long_sleep`) with at least three hours between them and the night. */
  secondSleeps: readonly Sleep<Period>[];
  /**
   * All sleeps of the day that are neither the night nor a second sleep. Minutes that belong to another sleep of the
   * day are left out.
   */
  naps: readonly Sleep<Period>[];
  /**
   * A short sleep that may have been the night but is not counted as the night; null when there is none. The same sleep
   * is also in `naps`.
   */
  uncounted: Sleep<Period> | null;
  /** Whether Oura gave the day a sleep score. Null when this is not known. */
  isScored: boolean | null;
  /**
   * The sum of the seconds asleep in the night, in second sleeps (long sleeps that are not part of the night) and in
   * naps. Null when one of these numbers is unknown or the day has no sleep. When the day has no night, the sum is not
   * the total sleep of the day.
   */
  totalWithNaps: number | null;
  /**
   * Records that have no end or no type yet, because Oura has not finished them. No number in an answer includes them.
   */
  unfinished: readonly Period[];
  /**
   * Records whose whole time lies within other records of the day. The covered records are ignored, because the other
   * records already count their minutes.
   */
  covered: readonly Period[];
  /** The newest timestamp of the day's records. It contains the wearer's UTC offset. */
  stamp: string | null;
}

/** The sleep of every day that has a sleep record, oldest day first. */
export function gatherSleepDays<Period extends SleepPeriod>(
  periods: readonly Period[],
  isScored: (day: IsoDay) => boolean | null,
): SleepDay<Period>[] {
  return Array.from(
    Map.groupBy(periods, ({ day }) => day),
    ([day, ofDay]) => readSleepDay(day, ofDay, isScored(day)),
  ).toSorted((one, other) => (one.day < other.day ? -1 : 1));
}

/** The last day that has a night. Null when no day has a night. */
export function newestNight(days: readonly SleepDay[]): IsoDay | null {
  return days.reduce<IsoDay | null>(
    (newest, { day, night }) => (night !== null && (newest === null || day > newest) ? day : newest),
    null,
  );
}

/**
 * Divides the sleep of a day into the night, second sleeps (long sleeps that are not part of the night) and naps. Long
 * sleeps with less than three hours between them are joined into one sleep. The joined sleep with the most time asleep
 * is the night. If the day has no long sleep but Oura gave the day a sleep score, the night is the longest short sleep
 * that ends before noon. If the day has neither a long sleep nor a sleep score, the day has no night. Sleeps that the
 * wearer rejected (`rest`) or deleted never count.
 * @param periods all sleep records of the day
 * @param isScored whether Oura gave the day a sleep score; null when this is not known
 */
export function readSleepDay<Period extends SleepPeriod>(
  day: IsoDay,
  periods: readonly Period[],
  isScored: boolean | null,
): SleepDay<Period> {
  const placed = periods.map(place);
  const asSleep = placed.filter(countsAsSleep);
  const finished = asSleep.filter(isFinished).toSorted(byStart);
  const groups = joinGroups(finished.filter(({ period }) => period.type === "long_sleep"));
  const short = groups.length > 0 ? null : longest(finished.filter(mayBeShortNight));
  const isShort = short !== null && isScored === true;
  const sleeps = (isShort ? [[short]] : groups).map((group) => joinParts(group, []));
  const night = sleeps.reduce<Sleep<Period> | null>(
    (most, sleep) => (most === null || asleepOf(sleep) > asleepOf(most) ? sleep : most),
    null,
  );
  const mayBeNight = short !== null && !isShort && (isScored === null || beginsAtNight(short));
  const used = new Set(sleeps.flatMap(({ parts }) => parts.map(({ period }) => period)));
  const taken: Span[] = [...sleeps];
  const naps: Sleep<Period>[] = [];
  const covered: Period[] = [];
  for (const one of finished) {
    if (used.has(one.period)) continue;
    if (outside(one, taken).length === 0) covered.push(one.period);
    else naps.push(joinParts([one], taken));
    taken.push(one);
  }
  const counted = [...sleeps, ...naps];
  return {
    day,
    night,
    isShort,
    secondSleeps: sleeps.filter((sleep) => sleep !== night),
    naps,
    uncounted: (mayBeNight && naps.find(({ parts }) => parts[0]?.period === short.period)) || null,
    isScored,
    totalWithNaps: counted.length === 0 ? null : sumOf(counted, "total_sleep_duration"),
    unfinished: asSleep.filter((one) => !isFinished(one)).map(({ period }) => period),
    covered,
    stamp: newestStamp(placed),
  };
}

/** A sleep record with its start and its end in epoch ms. A time that the record does not state is NaN. */
interface Placed<Period> extends Span {
  period: Period;
}

/**
 * Whether a record counts as sleep. A record without a type counts too, because Oura has not finished it. A record of
 * an unknown type does not count, because it may be something other than sleep.
 */
function countsAsSleep({ period: { type } }: Placed<SleepPeriod>): boolean {
  return type === null || type === "long_sleep" || type === "sleep" || type === "late_nap";
}

function isFinished({ period, start, end }: Placed<SleepPeriod>): boolean {
  return period.type !== null && end > start; // also false when a time is NaN
}

function mayBeShortNight({ period }: Placed<SleepPeriod>): boolean {
  const minute = period.type === "long_sleep" ? null : localMinute(period.bedtime_end);
  return minute !== null && minute < morningEndsAt;
}

function beginsAtNight({ period }: Placed<SleepPeriod>): boolean {
  const minute = localMinute(period.bedtime_start);
  return minute !== null && (minute < nightUntil || minute >= nightFrom);
}

/**
 * The local time of a timestamp in whole minutes after midnight, by the UTC offset in the timestamp itself. Null when
 * the timestamp has no offset or is not valid.
 */
export function localMinute(timestamp: string | null): number | null {
  const offset = parseOffset(timestamp ?? "");
  const instant = Date.parse(timestamp ?? "");
  if (offset === null || Number.isNaN(instant)) return null;
  return (((Math.floor(instant / 60_000) + offset) % 1440) + 1440) % 1440;
}

function place<Period extends SleepPeriod>(period: Period): Placed<Period> {
  return { period, start: parseInstant(period.bedtime_start ?? ""), end: parseInstant(period.bedtime_end ?? "") };
}

function byStart(one: Span, other: Span): number {
  return one.start - other.start;
}

function joinGroups<Part extends Span>(longSleeps: readonly Part[]): Part[][] {
  const groups: Part[][] = [];
  let reach = Number.NEGATIVE_INFINITY;
  for (const part of longSleeps) {
    const last = groups.at(-1);
    if (last && part.start - reach < joinedWithin) last.push(part);
    else groups.push([part]);
    reach = Math.max(reach, part.end);
  }
  return groups;
}

function longest<Period extends SleepPeriod>(placed: readonly Placed<Period>[]): Placed<Period> | null {
  return placed.reduce<Placed<Period> | null>(
    (most, one) => (most === null || asleepOf(one.period) > asleepOf(most.period) ? one : most),
    null,
  );
}

/**
 * Returns how many seconds of a sleep the wearer was asleep, to compare the lengths of sleeps. A sleep without this
 * number gets −1, so that it counts as shorter than any other sleep.
 */
function asleepOf({ total_sleep_duration }: Pick<SleepPeriod, "total_sleep_duration">): number {
  return total_sleep_duration ?? -1;
}

/**
 * Joins records into one sleep. Durations are added. If a record overlaps an earlier record, only the part outside the
 * overlap is added, so that no minute counts twice. Means are weighted by the time asleep of each record. A record
 * without a value is left out of the mean.
 * @param taken the spans of time that are already counted in other sleeps of the day
 */
function joinParts<Period extends SleepPeriod>(
  records: readonly Placed<Period>[],
  taken: readonly Span[],
): Sleep<Period> {
  // A record whose whole time lies within other records is left out. Otherwise, if Oura sent the record of a night
  // twice, the night would seem to have two parts.
  const parts = records
    .map((record, index) => countPart(record, outside(record, [...taken, ...records.slice(0, index)])))
    .filter(({ counted }) => counted.length > 0);
  const [first, ...others] = parts;
  if (!first) throw new Error("a sleep without a record"); // unreachable: callers pass at least one record
  const last = others.reduce((latest, part) => (part.end > latest.end ? part : latest), first);
  const inBed = others.length === 0 ? first.time_in_bed : (last.end - first.start) / 1000;
  const asleep = sumOf(parts, "total_sleep_duration");
  const lows = parts.flatMap(({ lowest_heart_rate: low }) => (low === null ? [] : [low]));
  return {
    bedtime_start: first.bedtime_start,
    bedtime_end: last.bedtime_end,
    time_in_bed: inBed,
    total_sleep_duration: asleep,
    deep_sleep_duration: sumOf(parts, "deep_sleep_duration"),
    rem_sleep_duration: sumOf(parts, "rem_sleep_duration"),
    light_sleep_duration: sumOf(parts, "light_sleep_duration"),
    awake_time: sumOf(parts, "awake_time"),
    latency: first.latency,
    efficiency: asleep === null ? null : (100 * asleep) / inBed,
    average_heart_rate: meanOfParts(parts, "average_heart_rate"),
    lowest_heart_rate: lows.length === 0 ? null : Math.min(...lows),
    average_hrv: meanOfParts(parts, "average_hrv"),
    average_breath: meanOfParts(parts, "average_breath"),
    restless_periods: sumOf(parts, "restless_periods"),
    start: first.start,
    end: last.end,
    parts,
  };
}

/**
 * Computes the numbers of one record for the part of its time that is not already counted in another record. A duration
 * that is longer than the record itself is limited to the record's length.
 */
function countPart<Period extends SleepPeriod>(
  { period, start, end }: Placed<Period>,
  counted: readonly Span[],
): SleepPart<Period> {
  const lasts = (end - start) / 1000;
  const inBed = counted.reduce((sum, span) => sum + span.end - span.start, 0) / 1000;
  const share = inBed / lasts;
  const count = (seconds: number | null) => (seconds === null ? null : share * Math.min(seconds, lasts));
  const asleep = count(period.total_sleep_duration);
  return {
    period,
    start,
    end,
    counted,
    bedtime_start: period.bedtime_start ?? "", // the time is never null, because a finished record has both times
    bedtime_end: period.bedtime_end ?? "",
    time_in_bed: inBed,
    total_sleep_duration: asleep,
    deep_sleep_duration: count(period.deep_sleep_duration),
    rem_sleep_duration: count(period.rem_sleep_duration),
    light_sleep_duration: count(period.light_sleep_duration),
    awake_time: count(period.awake_time),
    latency: period.latency,
    efficiency: asleep === null || inBed === 0 ? null : (100 * asleep) / inBed,
    average_heart_rate: period.average_heart_rate,
    lowest_heart_rate: period.lowest_heart_rate,
    average_hrv: period.average_hrv,
    average_breath: period.average_breath,
    restless_periods: period.restless_periods === null ? null : share * period.restless_periods,
  };
}

type MeanField = "average_heart_rate" | "average_hrv" | "average_breath";

/**
 * The mean of one field over all parts of a sleep. Each part is weighted by its time asleep. A part whose time asleep
 * is unknown is weighted by the time from its start to its end.
 */
function meanOfParts(parts: readonly SleepPart[], field: MeanField): number | null {
  if (parts.length === 1) return parts[0]?.period[field] ?? null; // nearly every night has one part
  const known = parts.flatMap(({ period, start, end }) => {
    const value = period[field];
    return value === null ? [] : [{ value, weight: period.total_sleep_duration ?? (end - start) / 1000 }];
  });
  const [only] = known;
  if (!only) return null;
  const weight = known.reduce((sum, one) => sum + one.weight, 0);
  if (known.length === 1 || weight <= 0) return only.value;
  return known.reduce((sum, one) => sum + one.value * one.weight, 0) / weight;
}

type SumField = keyof { [Field in keyof SleepFigures as SleepFigures[Field] extends number | null ? Field : never]: 0 };

/** The sum of one field. Null when one of the items lacks the field's value. */
function sumOf<Field extends SumField>(
  items: readonly { readonly [Name in Field]: number | null }[],
  field: Field,
): number | null {
  let sum = 0;
  for (const item of items) {
    const term = item[field];
    if (term === null) return null;
    sum += term;
  }
  return sum;
}

/** The parts of a span of time that no span of `others` overlaps. */
function outside({ start, end }: Span, others: readonly Span[]): Span[] {
  if (others.length === 0) return [{ start, end }];
  const left: Span[] = [];
  let reached = start;
  for (const other of others.toSorted(byStart)) {
    if (other.start > reached && reached < end) left.push({ start: reached, end: Math.min(other.start, end) });
    reached = Math.max(reached, other.end);
  }
  if (reached < end) left.push({ start: reached, end });
  return left;
}

function newestStamp(placed: readonly Placed<SleepPeriod>[]): string | null {
  let newest: { at: number; stamp: string | null } | null = null;
  for (const { period, start, end } of placed) {
    const [at, stamp] = Number.isNaN(end) ? [start, period.bedtime_start] : [end, period.bedtime_end];
    if (!Number.isNaN(at) && (newest === null || at > newest.at)) newest = { at, stamp };
  }
  return newest?.stamp ?? null;
}
