import { addDays, isWithin, listDays } from "../../analytics/day.ts";
import { countSteps, wasMostlyOff } from "../../oura/metrics.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { createMissingDays, type MissingEntry, reasonForDay } from "../../question/gaps.ts";
import type { RangeLimits } from "../../question/range-input.ts";
import { formatCount, joinSentences } from "../../words/present.ts";
import { newestKnown, readNewestDay } from "../newest-record.ts";
import { settleRange, type WearerRange } from "../wearer-range.ts";
import { drawSteps } from "./picture.ts";
import { spreadSteps, stepTable } from "./steps.ts";
import { localTimeFromRecords, localTimeInZone, refuseFuture, resolveInterval } from "./time-range.ts";
import type { IntradayAnswer, IntradayQuestion } from "./tool.ts";
import { sayClock, sayInstant, saySpan } from "./words.ts";

type ActivityDay = OuraDocument<"daily_activity_with_series">;

/** Oura's step day starts at four in the morning. */
const stepDayStartMinute = 4 * 60;

/**
 * Steps within the day, estimated: Oura counts a day's steps and only rates the effort of its minutes. Whole days run
 * from 04:00 to 04:00 and add up to Oura's count; a clock range takes parts of two of them and claims no sum.
 */
export async function answerSteps(question: IntradayQuestion, limits: RangeLimits): Promise<IntradayAnswer> {
  const { input, context, guess } = question;
  const activity = await context.reader.readDays("daily_activity_with_series", guess.asked);
  const settled = settleRange(input, context, { activity }, limits);
  const { range, zoneNote } = settled;
  const local =
    input.timezone === undefined
      ? localTimeFromRecords(activity, context.clock.offsetMinutes ?? 0)
      : localTimeInZone(input.timezone, range);
  const wholeDays = input.start_time === undefined && input.end_time === undefined;
  const whole = wholeDays
    ? {
        start: local.instantOf(range.start, stepDayStartMinute),
        end: local.instantOf(addDays(range.end, 1), stepDayStartMinute),
      }
    : resolveInterval(range, input, local);
  refuseFuture(whole, input, context.now, local);
  const interval = { start: whole.start, end: Math.max(whole.start, Math.min(whole.end, context.now)) };

  // A clock range before 04:00 belongs to the step day before.
  const reach = wholeDays ? range : { start: addDays(range.start, -1), end: addDays(range.end, 1) };
  const days = activity.filter(({ day }) => isWithin(day, reach));
  const { minutes, silent } = spreadSteps(days);
  const total = days.filter(({ day }) => isWithin(day, range)).reduce((sum, day) => sum + (countSteps(day) ?? 0), 0);
  context.draw?.(drawSteps(minutes, interval, local));
  const { columns, rows } = stepTable(minutes, interval, input.resolution_minutes, local);
  const counted = rows.reduce((sum, [, steps]) => sum + (typeof steps === "number" ? steps : 0), 0);
  const busiest = rows.reduce<{ time: string; steps: number } | null>((most, [time, steps]) => {
    const isMore = typeof steps === "number" && steps > (most?.steps ?? 0);
    return isMore ? { time: String(time), steps } : most;
  }, null);
  const known = minutes.length > 0;
  return {
    summary: joinSentences(
      known
        ? `Steps ${saySpan(interval, local)}: ${formatCount(wholeDays ? total : counted)}${wholeDays ? "" : ", estimated"}.`
        : `Steps ${saySpan(interval, local)}: no data.`,
      busiest
        ? `Most in the ${input.resolution_minutes} minutes from ${busiest.time} (about ${formatCount(busiest.steps)}).`
        : null,
      known ? "When they were taken is an estimate." : null,
    ),
    metric: "steps",
    start: sayInstant(interval.start, local),
    end: sayInstant(interval.end, local),
    ...(input.summary_only || !known ? {} : { series: { columns, rows } }),
    missing: await describeMissing(question, settled, activity, silent),
    notes: [
      "Ōura counts steps by the day; they are shared over the day's walking-like minutes in proportion to their effort (MET).",
      wholeDays
        ? `Ōura's step day runs from 04:00 to 04:00; the series adds up to its count.`
        : `A clock range (${sayClock(interval.start, local)}-${sayClock(interval.end, local)}) adds up to no total of Ōura's.`,
      ...(zoneNote ? [zoneNote] : []),
    ],
  };
}

/** The days of the range without a document, and those whose document says nothing, each with its reason. */
async function describeMissing(
  { context, guess }: IntradayQuestion,
  { range, today, maySync }: WearerRange,
  activity: readonly ActivityDay[],
  silent: readonly ActivityDay[],
): Promise<MissingEntry[]> {
  const found = createMissingDays();
  for (const document of silent) {
    if (!isWithin(document.day, range)) continue;
    found.add("steps", document.day, wasMostlyOff(document) ? "not_worn" : "unavailable");
  }
  const absent = listDays(range).filter((day) => !activity.some((document) => document.day === day));
  if (absent.length === 0) return found.entries();
  const newest = maySync ? await readNewestDay(context, guess.read, activity) : newestKnown(context, activity);
  for (const day of absent) found.add("steps", day, reasonForDay(day, { today, maySync, ...newest }));
  return found.entries();
}
