import { addDays, isWithin } from "../../analytics/day.ts";
import type { StepMinute } from "../../analytics/intraday/step-share.ts";
import type { OuraDocument } from "../../oura/routes.ts";
import { reasonForDay } from "../../question/day-gaps.ts";
import { formatCount, formatDay, formatList, joinSentences } from "../../words/present.ts";
import { drawSteps } from "./draw-day.ts";
import type { IntradayAnswer, IntradayQuestion } from "./intraday-question.ts";
import {
  dayAt,
  type Interval,
  type LocalTime,
  localTimeOf,
  minuteOfDay,
  refuseFuture,
  resolveInterval,
  resolveMoment,
  sayClock,
  sayInstant,
  saySpan,
} from "./local-time.ts";
import {
  type ActivityDay,
  findStillWorkouts,
  readCurves,
  type StepCurve,
  type StillWorkout,
  spreadSteps,
  stampDays,
  stepTable,
} from "./steps.ts";

/**
 * In minutes after midnight. Assumed for a day whose record does not give the start of its step day (the day over which
 * Oura counts steps).
 */
const stepDayStartMinute = 4 * 60;

/**
 * Estimates when the steps of a day were taken. Oura gives the steps of a whole day and the effort of each minute.
 * Oura's step day (over which it counts steps) usually begins at 04:00. For a question about whole days, the answer
 * therefore covers whole step days, so that the estimates add up to Oura's count. For a question about clock times,
 * Oura has no count to compare with.
 * @param workouts Null when workouts could not be read
 */
export function answerSteps(
  asked: IntradayQuestion,
  activity: readonly ActivityDay[],
  workouts: readonly OuraDocument<"workout_details">[] | null,
): IntradayAnswer {
  const { input, range, now, offsetMinutes } = asked;
  const local = localTimeOf(range, stampDays(activity), { timezone: input.timezone, offsetMinutes });
  const wholeDays = input.start_time === undefined && input.end_time === undefined && input.at === undefined;
  // Oura usually counts steps before 04:00 for the previous calendar day. For clock times, the curves of effort of one
  // day before and one day after the range are therefore used too.
  const reach = wholeDays ? range : { start: addDays(range.start, -1), end: addDays(range.end, 1) };
  const curves = readCurves(activity).filter(({ day }) => isWithin(day, reach));
  const still = findStillWorkouts(workouts ?? []);
  const { minutes, unplaced } = spreadSteps(curves, still);
  refuseFuture(range, input, now, local);
  if (input.at !== undefined) return answerStepsUntil(asked, curves, minutes, local);
  const whole = wholeDays ? coverDays(range, curves, minutes, local) : resolveInterval(range, input, local, now);
  const interval = { start: whole.start, end: Math.max(whole.start, Math.min(whole.end, now)) };

  const total = curves.filter(({ day }) => isWithin(day, range)).reduce((sum, { totalSteps }) => sum + totalSteps, 0);
  asked.draw?.(drawSteps(minutes, interval, local));
  const { columns, rows } = stepTable(minutes, interval, input.resolution_minutes, local);
  const counted = rows.reduce((sum, [, steps]) => sum + (typeof steps === "number" ? steps : 0), 0);
  const busiest = rows.reduce<{ time: string; steps: number } | null>((most, [time, steps]) => {
    const isMore = typeof steps === "number" && steps > (most?.steps ?? 0);
    return isMore ? { time: String(time), steps } : most;
  }, null);
  const isPlaced = minutes.length > 0;
  const isKnown = isPlaced || (wholeDays && curves.length > 0);
  const skipped = still.filter(({ start, end }) => start < interval.end && end > interval.start);
  return {
    summary: joinSentences(
      isKnown
        ? `Steps ${saySpan(interval, local)}: ${formatCount(wholeDays ? total : counted)}${wholeDays ? "" : ", estimated"}.`
        : `Steps ${saySpan(interval, local)}: no data.`,
      busiest
        ? `Most in the ${input.resolution_minutes} minutes from ${busiest.time} (about ${formatCount(busiest.steps)}).`
        : null,
      isPlaced ? "When they were taken is an estimate." : null,
    ),
    metric: "steps",
    start: sayInstant(interval.start, local),
    end: sayInstant(interval.end, local),
    ...(input.summary_only || !isPlaced ? {} : { series: { columns, rows } }),
    notes: [
      "Ōura counts steps by the day; they are shared over the day's walking-like minutes in proportion to their effort (MET).",
      workouts === null ? "Workouts are not readable, so minutes of a swim or a ride look like walking." : null,
      saySkipped(skipped, local, range.start !== range.end),
      ...unplaced.map(sayUnplaced),
      wholeDays
        ? sayStepDay(whole, unplaced.length > 0, local)
        : `A clock range (${sayClock(interval.start, local)}-${sayClock(interval.end, local)}) adds up to no total of Ōura's.`,
    ].filter((note) => note !== null),
  };
}

