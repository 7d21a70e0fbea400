import { type BucketMinutes, cutLocalTime } from "../../analytics/intraday/local-buckets.ts";
import { bucketSteps, type StepMinute, shareSteps } from "../../analytics/intraday/step-share.ts";
import { countSteps } from "../../oura/metrics.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { localClock } from "../../words/present.ts";
import type { LocalTime } from "./time-range.ts";

type ActivityDay = OuraDocument<"daily_activity_with_series">;

/** Minutes of steps of the days at hand, oldest first, and the documents nothing can be said from. */
export function spreadSteps(days: readonly ActivityDay[]): { minutes: StepMinute[]; silent: ActivityDay[] } {
  const minutes: StepMinute[] = [];
  const silent: ActivityDay[] = [];
  for (const document of days.toSorted((left, right) => left.day.localeCompare(right.day))) {
    const { timestamp, met } = document;
    const steps = countSteps(document);
    const start = Date.parse(timestamp ?? "");
    const shared =
      steps === null || met === null || Number.isNaN(start)
        ? null
        : shareSteps({ start, totalSteps: steps, met: met.items });
    if (shared?.kind === "shared") minutes.push(...shared.minutes);
    else silent.push(document);
  }
  return { minutes, silent };
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
