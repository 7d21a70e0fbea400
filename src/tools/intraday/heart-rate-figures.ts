import { type DayRange, type IsoDay, listDays } from "../../analytics/day.ts";
import { bucketHeartRate, type HeartRateDay, summarizeHeartRate } from "../../analytics/intraday/heart-rate.ts";
import { type Extremes, findExtremes } from "../../analytics/intraday/heart-rate-extremes.ts";
import { type HeartRateRow, readingsWithin } from "../../analytics/intraday/heart-rate-readings.ts";
import { type BucketMinutes, cutLocalTime } from "../../analytics/intraday/local-buckets.ts";
import { localDay } from "../../analytics/intraday/local-day.ts";
import { localClock, round } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import { type Interval, type LocalTime, sayClock } from "./local-time.ts";

/** Makes a table with the figures of each source of heart rate, such as sleep or workout. */
export function sourceTable({ bySource }: HeartRateDay): { columns: string[]; rows: Cell[][] } {
  return {
    columns: ["source", "minutes", "min_bpm", "mean_bpm", "max_bpm"],
    rows: bySource
      .toSorted((left, right) => right.minutes - left.minutes)
      .map(({ source, minutes, min, mean, max }) => [source, round(minutes), min, round(mean), max]),
  };
}

export function bucketTable(
  rows: readonly HeartRateRow[],
  interval: Interval,
  minutes: BucketMinutes,
  local: LocalTime,
): { columns: string[]; rows: Cell[][] } {
  const buckets = cutLocalTime(interval.start, interval.end, minutes, local.spans);
  return {
    columns: ["time", "min_bpm", "mean_bpm", "max_bpm", "n"],
    rows: bucketHeartRate(rows, buckets).map(({ start, offsetMinutes, min, mean, max, n }) => [
      localClock(start, offsetMinutes),
      min,
      round(mean),
      max,
      n,
    ]),
  };
}

export interface SummarizedDay {
  day: IsoDay;
  summary: HeartRateDay;
  extremes: Extremes | null;
}

/**
 * Computes the lowest, mean and highest heart rate of each day, for a range that is too long for several rows per day.
 */
export function summarizeDays(
  rows: readonly HeartRateRow[],
  range: DayRange,
  interval: { end: number },
  local: LocalTime,
): SummarizedDay[] {
  const ordered = readingsWithin(rows, Number.NEGATIVE_INFINITY, interval.end);
  let next = 0; // days and rows both ascend, so each row is visited once
  return listDays(range).map((day) => {
    const { start, end } = localDay(day, local.spans);
    const ofDay: HeartRateRow[] = [];
    for (let row = ordered[next]; row && row.at < end; row = ordered[++next]) ofDay.push(row);
    const until = Math.min(end, interval.end);
    return { day, summary: summarizeHeartRate(ofDay, start, until), extremes: findExtremes(ofDay, start, until) };
  });
}

export function dayTable(
  days: readonly SummarizedDay[],
  local: LocalTime,
): {
  columns: string[];
  rows: Cell[][];
} {
  return {
    columns: ["day", "min_bpm", "min_at", "mean_bpm", "max_bpm", "max_at", "lowest_5_pct_bpm", "measured_min"],
    rows: days.map(({ day, summary: { total, restingLimit }, extremes }) =>
      total === null || extremes === null
        ? [day, null, null, null, null, null, null, 0]
        : [
            ...[day, total.min, sayClock(extremes.lowest.at, local), round(total.mean), total.max],
            ...[sayClock(extremes.highest.at, local), round(restingLimit), round(total.minutes)],
          ],
    ),
  };
}

/**
 * A reading belongs to the previous stretch of its source (a span of time with readings from this source) if that
 * stretch ended at most this many ms before the reading.
 */
const longestPauseMs = 10 * 60_000;

const mostListed = 3;

/**
 * A stretch is a span of time with readings from one source, such as sleep. It ends at most this many ms after its last
 * reading, or sooner if a reading from another source follows. In a workout, a reading comes every five seconds. For
 * other sources, the limit is ten minutes. Ten minutes is also the longest time for which a reading counts in a mean
 * heart rate.
 */
const longestRowMs = { workout: 5_000, others: 10 * 60_000 };

/**
 * Returns the stretches of time (epoch ms) in which the heart rate comes from one source, such as "workout". Each
 * stretch begins with its first reading. A stretch of a workout ends 5 seconds after its last reading, and a stretch of
 * another source ends 10 minutes after its last reading. Either ends sooner if another reading follows.
 */
export function findSpells(source: string, rows: readonly HeartRateRow[]): { start: number; end: number }[] {
  const spells: { start: number; end: number }[] = [];
  const longestMs = source === "workout" ? longestRowMs.workout : longestRowMs.others;
  const sorted = rows.toSorted((one, other) => one.at - other.at);
  sorted.forEach((row, index) => {
    if (row.source !== source) return;
    const end = Math.min(sorted[index + 1]?.at ?? row.at, row.at + longestMs);
    const last = spells.at(-1);
    if (last && row.at - last.end <= longestPauseMs) last.end = end;
    else spells.push({ start: row.at, end });
  });
  return spells;
}

/**
 * Returns the spans of local time in which the heart rate comes from one source, such as "07:05-07:40, 18:25-19:25" for
 * workouts. Null when no reading comes from this source.
 */
export function sayTimesOf(source: string, rows: readonly HeartRateRow[], local: LocalTime): string | null {
  const spells = findSpells(source, rows);
  if (spells.length === 0) return null;
  const listed = spells.slice(0, mostListed).map((spell) => {
    const [from, to] = [sayClock(spell.start, local), sayClock(spell.end, local)];
    return from === to ? from : `${from}-${to}`;
  });
  const more = spells.length - listed.length;
  return `${listed.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