/**
 * Answers how many steps were taken until the requested point in time. The steps are counted from the start of Oura's
 * step day, which is usually 04:00.
 */
function answerStepsUntil(
  { input, range, now, gaps }: IntradayQuestion,
  curves: readonly StepCurve[],
  minutes: readonly StepMinute[],
  local: LocalTime,
): IntradayAnswer {
  const moment = resolveMoment(range, input, local, now);
  const curve = curves.findLast(({ start }) => start <= moment && moment - start < 25 * 3_600_000);
  const taken = minutes.filter(({ at }) => curve !== undefined && at >= curve.start && at < moment);
  const day = dayAt(moment, local);
  const clock = `${formatDay(day)} at ${sayClock(moment, local)}`;
  const steps = curve && taken.length > 0 ? taken.reduce((sum, one) => sum + one.steps, 0) : null;
  if (steps === null && gaps.entries.length === 0)
    gaps.add({ what: `steps until ${sayClock(moment, local)}`, reason: reasonForDay(day, gaps.sync) });
  return {
    summary:
      steps === null || !curve
        ? `Steps until ${clock}: no data.`
        : `Steps from ${sayClock(curve.start, local)} until ${clock}: about ${formatCount(steps)} of the ` +
          `${formatCount(curve.totalSteps)} that Ōura counts for ${formatDay(curve.day)}. When they were taken is an estimate.`,
    metric: "steps",
    start: sayInstant(curve?.start ?? moment, local),
    end: sayInstant(moment, local),
    moment: { steps_estimated: steps, of_step_day: curve?.day ?? null, step_day_total: curve?.totalSteps ?? null },
    notes: [],
  };
}

/**
 * Returns the interval from the start of the first step day of the range to the end of the last step day. A step day is
 * the day over which Oura counts steps. It usually begins at 04:00. If minutes with steps lie outside this interval, it
 * is extended to include them.
 */
function coverDays(
  range: { start: ActivityDay["day"]; end: ActivityDay["day"] },
  curves: readonly StepCurve[],
  minutes: readonly StepMinute[],
  local: LocalTime,
): Interval {
  const [first] = curves;
  const begins = first ? minuteOfDay(first.start, first.day, local) : stepDayStartMinute;
  const taken = minutes.filter(({ steps }) => steps > 0);
  return {
    start: Math.min(local.instantOf(range.start, begins), taken[0]?.at ?? Number.POSITIVE_INFINITY),
    end: Math.max(local.instantOf(addDays(range.end, 1), begins), (taken.at(-1)?.at ?? 0) + 60_000),
  };
}

function sayStepDay({ start, end }: Interval, isPartlyPlaced: boolean, local: LocalTime): string {
  const sum = isPartlyPlaced ? "the series adds up to the steps that can be placed" : "the series adds up to its count";
  return `Ōura's step day runs from ${sayClock(start, local)} to ${sayClock(end, local)}; ${sum}.`;
}

/** A note names at most this many workouts. */
const mostNamed = 4;

function saySkipped(skipped: readonly StillWorkout[], local: LocalTime, isOfSeveralDays: boolean): string | null {
  if (skipped.length === 0) return null;
  const named = skipped.slice(0, mostNamed).map(({ name, start, end }) => {
    const day = isOfSeveralDays ? `${formatDay(dayAt(start, local))} ` : "";
    return `${name ?? "a workout"} ${day}${sayClock(start, local)}-${sayClock(end, local)}`;
  });
  const more = skipped.length > named.length ? [`${skipped.length - named.length} more`] : [];
  return (
    `No steps are placed in ${formatList([...named, ...more])}: of workouts, only walking, hiking, running, treadmill, ` +
    "dancing and ball games take steps."
  );
}

function sayUnplaced({ day, totalSteps }: StepCurve): string {
  return `The ${formatCount(totalSteps)} steps of ${formatDay(day)} cannot be placed: no minute that may hold steps shows movement.`;
}
