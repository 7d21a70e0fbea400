import * as z from "zod";
import { parseOffset } from "../../analytics/day.ts";
import { cutLocalTime } from "../../analytics/intraday/local-buckets.ts";
import { bucketSleep, type SleepSamples, type SleepSeries } from "../../analytics/intraday/sleep-buckets.ts";
import type { SleepPart, Span } from "../../oura/night.ts";
import { localClock, round } from "../../words/present.ts";
import { tableShape } from "../../words/table.ts";
import type { ListedSleep, SleepWithSeries } from "./list-sleeps.ts";

const bucketMinutes = 15;

export const seriesOutput = z.object({
  bucket_minutes: z.number(),
  columns: z.array(z.string()),
  sleeps: z.array(
    z.object({
      day: z.string(),
      kind: z.string(),
      rows: tableShape.rows,
    }),
  ),
});

const columns = ["time", "deep_min", "rem_min", "light_min", "awake_min", "hr_bpm", "hrv_ms", "restless_min"];

/**
 * Describes how each sleep went over time, in spans of 15 minutes (buckets) by local time. If a value was not measured
 * in a bucket, it is null. A night that was joined from several records has a series for each part.
 */
export function describeSeries(listed: readonly ListedSleep<SleepWithSeries>[]): z.output<typeof seriesOutput> {
  return {
    bucket_minutes: bucketMinutes,
    columns,
    sleeps: listed.flatMap(({ day, kind, sleep }) =>
      (sleep?.parts ?? []).flatMap((part) => {
        const rows = part.counted.flatMap((span) => bucketRows(part, span));
        return rows.length === 0 ? [] : [{ day, kind, rows }];
      }),
    ),
  };
}

function bucketRows(part: SleepPart<SleepWithSeries>, { start, end }: Span): (string | number | null)[][] {
  const offsetMinutes = parseOffset(part.bedtime_start) ?? 0;
  const series = toSeries(part);
  const buckets = cutLocalTime(start, end, bucketMinutes, [{ from: 0, offsetMinutes }]);
  return bucketSleep(series, buckets).map(({ start, stages, heartRate, hrv, restlessMinutes }) => [
    localClock(start, offsetMinutes),
    round(stages?.deep, 1),
    round(stages?.rem, 1),
    round(stages?.light, 1),
    round(stages?.awake, 1),
    round(heartRate),
    round(hrv),
    round(restlessMinutes, 1),
  ]);
}

/** Uses phases of 30 seconds if Oura has them, and otherwise phases of five minutes. */
function toSeries({ period: document, start, end }: SleepPart<SleepWithSeries>): SleepSeries {
  const fine = document.sleep_phase_30_sec;
  const coarse = document.sleep_phase_5_min;
  return {
    start,
    end,
    phases: fine ? { digits: fine, secondsPerDigit: 30 } : coarse ? { digits: coarse, secondsPerDigit: 300 } : null,
    heartRate: toSamples(document.heart_rate),
    hrv: toSamples(document.hrv),
    movement: document.movement_30_sec,
  };
}

function toSamples(samples: SleepWithSeries["heart_rate"]): SleepSamples | null {
  return samples && { intervalSeconds: samples.interval, items: samples.items };
}
