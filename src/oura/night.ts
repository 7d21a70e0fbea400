import type * as z from "zod";
import { type IsoDay, parseInstant, parseOffset } from "../analytics/day.ts";
import type { sleepPeriod } from "./schemas.ts";

export type SleepPeriod = z.output<typeof sleepPeriod>;

/** Long sleeps of one day with less than this between them (ms) are parts of one night. */
export const joinedWithin = 3 * 3_600_000;
/** A short sleep can be the night only if it ends before this minute of its own clock. */
const morningEndsAt = 12 * 60;

/** From this minute of its own clock on until the evening, an unscored short sleep is a nap and no night. */
const nightUntil = 6 * 60;
const nightFrom = 18 * 60;

/** The figures of a sleep, under the names and in the units of Oura's records. */
export interface SleepFigures extends Omit<SleepPeriod, "day" | "type" | "bedtime_start" | "bedtime_end"> {
  /** The start of the first part and the end of the last, with their UTC offsets. */
  bedtime_start: string;
  bedtime_end: string;
  /** From the first start to the last end, in seconds; of a nap that overlaps another sleep, the part outside. */
  time_in_bed: number;
  /** Time asleep of time in bed, in percent. Oura's own is not read: it is that of a record, and a night may have several. */
  efficiency: number | null;
}

/** One record of a sleep: its place in time, and its figures without the minutes that another record counts. */
export interface SleepPart<Period extends SleepPeriod = SleepPeriod> extends SleepFigures {
  period: Period;
  /** Epoch ms. */
  start: number;
  end: number;
  /** The stretches that it counts: without those of earlier records. */
  counted: readonly Span[];
}

/** A stretch of time, in epoch ms. */
export interface Span {
  start: number;
  end: number;
}

/** A night, a second sleep or a nap: one record, or several that are joined. */
export interface Sleep<Period extends SleepPeriod = SleepPeriod> extends SleepFigures {
  /** Epoch ms. */
  start: number;
  end: number;
  /** Its records, oldest first. Their seconds asleep add up to those of the sleep. */
  parts: readonly SleepPart<Period>[];
}

/** All sleep of a day, told apart. Every figure of a night or of sleep, in any answer, comes from here. */
export interface SleepDay<Period extends SleepPeriod = SleepPeriod> {
  day: IsoDay;
  night: Sleep<Period> | null;
  /** Whether the night is a short sleep that Oura scored, on a day without a long one. */
  isShort: boolean;
  /** Long sleeps three hours or more away from the night. */
  secondSleeps: readonly Sleep<Period>[];
  /** Everything else that is sleep, without the minutes that another sleep of the day counts. */
  naps: readonly Sleep<Period>[];
  /** The short sleep that may have been the night, but is not counted as it. It is also a nap. */
  uncounted: Sleep<Period> | null;
  /** Whether Oura gave the day a sleep score; null when that is unknown. */
  isScored: boolean | null;
  /**
   * Seconds asleep in the night, in second sleeps and in naps; null when one of them is unknown or there are none.
   * Without a night it is no total of the day.
   */
  totalWithNaps: number | null;
  /** Records that Oura has not finished: without an end or a type. They are in no figure. */
  unfinished: readonly Period[];
  /** Records that lie in minutes that others count, so that nothing of them is counted. */
  covered: readonly Period[];
  /** The newest timestamp of the day's records, which carries the wearer's UTC offset. */
  stamp: string | null;
}

/** The sleep of every day that has a record, oldest first. */
export function gatherSleepDays<Period extends SleepPeriod>(
  periods: readonly Period[],
  isScored: (day: IsoDay) => boolean | null,
): SleepDay<Period>[] {
  return Array.from(
    Map.groupBy(periods, ({ day }) => day),
    ([day, ofDay]) => readSleepDay(day, ofDay, isScored(day)),
  ).toSorted((one, other) => (one.day < other.day ? -1 : 1));
}

/** The last day with a night; null when there is none. */
export function newestNight(days: readonly SleepDay[]): IsoDay | null {
  return days.reduce<IsoDay | null>(
    (newest, { day, night }) => (night !== null && (newest === null || day > newest) ? day : newest),
    null,
  );
}

/**
 * The night of a day and what is beside it. Long sleeps with less than three hours between them are joined; of several
 * such groups the longest asleep is the night. A day without a long sleep has a night if Oura scored it: the longest
 * short sleep that ends before noon. Sleeps that the wearer rejected (`rest`) or deleted never count.
 * @param periods all sleep records of the day
 * @param isScored whether Oura gave the day a sleep score; null when that is unknown
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
    totalWithNaps: counted.length === 0 ? null : sumOf(counted.map((sleep) => sleep.total_sleep_duration)),
    unfinished: asSleep.filter((one) => !isFinished(one)).map(({ period }) => period),
    covered,
    stamp: newestStamp(placed),
  };
}

/** A sleep record with its instants; NaN where it does not say one. */
interface Placed<Period> extends Span {
  period: Period;
}

