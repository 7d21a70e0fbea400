import { addDays, isWithin } from "../../analytics/day.ts";
import { formatCount, joinSentences } from "../../words/present.ts";
import { drawSteps } from "./draw-day.ts";
import type { IntradayAnswer, IntradayQuestion } from "./intraday-question.ts";
import { localTimeOf, refuseFuture, resolveInterval, sayClock, sayInstant, saySpan } from "./local-time.ts";
import { type ActivityDay, spreadSteps, stepTable } from "./steps.ts";

/** Oura's step day starts at four in the morning. */
const stepDayStartMinute = 4 * 60;

/**
 * Steps within the day, estimated: Oura gives a step count per day and only the effort of each minute. Whole days run
 * from 04:00 to 04:00 and add up to Oura's count; a clock range covers parts of two such days and matches no count.
 */
export function answerSteps(asked: IntradayQuestion, activity: readonly ActivityDay[]): IntradayAnswer {
  const { input, range, now, offsetMinutes } = asked;
  const local = localTimeOf(range, activity, { timezone: input.timezone, offsetMinutes });
  const wholeDays = input.start_time === undefined && input.end_time === undefined;
  const whole = wholeDays
    ? {
        start: local.instantOf(range.start, stepDayStartMinute),
        end: local.instantOf(addDays(range.end, 1), stepDayStartMinute),
      }
    : resolveInterval(range, input, local);
  refuseFuture(whole, input, now, local);
  const interval = { start: whole.start, end: Math.max(whole.start, Math.min(whole.end, now)) };

  // A clock range before 04:00 belongs to the step day before.
  const reach = wholeDays ? range : { start: addDays(range.start, -1), end: addDays(range.end, 1) };
  const days = activity.filter(({ day }) => isWithin(day, reach));
  const minutes = spreadSteps(days);
  const total = days.filter(({ day }) => isWithin(day, range)).reduce((sum, day) => sum + (day.steps ?? 0), 0);
  asked.draw?.(drawSteps(minutes, interval, local));
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
    notes: [
      "Ōura counts steps by the day; they are shared over the day's walking-like minutes in proportion to their effort (MET).",
      wholeDays
        ? `Ōura's step day runs from 04:00 to 04:00; the series adds up to its count.`
        : `A clock range (${sayClock(interval.start, local)}-${sayClock(interval.end, local)}) adds up to no total of Ōura's.`,
    ],
  };
}
