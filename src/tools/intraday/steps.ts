import { type BucketMinutes, cutLocalTime } from "../../analytics/intraday/local-buckets.ts";
import { bucketSteps, type StepMinute, shareSteps } from "../../analytics/intraday/step-share.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { localClock } from "../../words/present.ts";
import type { LocalTime } from "./local-time.ts";

export type ActivityDay = OuraDocument<"daily_activity_with_series">;

/** The steps of each minute of the days, oldest first. */
export function spreadSteps(days: readonly ActivityDay[]): StepMinute[] {
  return days.toSorted((left, right) => left.day.localeCompare(right.day)).flatMap((day) => shareDay(day) ?? []);
}

/** The steps of each minute of one day; null when they cannot be estimated. */
export function shareDay(document: ActivityDay): readonly StepMinute[] | null {
  const { timestamp, met, steps } = document;
  const start = Date.parse(timestamp ?? "");
  if (steps === null || met === null || Number.isNaN(start)) return null;
  const shared = shareSteps({ start, totalSteps: steps, met: met.items });
  return shared.kind === "shared" ? shared.minutes : null;
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
