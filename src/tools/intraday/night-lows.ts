import type * as z from "zod";
import { formatDays, type IsoDay } from "../../analytics/day.ts";
import type { Sleep, SleepDay } from "../../oura/night.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import type { missingEntry } from "../../question/missing-entries.ts";
import { sayTimes } from "../../words/night-words.ts";
import { formatDay, round } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import { type Interval, type LocalTime, sayClock, sayInstant } from "./local-time.ts";

export type RecordedSleep = OuraDocument<"sleep_with_series">;

/** When the heart rate of a night was lowest, according to the samples in Oura's record of the night. */
export interface NightLow {
  day: IsoDay;
  night: Sleep<RecordedSleep>;
  /**
   * The lowest sample of the heart rate. `at` is its time in epoch ms. The sample is a mean over `minutes` minutes.
   * Null when the record has no samples.
   */
  low: { bpm: number; at: number; minutes: number } | null;
}

/** Returns the nights of which at least half lies in the interval, oldest first. */
export function findNightLows(days: readonly SleepDay<RecordedSleep>[], { start, end }: Interval): NightLow[] {
  return days.flatMap(({ day, night }) => {
    if (night === null) return [];
    const inside = Math.min(end, night.end) - Math.max(start, night.start);
    return 2 * inside >= night.end - night.start ? [{ day, night, low: lowestSample(night) }] : [];
  });
}

/** A sleep whose record has no end yet is assumed to last this many milliseconds (8 hours). */
const usualNight = 8 * 3_600_000;

/**
 * Returns an entry of the answer's `missing` list for nights that may overlap the interval and whose records Oura has
 * not finished.
 */
export function describeUnwritten(
  days: readonly SleepDay<RecordedSleep>[],
  { start, end }: Interval,
): z.output<typeof missingEntry>[] {
  const unwritten = days
    .filter(
      ({ night, unfinished }) =>
        night === null &&
        unfinished.some(({ bedtime_start }) => {
          const bedtime = Date.parse(bedtime_start ?? "");
          return bedtime < end && bedtime + usualNight > start;
        }),
    )
    .map(({ day }) => day);
  return unwritten.length === 0
    ? []
    : [{ what: "lowest of the night", days: formatDays(unwritten), reason: "unfinished" }];
}

function lowestSample({ parts }: Sleep<RecordedSleep>): NightLow["low"] {
  let low: NightLow["low"] = null;
  for (const { period, start } of parts) {
    const samples = period.heart_rate;
    if (samples === null) continue;
    const stamped = Date.parse(samples.timestamp ?? "");
    // Oura's timestamp of the samples is sometimes wrong by years. If it is, the samples are taken to begin at the
    // start of the sleep record.
    const from = Math.abs(stamped - start) < 3_600_000 ? stamped : start;
    samples.items.forEach((bpm, index) => {
      if (bpm === null || bpm < leastBpm || bpm > mostBpm || (low !== null && bpm >= low.bpm)) return;
      low = { bpm, at: from + index * samples.interval * 1000, minutes: samples.interval / 60 };
    });
  }
  return low;
}

/** Samples of the heart rate (in bpm) outside these limits are ignored. Oura writes 255 when there is no value. */
const [leastBpm, mostBpm] = [25, 220];

export function nightTable(nights: readonly NightLow[], local: LocalTime): { columns: string[]; rows: Cell[][] } {
  return {
    columns: ["night_to", "lowest_5_min_bpm", "at", "oura_lowest_bpm"],
    rows: nights.map(({ day, night, low }) => [
      day,
      low && round(low.bpm),
      low && sayInstant(low.at, local),
      night.lowest_heart_rate,
    ]),
  };
}

/**
 * Returns a text that states when the heart rate of a night was lowest, such as "In the night to Fri 20 Nov 2026
 * (23:12-06:48) lowest at 04:10: 47 bpm (mean of 5 min; Ōura's lowest of the night: 46)."
 */
export function sayNightLow({ day, night, low }: NightLow, local: LocalTime): string | null {
  const oura = night.lowest_heart_rate;
  if (low === null) {
    if (oura === null) return null;
    return `In the night to ${formatDay(day)} (${sayTimes(night)}) lowest ${oura} bpm; Ōura has no samples that say when.`;
  }
  return (
    `In the night to ${formatDay(day)} (${sayTimes(night)}) lowest at ${sayClock(low.at, local)}: ${round(low.bpm)} bpm ` +
    `(mean of ${round(low.minutes)} min${oura === null || oura === round(low.bpm) ? "" : `; Ōura's lowest of the night: ${oura}`}).`
  );
}
