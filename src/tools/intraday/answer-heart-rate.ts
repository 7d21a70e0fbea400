import { countDays, formatDays } from "../../analytics/day.ts";
import { type HeartRateDay, restingShare, summarizeHeartRate } from "../../analytics/intraday/heart-rate.ts";
import { type Extremes, findExtremes } from "../../analytics/intraday/heart-rate-extremes.ts";
import { readingsWithin } from "../../analytics/intraday/heart-rate-readings.ts";
import { localDay } from "../../analytics/intraday/local-day.ts";
import { describeFailure } from "../../errors.ts";
import { findMaximum, noteZones } from "../../question/heart-rate-zones.ts";
import { sayLoneHighest } from "../../words/lone-highest.ts";
import { formatCount, formatDay, formatMinutes, joinSentences, round, sayDays } from "../../words/present.ts";
import { completeHours } from "./complete-hours.ts";
import { drawHeartRate } from "./draw-day.ts";
import { explainNothing, explainSilence } from "./explain-silence.ts";
import { extremesTable, noteLone, sayExtreme, sayHighest } from "./extremes.ts";
import { bucketTable, dayTable, sayTimesOf, sourceTable, summarizeDays } from "./heart-rate-figures.ts";
import { describeUnread, type Hours, unreadDays } from "./heart-rate-gaps.ts";
import type { IntradayAnswer, IntradayQuestion } from "./intraday-question.ts";
import { sayInstant, saySpan } from "./local-time.ts";
import { describeUnwritten, findNightLows, nightTable, sayNightLow } from "./night-lows.ts";
import type { ReadHours } from "./read-heart-rate.ts";
import { findWorkoutZones, noMaximum, readTimes, sayZones, zoneTable } from "./workout-zones.ts";

/**
 * In ms. If the interval is no longer than this, the answer gives clock times without days. The limit is 25 hours,
 * because a local day has 25 hours when the clocks are put back.
 */
const oneDay = 25 * 3_600_000;

/** In ms. In a longer interval, the answer has only one row per day, so that it does not become too long. */
const longestSeries = 50 * 3_600_000;

export async function answerHeartRate(asked: IntradayQuestion, read: ReadHours): Promise<IntradayAnswer> {
  const { input, data, gaps, panelUrl } = asked;
  const whole = await completeHours(asked, read);
  const { interval, local, unread } = whole;
  const isLong = interval.end - interval.start > longestSeries;
  const hours = isLong ? dropUnreadDays(whole) : whole;
  const { rows, range } = hours;
  const within = readingsWithin(rows, interval.start, interval.end); // more is read than requested
  const day = summarizeHeartRate(within, interval.start, interval.end);
  const extremes = findExtremes(within, interval.start, interval.end);
  asked.draw?.(drawHeartRate(isLong ? [] : rows, interval, local));
  const byDay = isLong ? summarizeDays(within, range, interval, local) : null;
  const loneHighest = sayLoneHighest(
    (byDay ?? []).map(({ day: label, summary: { total } }) => ({ day: label, max: total?.max ?? null })),
    formatDay,
  );
  const days = countDays(range) - (isLong ? unreadDays(hours).length : 0);
  if (day.total === null && unread.length === 0) gaps.add(...(await explainNothing(asked, hours, isLong)));
  else {
    gaps.addUnnamed(...describeUnread(hours, isLong, panelUrl)); // the summary says it in its own words
    await explainSilence(asked, day, hours, byDay);
  }
  const nights = isLong ? [] : findNightLows(data.sleep ?? [], interval);
  if (!isLong) gaps.add(...describeUnwritten(data.sleep ?? [], interval));
  const training = await inZones(asked, hours);
  return {
    summary: joinSentences(
      summarize(day, extremes, hours, days),
      ...nights.map((night) => sayNightLow(night, local)),
      training.sentence,
      sayUnread(hours, isLong, panelUrl),
    ),
    metric: "heart_rate",
    start: sayInstant(interval.start, local),
    end: sayInstant(interval.end, local),
    ...(isLong || input.summary_only || day.total === null
      ? {}
      : { series: bucketTable(rows, interval, input.resolution_minutes, local) }),
    ...(extremes === null ? {} : { extremes: extremesTable(extremes, local) }),
    ...(nights.length === 0 ? {} : { nights: nightTable(nights, local) }),
    ...training.fields,
    ...(day.total === null ? {} : { by_source: sourceTable(day) }),
    ...(byDay === null ? {} : { by_day: dayTable(byDay, local) }),
    notes: [
      isLong
        ? "Means are weighted by time. A reading counts for at most 10 minutes; measured_min leaves out the rest of a longer pause."
        : "Means are weighted by time.",
      ...(loneHighest === null ? noteLone(extremes, local) : [loneHighest]),
      ...training.notes,
    ],
  };
}

