import { countDays, formatDays } from "../../analytics/day.ts";
import { type HeartRateDay, summarizeHeartRate } from "../../analytics/intraday/heart-rate.ts";
import { localDay } from "../../analytics/intraday/local-day.ts";
import { describeFailure } from "../../errors.ts";
import { describeRingLimit, type MissingEntry } from "../../question/gaps.ts";
import { type RingLimit, unknownRingDetail } from "../../question/ring-limits.ts";
import { sayLoneHighest } from "../../words/lone-highest.ts";
import { formatCount, formatDay, formatMinutes, joinSentences, round, sayDays } from "../../words/present.ts";
import { drawHeartRate } from "./draw-day.ts";
import { bucketTable, dayTable, sayTimesOf, sourceTable, summarizeDays } from "./heart-rate-figures.ts";
import {
  describeUnread,
  findSilentDays,
  findSilentHours,
  type Hours,
  reasonForStretch,
  unreadDays,
} from "./heart-rate-gaps.ts";
import type { IntradayAnswer, IntradayQuestion } from "./intraday-question.ts";
import { localTimeOf, refuseFuture, resolveInterval, sayInstant, saySpan } from "./local-time.ts";
import { type ReadHours, readOutside } from "./read-heart-rate.ts";

/** In an interval up to this length a clock time is unambiguous. 25 h is the longest local day. */
const oneDay = 25 * 3_600_000;

/** Above this length the answer lists days instead of a series, which would be too long. */
const longestSeries = 50 * 3_600_000;

export async function answerHeartRate(asked: IntradayQuestion, read: ReadHours): Promise<IntradayAnswer> {
  const { input, gaps, panelUrl } = asked;
  const whole = await completeHours(asked, read);
  const { interval, local, unread } = whole;
  const isLong = interval.end - interval.start > longestSeries;
  const hours = isLong ? dropUnreadDays(whole) : whole;
  const { rows, range } = hours;
  const day = summarizeHeartRate(rows, interval.start, interval.end);
  asked.draw?.(drawHeartRate(isLong ? [] : rows, interval, local));
  const byDay = isLong ? summarizeDays(rows, range, interval, local) : [];
  const loneHighest = sayLoneHighest(
    byDay.map(({ day: label, summary: { total } }) => ({ day: label, max: total?.max ?? null })),
    formatDay,
  );
  const days = countDays(range) - (isLong ? unreadDays(hours).length : 0);
  if (day.total === null && unread.length === 0) gaps.add(...(await explainNothing(asked, hours, isLong)));
  else gaps.add(...describeUnread(hours, isLong, panelUrl), ...(await explainSilence(asked, day, hours, isLong)));
  return {
    summary: joinSentences(summarize(day, hours, days), sayUnread(hours, isLong, panelUrl)),
    metric: "heart_rate",
    start: sayInstant(interval.start, local),
    end: sayInstant(interval.end, local),
    ...(isLong || input.summary_only || day.total === null
      ? {}
      : { series: bucketTable(rows, interval, input.resolution_minutes, local) }),
    ...(day.total === null ? {} : { by_source: sourceTable(day) }),
    ...(isLong ? { by_day: dayTable(byDay) } : {}),
    notes: [
      "Means are weighted by time: the ring writes every 5 s in a workout and every 5 min at rest.",
      ...(loneHighest === null ? [] : [loneHighest]),
    ],
  };
}

/**
 * Completes the hours that were read by the wearer's last known UTC offset. On a day of travel, the hours outside them
 * are read in a second round.
 */
