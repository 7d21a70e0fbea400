import { dayMilliseconds, parseOffset } from "../../analytics/day.ts";
import { type BucketMinutes, cutLocalTime } from "../../analytics/intraday/local-buckets.ts";
import { bucketSteps, type Span, type StepMinute, shareSteps } from "../../analytics/intraday/step-share.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { nameActivity } from "../../words/activity-name.ts";
import { localClock } from "../../words/present.ts";
import type { LocalTime } from "./local-time.ts";

export type ActivityDay = OuraDocument<"daily_activity_with_series">;

export interface StepCurve extends Pick<ActivityDay, "day"> {
  /**
   * The time of the curve's first value in epoch ms. `timestamp` is the same time, in the text form in which Oura sends
   * it.
   */
  start: number;
  timestamp: string;
  intervalSeconds: number;
  met: readonly (number | null)[];
  totalSteps: number;
}

/**
 * If the timestamp of a day's curve of effort (MET) is further than this (in ms) from the timestamp of the day's
 * document, the curve's timestamp is wrong and is not used.
 */
const longestShift = dayMilliseconds;

/** Null when the day has no step count or no curve of effort (MET). */
export function readCurve(document: ActivityDay): StepCurve | null {
  const { day, met, steps: totalSteps } = document;
  if (totalSteps === null || met === null) return null;
  const ofDay = Date.parse(document.timestamp ?? "");
  const own = Date.parse(met.timestamp ?? "");
  const isOwn = !Number.isNaN(own) && !(Math.abs(own - ofDay) > longestShift);
  const start = isOwn ? own : ofDay;
  const timestamp = isOwn ? met.timestamp : document.timestamp;
  if (Number.isNaN(start) || timestamp === null) return null;
  return { day, start, timestamp, intervalSeconds: met.interval, met: met.items, totalSteps };
}

/**
 * One curve per day, oldest first. If Oura has two documents for a day, the later document is a correction, so only the
 * later document is used.
 */
export function readCurves(days: readonly ActivityDay[]): StepCurve[] {
  const newest = new Map(days.map((document) => [document.day, document]));
  return [...newest.values()]
    .flatMap((document) => readCurve(document) ?? [])
    .toSorted((left, right) => left.day.localeCompare(right.day));
}

/**
 * The timestamp of the day's curve of effort (MET) if it has a UTC offset, and otherwise the timestamp of Oura's
 * document.
 */
export function stampDays(days: readonly ActivityDay[]): { day: ActivityDay["day"]; timestamp: string | null }[] {
  return days.map((document) => {
    const { day, timestamp } = document;
    const own = readCurve(document)?.timestamp ?? null;
    return { day, timestamp: own !== null && parseOffset(own) !== null ? own : timestamp };
  });
}

/** Oldest minute first. `unplaced` lists the days whose steps cannot be assigned to minutes. */
export function spreadSteps(
  curves: readonly StepCurve[],
  withoutSteps: readonly Span[],
): { minutes: StepMinute[]; unplaced: StepCurve[] } {
  const shares = curves.map((curve) => ({ curve, share: shareSteps({ ...curve, withoutSteps }) }));
  return {
    // After a journey to the east, the curves of effort of two days overlap. So the minutes of all days are sorted
    // together.
    minutes: shares
      .flatMap(({ share }) => (share.kind === "shared" ? share.minutes : []))
      .toSorted((one, other) => one.at - other.at),
    unplaced: shares.flatMap(({ curve, share }) => (share.kind === "no_movement" ? [curve] : [])),
  };
}

/** A part of a workout in which nobody takes steps, such as a swim. */
export interface StillWorkout extends Span {
  /** The activity, such as swimming. Null when it is not known. */
  name: string | null;
}

/**
 * Workouts in which nobody takes steps although the effort may be high, such as swims. If a workout on foot was
 * recorded at the same time, that time is cut out, because steps were taken in it.
 */
export function findStillWorkouts(workouts: readonly OuraDocument<"workout_details">[]): StillWorkout[] {
  const spans = workouts.flatMap(({ activity, start_datetime, end_datetime }) => {
    const [start, end] = [Date.parse(start_datetime ?? ""), Date.parse(end_datetime ?? "")];
    return end > start ? [{ start, end, ...nameActivity(activity) }] : []; // a time that is NaN gives no span
  });
  const onFoot = spans.filter(({ takesSteps }) => takesSteps);
  return spans
    .filter(({ takesSteps }) => !takesSteps)
    .flatMap(({ start, end, name }) => cutOut({ start, end }, onFoot).map((span) => ({ ...span, name })));
}

function cutOut(span: Span, others: readonly Span[]): Span[] {
  return others.reduce<Span[]>(
    (left, other) =>
      left.flatMap(({ start, end }) =>
        [
          { start, end: Math.min(end, other.start) },
          { start: Math.max(start, other.end), end },
        ].filter((part) => part.end > part.start),
      ),
    [span],
  );
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
