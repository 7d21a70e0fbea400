import type * as z from "zod";
import { type IsoDay, parseInstant, parseOffset } from "../analytics/day.ts";
import type { sleepPeriod } from "./schemas.ts";

export type SleepPeriod = z.output<typeof sleepPeriod>;

/**
 * Long sleeps (Oura's type `long_sleep`) with less than this time between them (in milliseconds) are joined into one.
 */
export const joinedWithin = 3 * 3_600_000;
/**
 * Noon, in minutes after local midnight. A short sleep (any type but `long_sleep`) can be the night only if it ends
 * before noon.
 */
const morningEndsAt = 12 * 60;

/**
 * In minutes after local midnight. On a day without a sleep score, a short sleep that begins from 06:00 until 18:00 is
 * certainly a nap. A short sleep that begins at another time may have been the night.
 */
const nightUntil = 6 * 60;
const nightFrom = 18 * 60;

export interface SleepFigures extends Omit<SleepPeriod, "day" | "type" | "bedtime_start" | "bedtime_end"> {
  /**
   * When the first record of the sleep begins. `bedtime_end` is when the last record ends. The UTC offsets of the two
   * times can differ.
   */
  bedtime_start: string;
  bedtime_end: string;
  /**
   * The seconds from the start of the first record to the end of the last record. Of a nap that overlaps another sleep,
   * only the time outside that sleep counts.
   */
  time_in_bed: number;
  /**
   * The time asleep as a percentage of the time in bed. Oura's own value is not used, because it describes only one
   * record, and a night may have several.
   */
  efficiency: number | null;
}

/** One sleep record of Oura's. Its numbers do not count minutes that another record already counts. */
export interface SleepPart<Period extends SleepPeriod = SleepPeriod> extends SleepFigures {
  period: Period;
  /** In epoch ms, like `end`. */
  start: number;
  end: number;
  /**
   * The parts of the record's time that no other record already counts. The durations of the record are reduced to
   * these parts.
   */
  counted: readonly Span[];
}

/** In epoch ms. */
export interface Span {
  start: number;
  end: number;
}

/**
 * A night, a nap, or a second sleep (a long sleep that is not part of the night): one sleep record of Oura's, or
 * several that are joined.
 */
export interface Sleep<Period extends SleepPeriod = SleepPeriod> extends SleepFigures {
  /** In epoch ms, like `end`. */
  start: number;
  end: number;
  /** Oldest first. */
  parts: readonly SleepPart<Period>[];
}

/**
 * All sleep of a day, divided into the night, second sleeps (long sleeps that are not part of the night) and naps. All
 * numbers about sleep in answers come from this object, so that answers never contradict each other.
 */
export interface SleepDay<Period extends SleepPeriod = SleepPeriod> {
  day: IsoDay;
  night: Sleep<Period> | null;
  /** Whether the night is a short sleep (any type but `long_sleep`). */
  isShort: boolean;
  /** Long sleeps (Oura's type `long_sleep`) with at least three hours between them and the night. */
  secondSleeps: readonly Sleep<Period>[];
  /**
   * All other sleeps of the day. If the record of a nap overlaps the record of another sleep, the shared minutes count
   * only once.
   */
  naps: readonly Sleep<Period>[];
  /**
   * The one of the `naps` that may have been the night; null if there is none. It can only be a short sleep of a day
   * without a long sleep. If Oura gave the day no sleep score, the short sleep must have begun between 18:00 and 06:00.
   * If it is not known whether Oura gave a score, it may have begun at any time.
   */
  uncounted: Sleep<Period> | null;
  /** Null when it is not known whether Oura gave the day a sleep score. */
  isScored: boolean | null;
  /**
   * The seconds asleep in all sleeps of the day together. Null when a sleep has no such number, or the day has no
   * sleep. On a day without a night, the sum is not the total sleep of the day.
   */
  totalWithNaps: number | null;
  /** Records without an end or a type, because Oura has not finished them. No number in an answer includes them. */
  unfinished: readonly Period[];
  /** Records whose whole time lies within other records of the day. They are ignored. */
  covered: readonly Period[];
  /** The newest timestamp of the day's records, with the wearer's UTC offset. */
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

export function newestNight(days: readonly SleepDay[]): IsoDay | null {
  return days.reduce<IsoDay | null>(
    (newest, { day, night }) => (night !== null && (newest === null || day > newest) ? day : newest),
    null,
  );
}

/**
 * Divides the sleep of a day into the night, second sleeps (long sleeps that are not part of the night) and naps. Long
 * sleeps with less than three hours between them are joined into one. The joined sleep with the most time asleep is the
 * night. If a day has no long sleep but has a sleep score, the night is the longest short sleep that ends before noon.
 * If a day has no long sleep and no sleep score, it has no night. Sleeps that the wearer rejected (`rest`) or deleted
 * never count.
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

/** A time that the record does not state is NaN. */
interface Placed<Period> extends Span {
  period: Period;
}

/**
 * A record without a type counts too, because Oura has not finished it. A record of an unknown type does not count,
 * because it may be something other than sleep.
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
 * The local time of a timestamp, in whole minutes after midnight, by the timestamp's own UTC offset. Null when it has
 * no offset or is not valid.
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

/** The seconds asleep. A sleep without this number gets −1, so that it counts as shorter than any other sleep. */
function asleepOf({ total_sleep_duration }: Pick<SleepPeriod, "total_sleep_duration">): number {
  return total_sleep_duration ?? -1;
}

/**
 * Joins records into one sleep. Durations are added up. If a record overlaps an earlier record, the overlapping part is
 * counted only once. Means are weighted by the time asleep of each record. A record without a value is left out of the
 * mean.
 * @param taken the spans of time that are already counted in other sleeps of the day
 */
function joinParts<Period extends SleepPeriod>(
  records: readonly Placed<Period>[],
  taken: readonly Span[],
): Sleep<Period> {
  // A record whose time lies within other records is left out. Otherwise a night whose record Oura sent twice would
  // seem to have two parts.
  const parts = records
    .map((record, index) => countPart(record, outside(record, [...taken, ...records.slice(0, index)])))
    .filter(({ counted }) => counted.length > 0);
  const [first, ...others] = parts;
  if (!first) throw new Error("a sleep without a record"); // callers pass at least one record
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
 * The numbers of one record for the part of its time that no other record already counts. A duration that is longer
 * than the record itself is limited to the record's length.
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
    bedtime_start: period.bedtime_start ?? "", // never null, because a finished record has both times
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
 * The mean of a field over the parts of a sleep. Each part has the weight of its time asleep. If the time asleep of a
 * part is not known, its weight is the whole time of the part.
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