async function completeHours(asked: IntradayQuestion, first: ReadHours): Promise<Hours> {
  const { input, range, now, data, gaps, offsetMinutes, readMore } = asked;
  const local = localTimeOf(range, data.activity ?? [], { timezone: input.timezone, offsetMinutes });
  const whole = resolveInterval(range, input, local);
  refuseFuture(whole, input, now, local);
  const parts = [first, ...(await Promise.all(readOutside(whole, first).map(readMore)))];
  const interval = { start: whole.start, end: Math.min(whole.end, now) };
  return {
    range,
    local,
    interval,
    rows: parts.flatMap(({ rows }) => rows),
    unread: parts
      .flatMap(({ unread }) => unread)
      .filter(({ start, end }) => start < interval.end && end > interval.start),
    hasOddReadings: parts.some(({ isOdd }) => isOdd),
    knowsDays: data.activity !== null,
    sync: gaps.sync,
  };
}

/** Drops days that were read in part: their figures would be those of a part of the day. */
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

function summarize(day: HeartRateDay, { rows, interval, local }: Hours, days: number): string {
  const span = saySpan(interval, local);
  const { total, restingFloor, bySource } = day;
  if (total === null) return `Heart rate ${span}: no readings.`;
  const asleep = bySource.find(({ source }) => source === "sleep");
  const workout = bySource.find(({ source }) => source === "workout");
  const within = rows.filter(({ at }) => at >= interval.start && at < interval.end); // more is read than requested
  const timesOf = (source: string) =>
    interval.end - interval.start > oneDay ? null : sayTimesOf(source, within, local);
  const [workouts, sessions] = [timesOf("workout"), timesOf("session")];
  return joinSentences(
    `Heart rate ${span}: ${total.min} to ${total.max} bpm, mean ${round(total.mean)} bpm weighted by time` +
      `${restingFloor === null ? "" : `, resting floor ${round(restingFloor)} bpm`} (${formatMinutes(Math.round(total.minutes))} measured` +
      `${days > 1 ? ` over ${days} days` : ""}, ${formatCount(total.n)} readings).`,
    asleep ? `Asleep: mean ${round(asleep.mean)} bpm.` : null,
    workout
      ? `In workouts${workouts ? ` (${workouts})` : ""}: mean ${round(workout.mean)}, highest ${workout.max} bpm.`
      : null,
    sessions ? `Sessions: ${sessions}.` : null,
  );
}

interface AsksRing {
  findRingLimit(): Promise<RingLimit>;
}

/** Oura's values of `source`, except for sleep and rest. */
const daytimeSources = ["awake", "workout", "session", "live"];

/**
 * The entries for hours without readings. A ring that measures heart rate only during sleep has none in the daytime.
 */
async function explainSilence(
  { findRingLimit }: AsksRing,
  day: HeartRateDay,
  hours: Hours,
  isLong: boolean,
): Promise<MissingEntry[]> {
  const silent = isLong ? findSilentDays(hours) : findSilentHours(day, hours);
  const isNightOnly = !day.bySource.some(({ source }) => daytimeSources.includes(source));
  if (!isNightOnly || (silent.length === 0 && !isLong)) return silent;
  const limit = await findRingLimit();
  const withoutRing = day.total === null ? describeRingLimit("heart_rate", limit) : null;
  if (withoutRing) return [withoutRing]; // the reason is the ring, not a missing sync
  if (limit !== "third_generation_only" && limit !== "unknown") return silent;
  const daytime: MissingEntry =
    limit === "unknown"
      ? { what: "heart_rate outside sleep", reason: "unavailable", detail: unknownRingDetail }
      : { what: "heart_rate outside sleep", reason: "not_supported" };
  return isLong ? [daytime, ...silent] : [daytime]; // within one day, `daytime` covers the gaps; whole days are listed
}

async function explainNothing({ findRingLimit }: AsksRing, hours: Hours, isLong: boolean): Promise<MissingEntry[]> {
  if (hours.hasOddReadings) return [{ what: "heart_rate", reason: "unavailable" }];
  const limit = await findRingLimit();
  const withoutRing = describeRingLimit("heart_rate", limit);
  if (withoutRing) return [withoutRing];
  if (limit === "third_generation_only") return [{ what: "heart_rate", reason: "not_supported" }];
  return isLong ? findSilentDays(hours) : [{ what: "heart_rate", reason: reasonForStretch(hours.interval, hours) }];
}
