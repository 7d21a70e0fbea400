import * as z from "zod";
import { parseOffset } from "../../analytics/day.ts";
import { cutLocalTime } from "../../analytics/intraday/local-buckets.ts";
import { bucketSleep, type SleepSamples, type SleepSeries } from "../../analytics/intraday/sleep-buckets.ts";
import { localClock, round } from "../../words/present.ts";
import { tableShape } from "../../words/table.ts";
import type { CountedPeriod, SleepWithSeries } from "./sleep-periods.ts";

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

/** The series of each sleep in 15-minute buckets of local time; a bucket without a measurement is null. */
export function describeSeries(
  counted: readonly CountedPeriod[],
  documents: readonly SleepWithSeries[],
): z.output<typeof seriesOutput> {
  return {
    bucket_minutes: bucketMinutes,
    columns,
    sleeps: counted.flatMap(({ day, kind, period }) => {
      const document = documents.find((candidate) => candidate === period);
      const series = document && toSeries(document);
      return series ? [{ day, kind, rows: bucketRows(series, parseOffset(period.bedtime_start ?? "") ?? 0) }] : [];
    }),
  };
}

function bucketRows(series: SleepSeries, offsetMinutes: number): (string | number | null)[][] {
  const buckets = cutLocalTime(series.start, series.end, bucketMinutes, [{ from: 0, offsetMinutes }]);
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

/** The series of a document, with 30-second phases where Oura has them, else five-minute phases. */
function toSeries(document: SleepWithSeries): SleepSeries | null {
  const start = Date.parse(document.bedtime_start ?? "");
  const end = Date.parse(document.bedtime_end ?? "");
  if (Number.isNaN(start) || Number.isNaN(end)) return null;
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
