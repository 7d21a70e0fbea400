import { countDays, type DayRange, listDays } from "../../analytics/day.ts";
import { type HeartRateDay, type HeartRateRow, summarizeHeartRate } from "../../analytics/intraday/heart-rate.ts";
import { localDay } from "../../analytics/intraday/local-day.ts";
import { findRefusal } from "../access.ts";
import { createMissingDays, type MissingEntry } from "../missing.ts";
import type { RangeLimits } from "../params.ts";
import { formatCount, formatMinutes, joinSentences, round } from "../present.ts";
import { findRingLimit, noRingDetail } from "../ring-limits.ts";
import { settleRange } from "../wearer-range.ts";
import { bucketTable, dayTable, sourceTable, toRows } from "./heart-rate.ts";
import { type LocalTime, localTimeFromRecords, localTimeInZone, resolveInterval } from "./time-range.ts";
import type { IntradayAnswer, IntradayQuestion } from "./tool.ts";
import { sayClock, sayInstant, saySpan } from "./words.ts";

const hour = 3_600_000;
/** Room for a clock change or a journey while the offset of those days is not known yet. */
const knownZonePadding = 3 * hour;
const unknownZonePadding = 14 * hour;
/** Longer than this a series would drown the answer, and days are told one by one. */
const longestSeries = 50 * hour;

export async function answerHeartRate(question: IntradayQuestion, limits: RangeLimits): Promise<IntradayAnswer> {
  const { input, context, guess } = question;
  const mayReadDays = findRefusal(context.access, ["daily"]) === null;
  const guessed = resolveInterval(guess, input, localTimeOf(question, []));
  const padding =
    context.clock.offsetMinutes === null && input.timezone === undefined ? unknownZonePadding : knownZonePadding;
  const [documents, activity] = await Promise.all([
    context.reader.readHeartRate(guessed.start - padding, guessed.end + padding),
    mayReadDays && input.timezone === undefined ? context.reader.readDays("daily_activity", guess) : [],
  ]);
  const { range, zoneNote } = settleRange(input, context, { activity }, limits);
  const local = localTimeOf(question, activity);
  const whole = resolveInterval(range, input, local);
  const interval = { start: whole.start, end: Math.min(whole.end, context.now) };
  const rows = toRows(documents);
  const day = summarizeHeartRate(rows, interval.start, interval.end);
  const isLong = interval.end - interval.start > longestSeries;
  return {
    summary: summarize(day, interval, local, countDays(range)),
    metric: "heart_rate",
    start: sayInstant(interval.start, local),
    end: sayInstant(interval.end, local),
    ...(isLong || input.summary_only || day.total === null
      ? {}
      : { series: bucketTable(rows, interval, input.resolution_minutes, local) }),
    ...(day.total === null ? {} : { by_source: sourceTable(day) }),
    ...(isLong ? { by_day: dayTable(rows, range, interval, local) } : {}),
    missing:
      day.total === null
        ? [await explainNothing(question, interval)]
        : findGaps(day, rows, range, interval, local, isLong),
    notes: [
      "Means are weighted by time: the ring writes every 5 s in a workout and every 5 min at rest.",
      ...(zoneNote ? [zoneNote] : []),
    ],
  };
}

function localTimeOf(
  { input, context, guess }: IntradayQuestion,
  activity: Parameters<typeof localTimeFromRecords>[0],
): LocalTime {
  if (input.timezone !== undefined) return localTimeInZone(input.timezone, guess);
  return localTimeFromRecords(activity, context.clock.offsetMinutes ?? 0);
}

function summarize(
  day: HeartRateDay,
  interval: { start: number; end: number },
  local: LocalTime,
  days: number,
): string {
  const span = saySpan(interval, local);
  const { total, restingFloor, bySource } = day;
  if (total === null) return `Heart rate ${span}: no readings.`;
  const asleep = bySource.find(({ source }) => source === "sleep");
  const workout = bySource.find(({ source }) => source === "workout");
  return joinSentences(
    `Heart rate ${span}: ${total.min} to ${total.max} bpm, mean ${round(total.mean)} bpm weighted by time` +
      `${restingFloor === null ? "" : `, resting floor ${round(restingFloor)} bpm`} (${formatMinutes(Math.round(total.minutes))} measured` +
      `${days > 1 ? ` over ${days} days` : ""}, ${formatCount(total.n)} readings).`,
    asleep ? `Asleep: mean ${round(asleep.mean)} bpm.` : null,
    workout ? `In workouts: mean ${round(workout.mean)}, highest ${workout.max} bpm.` : null,
  );
}

/** Stretches without a reading: by day in a long range, by the clock in a short one. */
function findGaps(
  day: HeartRateDay,
  rows: readonly HeartRateRow[],
  range: DayRange,
  interval: { start: number; end: number },
  local: LocalTime,
  isLong: boolean,
): MissingEntry[] {
  const newest = rows.reduce((latest, { at }) => Math.max(latest, at), 0);
  if (isLong) {
    const found = createMissingDays();
    for (const label of listDays(range)) {
      const { start, end } = localDay(label, local.spans);
      if (!rows.some(({ at }) => at >= start && at < end)) found.add("heart_rate", label, reasonAt(start, newest));
    }
    return found.entries();
  }
  return day.gaps
    .toSorted((left, right) => right.end - right.start - (left.end - left.start))
    .slice(0, 5)
    .map(({ start, end }) => ({
      what: `heart_rate ${sayClock(start, local)}-${sayClock(end, local)}`,
      reason: start >= newest && end >= interval.end ? "not_synced" : "not_worn",
    }));
}

function reasonAt(start: number, newest: number): "not_synced" | "not_worn" {
  return start > newest ? "not_synced" : "not_worn";
}

async function explainNothing({ context }: IntradayQuestion, interval: { end: number }): Promise<MissingEntry> {
  switch (await findRingLimit(context)) {
    case "everything":
      return { what: "heart_rate", reason: "not_supported", detail: noRingDetail };
    case "third_generation_only":
      return { what: "heart_rate", reason: "not_supported" };
    case "nothing":
      return { what: "heart_rate", reason: context.now - interval.end < 14 * 24 * hour ? "not_synced" : "not_worn" };
  }
}
