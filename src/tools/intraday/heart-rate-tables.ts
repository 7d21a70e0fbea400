import { type DayRange, type IsoDay, listDays } from "../../analytics/day.ts";
import {
  bucketHeartRate,
  type HeartRateDay,
  type HeartRateRow,
  summarizeHeartRate,
} from "../../analytics/intraday/heart-rate.ts";
import { type BucketMinutes, cutLocalTime } from "../../analytics/intraday/local-buckets.ts";
import { localDay } from "../../analytics/intraday/local-day.ts";
import { localClock, round } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import type { Interval, LocalTime } from "./local-time.ts";

/** Figures of an interval by what the ring says the wearer was doing. */
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

/** Lowest, mean and highest of each day, for ranges too long for a series. */
export function summarizeDays(
  rows: readonly HeartRateRow[],
  range: DayRange,
  interval: { end: number },
  local: LocalTime,
): { day: IsoDay; summary: HeartRateDay }[] {
  const ordered = rows.toSorted((one, other) => one.at - other.at);
  let next = 0; // days and rows ascend together, so that each day looks at its own rows only
  return listDays(range).map((day) => {
    const { start, end } = localDay(day, local.spans);
    const ofDay: HeartRateRow[] = [];
    for (let row = ordered[next]; row && row.at < end; row = ordered[++next]) ofDay.push(row);
    return { day, summary: summarizeHeartRate(ofDay, start, Math.min(end, interval.end)) };
  });
}

export function dayTable(days: readonly { day: IsoDay; summary: HeartRateDay }[]): {
  columns: string[];
  rows: Cell[][];
} {
  return {
    columns: ["day", "min_bpm", "mean_bpm", "max_bpm", "resting_floor_bpm", "measured_min"],
    rows: days.map(({ day, summary: { total, restingFloor } }) =>
      total === null
        ? [day, null, null, null, null, 0]
        : [day, total.min, round(total.mean), total.max, round(restingFloor), round(total.minutes)],
    ),
  };
}