/** Whether a record is sleep, finished or not. An unknown type could be anything, so it is not. */
function countsAsSleep({ period: { type } }: Placed<SleepPeriod>): boolean {
  return type === null || type === "long_sleep" || type === "sleep" || type === "late_nap";
}

function isFinished({ period, start, end }: Placed<SleepPeriod>): boolean {
  return period.type !== null && end > start; // false for NaN
}

function mayBeShortNight({ period }: Placed<SleepPeriod>): boolean {
  const minute = period.type === "long_sleep" ? null : localMinute(period.bedtime_end);
  return minute !== null && minute < morningEndsAt;
}

function beginsAtNight({ period }: Placed<SleepPeriod>): boolean {
  const minute = localMinute(period.bedtime_start);
  return minute !== null && (minute < nightUntil || minute >= nightFrom);
}

/** Whole minutes after midnight in the timestamp's own UTC offset. */
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

/** Seconds asleep to compare sleeps by. A record without them is never the longest. */
function asleepOf({ total_sleep_duration }: Pick<SleepPeriod, "total_sleep_duration">): number {
  return total_sleep_duration ?? -1;
}

/**
 * One sleep out of its records. Durations are sums in which every minute counts once: of a record that overlaps an
 * earlier one, the share outside counts. Means are weighted by the time asleep of the records that have them.
 * @param taken stretches that other sleeps of the day count already
 */
function joinParts<Period extends SleepPeriod>(
  records: readonly Placed<Period>[],
  taken: readonly Span[],
): Sleep<Period> {
  // A record that others cover is no part: a night that Oura sends twice is not a night in two parts.
  const parts = records
    .map((record, index) => countPart(record, outside(record, [...taken, ...records.slice(0, index)])))
    .filter(({ counted }) => counted.length > 0);
  const [first, ...others] = parts;
  if (!first) throw new Error("a sleep without a record"); // unreachable: groups have one
  const last = others.reduce((latest, part) => (part.end > latest.end ? part : latest), first);
  const inBed = others.length === 0 ? first.time_in_bed : (last.end - first.start) / 1000;
  const asleep = sumOfParts(parts, "total_sleep_duration");
  const lows = parts.flatMap(({ lowest_heart_rate: low }) => (low === null ? [] : [low]));
  return {
    bedtime_start: first.bedtime_start,
    bedtime_end: last.bedtime_end,
    time_in_bed: inBed,
    total_sleep_duration: asleep,
    deep_sleep_duration: sumOfParts(parts, "deep_sleep_duration"),
    rem_sleep_duration: sumOfParts(parts, "rem_sleep_duration"),
    light_sleep_duration: sumOfParts(parts, "light_sleep_duration"),
    awake_time: sumOfParts(parts, "awake_time"),
    latency: first.latency,
    efficiency: asleep === null ? null : (100 * asleep) / inBed,
    average_heart_rate: meanOfParts(parts, "average_heart_rate"),
    lowest_heart_rate: lows.length === 0 ? null : Math.min(...lows),
    average_hrv: meanOfParts(parts, "average_hrv"),
    average_breath: meanOfParts(parts, "average_breath"),
    restless_periods: sumOfParts(parts, "restless_periods"),
    start: first.start,
    end: last.end,
    parts,
  };
}

/** A record's figures for the stretches it counts. It cannot be asleep for longer than it lasts. */
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
    bedtime_start: period.bedtime_start ?? "", // finished records have both
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

/** The mean weighted by time asleep, of the whole records; by time in bed where a record lacks it. */
function meanOfParts(parts: readonly SleepPart[], field: MeanField): number | null {
  if (parts.length === 1) return parts[0]?.period[field] ?? null; // as nearly every night
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

function sumOfParts(parts: readonly SleepPart[], field: SumField): number | null {
  let sum: number | null = 0;
  for (const part of parts) {
    const term: number | null = part[field];
    if (term === null) return null;
    sum += term;
  }
  return sum;
}

/** The sum; null when a term is unknown. */
function sumOf(terms: readonly (number | null)[]): number | null {
  return terms.reduce<number | null>((sum, term) => (sum === null || term === null ? null : sum + term), 0);
}

/** What of a span lies outside all of the others. */
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
