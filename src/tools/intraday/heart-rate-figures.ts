import { type DayRange, type IsoDay, listDays } from "../../analytics/day.ts";
import {
  bucketHeartRate,
  type HeartRateDay,
  type HeartRateRow,
  readingsWithin,
  summarizeHeartRate,
} from "../../analytics/intraday/heart-rate.ts";
import { type Extremes, findExtremes } from "../../analytics/intraday/heart-rate-extremes.ts";
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

/** Computes the lowest, mean and highest heart rate of each day. This is for ranges that are too long for a series. */
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
 * Two rows from the same source belong to one stretch unless more than this many ms without the source lie between
 * them.
 */
const longestPauseMs = 10 * 60_000;

const mostListed = 3;

/**
 * The longest time in ms for which the last row of a stretch counts. The row counts only until the next row of any
 * source, if that row comes sooner. In a workout a row comes every five seconds. For other sources the limit is ten
 * minutes, the same as in means of the heart rate.
 */
const longestRowMs = { workout: 5_000, others: 10 * 60_000 };

/**
 * Returns the stretches of time (epoch ms) in which the heart rate comes from one source, such as "workout". Each
 * stretch runs from its first row to the end of the time for which its last row counts.
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
 * Returns the local times in which the heart rate comes from one source, such as "07:05-07:40, 18:25-19:25" for
 * workouts. Null when no row has this source.
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