/**
 * The time in each heart-rate zone for the workouts in the requested hours. If the zones cannot be computed, a note
 * states what is needed for them. The maximum heart rate is looked up only if a workout in these hours has readings.
 */
async function inZones(asked: IntradayQuestion, { rows, interval, unread, local }: Hours) {
  const workouts = asked.data.workouts ?? [];
  const isMeasured = readTimes(workouts, interval).some(({ start, end }) =>
    rows.some(({ at }) => at >= start && at < end),
  );
  if (!isMeasured) {
    const isAsked = asked.input.max_bpm !== undefined && asked.data.workouts !== null;
    const notes = isAsked ? ["No workout with a heart rate began in these hours, so there are no zones."] : [];
    return { sentence: null, fields: {}, notes };
  }
  const maximum = await findMaximum(asked);
  if (maximum === null) return { sentence: null, fields: {}, notes: [noMaximum] };
  const zones = findWorkoutZones(workouts, rows, interval, unread, maximum.bpm);
  if (zones.length === 0) return { sentence: null, fields: {}, notes: [] };
  return {
    // A question about a whole day is seldom about heart-rate zones, so they are then only in the table and not in the
    // summary.
    sentence: asksForZones(asked.input) ? sayZones(zones, interval.end - interval.start > oneDay, local) : null,
    fields: { zones: zoneTable(zones, local) },
    notes: [noteZones(maximum)],
  };
}

/**
 * Whether the summary states the time in heart-rate zones. It does if the question gives the maximum heart rate, from
 * which the zones are computed. It also does if the question gives clock times.
 */
function asksForZones({ max_bpm, start_time, end_time }: IntradayQuestion["input"]): boolean {
  return [max_bpm, start_time, end_time].some((one) => one !== undefined);
}

/**
 * Leaves out days that were read only in part. The mean of such a day would be mistaken for the mean of the whole day.
 */
function dropUnreadDays(hours: Hours): Hours {
  const dropped = unreadDays(hours).map((day) => localDay(day, hours.local.spans));
  if (dropped.length === 0) return hours;
  return {
    ...hours,
    rows: hours.rows.filter(({ at }) => !dropped.some(({ start, end }) => at >= start && at < end)),
  };
}

function sayUnread(hours: Hours, isLong: boolean, panelUrl: string): string | null {
  const [first] = hours.unread;
  if (!first) return null;
  const what = isLong ? `${sayDays(formatDays(unreadDays(hours)))} could not be read` : "Part of it could not be read";
  return `${what}: ${describeFailure(first.failure, { home: panelUrl, panel: panelUrl })}`;
}

function summarize(
  day: HeartRateDay,
  extremes: Extremes | null,
  { rows, interval, local }: Hours,
  days: number,
): string {
  const span = saySpan(interval, local);
  const { total, restingLimit, bySource } = day;
  if (total === null || extremes === null) return `Heart rate ${span}: no readings.`;
  const asleep = bySource.find(({ source }) => source === "sleep");
  const workout = bySource.find(({ source }) => source === "workout");
  const isShort = interval.end - interval.start <= oneDay;
  // `rows` also contains readings before and after the requested interval.
  const within = isShort ? readingsWithin(rows, interval.start, interval.end) : [];
  const [workouts, sessions] = [sayTimesOf("workout", within, local), sayTimesOf("session", within, local)];
  return joinSentences(
    `Heart rate ${span}: lowest ${sayExtreme(extremes.lowest, days > 1, local)}, ${sayHighest(extremes, days > 1, local)}, ` +
      `mean ${round(total.mean)} bpm weighted by time` +
      `${restingLimit === null ? "" : `, ${100 * restingShare} % of the time at or below ${round(restingLimit)} bpm`} (${formatMinutes(Math.round(total.minutes))} measured` +
      `${days > 1 ? ` over ${days} days` : ""}, ${formatCount(total.n)} readings).`,
    asleep ? `Asleep: mean ${round(asleep.mean)} bpm.` : null,
    workout
      ? `In workouts${workouts ? ` (${workouts})` : ""}: mean ${round(workout.mean)}, highest ${workout.max} bpm.`
      : null,
    sessions ? `Sessions: ${sessions}.` : null,
  );
}
