import { type BucketMinutes, cutLocalTime } from "../../analytics/intraday/local-buckets.ts";
import { bucketSteps, type StepMinute, shareSteps } from "../../analytics/intraday/step-share.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { localClock } from "../present.ts";
import type { LocalTime } from "./time-range.ts";

type ActivityDay = OuraDocument<"daily_activity_with_series">;

/** Minutes of steps of the days at hand, oldest first, and the days nothing can be said of. */
export function spreadSteps(days: readonly ActivityDay[]): { minutes: StepMinute[]; silentDays: string[] } {
  const minutes: StepMinute[] = [];
  const silentDays: string[] = [];
  for (const { day, timestamp, steps, met } of days.toSorted((left, right) => left.day.localeCompare(right.day))) {
    const start = Date.parse(timestamp ?? "");
    const shared =
      steps === null || met === null || Number.isNaN(start)
        ? null
        : shareSteps({ start, totalSteps: steps, met: met.items });
    if (shared?.kind === "shared") minutes.push(...shared.minutes);
    else silentDays.push(day);
  }
  return { minutes, silentDays };
}

export function stepTable(
  minutes: readonly StepMinute[],
  interval: { start: number; end: number },
  bucketMinutes: BucketMinutes,
  local: LocalTime,
): { columns: string[]; rows: (string | number | null)[][] } {
  const buckets = cutLocalTime(interval.start, interval.end, bucketMinutes, local.spans);
  return {
    columns: ["time", "steps_estimated"],
    rows: bucketSteps(minutes, buckets).map(({ start, offsetMinutes, steps }) => [
      localClock(start, offsetMinutes),
      steps,
    ]),
  };
}
