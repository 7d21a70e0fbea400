import { bucketHeartRate } from "../../analytics/intraday/heart-rate.ts";
import type { HeartRateRow } from "../../analytics/intraday/heart-rate-readings.ts";
import type { Bucket } from "../../analytics/intraday/local-buckets.ts";
import { bucketSteps, type StepMinute } from "../../analytics/intraday/step-share.ts";
import type { DayPicture } from "../../words/pictures.ts";
import { round } from "../../words/present.ts";
import { findSpells } from "./heart-rate-figures.ts";
import { type Interval, type LocalTime, offsetAt } from "./local-time.ts";

const heartRateBucket = 5;
const stepBucket = 15;

/** Returns the data of the heart-rate chart: five-minute means, each with the source of its readings, such as sleep. */
export function drawHeartRate(rows: readonly HeartRateRow[], interval: Interval, local: LocalTime): DayPicture {
  const buckets = rows.length === 0 ? [] : cutEvenly(interval, heartRateBucket, local);
  const sources = [...new Set(rows.map(({ source }) => source))];
  const latest = new Map(
    rows.map(({ at, source }) => [Math.floor((at - interval.start) / (heartRateBucket * 60_000)), source]),
  );
  const within = rows.filter(({ at }) => at >= interval.start && at < interval.end);
  const shift = offsetAt(interval.start, local) * 60_000;
  return {
    ...frame("heart_rate", interval, heartRateBucket, local),
    spells: ["workout", "session"].flatMap((source) =>
      findSpells(source, within).map(({ start, end }) => ({ source, start: start + shift, end: end + shift })),
    ),
    values: bucketHeartRate(rows, buckets).map(({ mean }) => round(mean)),
    sourceOf: buckets.map((_, index) => {
      const source = latest.get(index);
      return source === undefined ? null : sources.indexOf(source);
    }),
    sources,
  };
}

export function drawSteps(minutes: readonly StepMinute[], interval: Interval, local: LocalTime): DayPicture {
  const buckets = minutes.length === 0 ? [] : cutEvenly(interval, stepBucket, local);
  return {
    ...frame("steps", interval, stepBucket, local),
    spells: [],
    values: bucketSteps(minutes, buckets).map(({ steps }) => round(steps)),
    sourceOf: [],
    sources: [],
  };
}

function frame(metric: DayPicture["metric"], { start, end }: Interval, bucketMinutes: number, local: LocalTime) {
  const shift = offsetAt(start, local) * 60_000;
  return { kind: "day", metric, start: start + shift, end: end + shift, bucketMinutes } as const;
}

/**
 * Cuts an interval into buckets (spans of time) of equal length. All buckets have the UTC offset of the interval's
 * start, so that the hours on the chart's axis stay equally spaced when the clocks change.
 */
function cutEvenly({ start, end }: Interval, minutes: number, local: LocalTime): Bucket[] {
  const size = minutes * 60_000;
  const offsetMinutes = offsetAt(start, local);
  return Array.from({ length: Math.max(0, Math.ceil((end - start) / size)) }, (_, index) => {
    const from = start + index * size;
    return { start: from, end: Math.min(from + size, end), offsetMinutes };
  });
}
