import type { HeartRateRow } from "../../analytics/intraday/heart-rate.ts";
import { AppError, type Failure, orFailure } from "../../errors.ts";
import type { UnreadStretch } from "../../oura/reader.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { findRefusal } from "../../question/access.ts";
import type { RangeLimits } from "../../question/range-input.ts";
import { settleRange, type WearerRange } from "../wearer-range.ts";
import { type LocalTime, localTimeFromRecords, localTimeInZone, refuseFuture, resolveInterval } from "./time-range.ts";
import type { IntradayQuestion } from "./tool.ts";

const hour = 3_600_000;
/** Room for a change of the clocks while the offset of those days is not known yet. */
const padding = 3 * hour;

/** The heart rate of the hours asked for, and what their days tell of zone and sync. */
export interface HoursRead {
  settled: WearerRange;
  local: LocalTime;
  /** Epoch ms, end excluded and not after now. */
  interval: { start: number; end: number };
  /** Also some from before and after the interval. */
  rows: HeartRateRow[];
  /** The stretches of the interval that could not be read. */
  unread: UnreadStretch[];
  /** Up to today where the range ends lately; empty where days may not be read. */
  activity: readonly OuraDocument<"daily_activity">[];
  mayReadDays: boolean;
  /** Why the days' own records are not there, though they may be read; null where they are. */
  daysFailure: Failure | null;
  /** Whether some readings, or some of the days' records, came in a form that could not be read. */
  hasOddReadings: boolean;
  hasOddDays: boolean;
}

/**
 * One round where the wearer's clock is as last seen. On a day of travel only that day's own record tells its hours: what
 * of them lies outside the first round is read in a second one.
 */
export async function readHours(question: IntradayQuestion, limits: RangeLimits): Promise<HoursRead> {
  const { input, context, guess } = question;
  const { reader } = context;
  const mayReadDays = findRefusal(context.access, ["daily"]) === null;
  const guessed = resolveInterval(guess.asked, input, localTimeOf(question, []));
  const [from, to] = [guessed.start - padding, guessed.end + padding];
  const [first, days] = await Promise.all([
    reader.readHeartRate(from, to),
    orFailure(mayReadDays ? reader.readDays("daily_activity", guess.read) : Promise.resolve([])),
  ]);
  const activity = days instanceof AppError ? [] : days;
  const settled = settleRange(input, context, { activity }, limits);
  const local = localTimeOf(question, activity);
  const whole = resolveInterval(settled.range, input, local);
  refuseFuture(whole, input, context.now, local);
  const outside = [
    { start: whole.start, end: Math.min(whole.end, from) },
    { start: Math.max(whole.start, to), end: whole.end },
  ].filter(({ start, end }) => start < end);
  const rest = await Promise.all(outside.map(({ start, end }) => reader.readHeartRate(start, end)));
  const interval = { start: whole.start, end: Math.min(whole.end, context.now) };
  return {
    settled,
    local,
    interval,
    rows: [first, ...rest].flatMap(({ rows }) => rows),
    unread: [first, ...rest]
      .flatMap(({ unread }) => unread)
      .filter(({ start, end }) => start < interval.end && end > interval.start),
    activity,
    mayReadDays,
    daysFailure: days instanceof AppError ? days.failure : null,
    hasOddReadings: reader.oddRecords().has("heartrate"),
    hasOddDays: reader.oddRecords().has("daily_activity"),
  };
}

function localTimeOf(
  { input, context, guess }: IntradayQuestion,
  activity: readonly OuraDocument<"daily_activity">[],
): LocalTime {
  if (input.timezone !== undefined) return localTimeInZone(input.timezone, guess.asked);
  return localTimeFromRecords(activity, context.clock.offsetMinutes ?? 0);
}
