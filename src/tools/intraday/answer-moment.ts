import { formatOffset } from "../../analytics/day.ts";
import type { HeartRateRow } from "../../analytics/intraday/heart-rate-readings.ts";
import { reasonForDay } from "../../question/day-gaps.ts";
import { formatDay, formatList, formatMinutes, joinSentences, meanOf, round } from "../../words/present.ts";
import type { Cell } from "../../words/table.ts";
import { completeHours } from "./complete-hours.ts";
import { explainNothing } from "./explain-silence.ts";
import { createReasons, describeUnread, type Hours } from "./heart-rate-gaps.ts";
import type { IntradayAnswer, IntradayQuestion } from "./intraday-question.ts";
import { dayAt, type LocalTime, offsetAt, resolveMoment, sayClock, sayInstant } from "./local-time.ts";
import type { ReadHours } from "./read-heart-rate.ts";
import { type Wakefulness, wakefulnessAt } from "./wakefulness.ts";

/**
 * A question about a point in time is answered with the nearest reading, at most this many milliseconds away. Ten
 * minutes is also the longest time for which a reading counts in a mean heart rate.
 */
const nearMs = 10 * 60_000;
const minuteMs = 60_000;

/** The mean of the readings in the requested minute, or else the nearest reading within ten minutes. */
interface ReadingAt {
  bpm: number;
  /** The time of the reading in epoch ms. If `bpm` is the mean of a minute, this is the requested point in time. */
  at: number;
  source: string;
  /**
   * The number of readings from which `bpm` is computed. If no reading lies in the requested minute, the nearest
   * reading is used, and the number is 1.
   */
  n: number;
}

/** The heart rate at one point in time, whether the wearer was awake, and since when. */
export async function answerMoment(asked: IntradayQuestion, read: ReadHours): Promise<IntradayAnswer> {
  const { input, range, now, data, gaps, panelUrl } = asked;
  const hours = await completeHours(asked, read);
  const { local, rows } = hours;
  const moment = resolveMoment(range, input, local, now);
  const clock = sayClock(moment, local);
  const reading = readingAt(rows, moment);
  if (reading === null) {
    const unread = describeUnread(hours, false, panelUrl);
    const silent = around(hours, moment);
    if (unread.length > 0) gaps.add(...unread);
    else if (rows.length === 0) gaps.add(...(await explainNothing(asked, silent, false)));
    else gaps.add({ what: `heart_rate at ${clock}`, reason: createReasons(silent)(silent.interval) });
  }
  const day = dayAt(moment, local);
  const awake = data.sleep === null ? null : wakefulnessAt(data.sleep, moment, day);
  if (awake?.kind === "unknown" && !gaps.entries.some(({ what }) => what === "hours awake")) {
    const isWritten = data.sleep?.some((one) => one.day === day && one.unfinished.length > 0) ?? false;
    const reason = isWritten ? "unfinished" : reasonForDay(day, gaps.sync);
    gaps.add({ what: "hours awake", days: day, reason, detail: "no night of this day is recorded" });
  }
  return {
    summary: joinSentences(
      `${formatDay(day)} at ${clock} (UTC${formatOffset(offsetAt(moment, local))}): ${sayReading(reading, moment, rows, local)}.`,
      sayWakefulness(awake, moment, local),
    ),
    metric: "heart_rate",
    start: sayInstant(moment, local),
    end: sayInstant(moment, local),
    moment: { ...describeReading(reading, local), ...describeWakefulness(awake, moment, local) },
    notes: [],
  };
}

/** Readings more than ten minutes from `moment` (the requested point in time) are not used for the answer. */
function around(hours: Hours, moment: number): Hours {
  return { ...hours, interval: { start: moment - nearMs, end: moment + nearMs } };
}

function readingAt(rows: readonly HeartRateRow[], moment: number): ReadingAt | null {
  const ofMinute = rows.filter(({ at }) => at >= moment && at < moment + minuteMs);
  const mean = meanOf(ofMinute.map(({ bpm }) => bpm));
  const source = ofMinute.at(-1)?.source;
  if (mean && source !== undefined) return { bpm: mean.mean, at: moment, source, n: mean.n };
  const nearest = nearestTo(rows, moment);
  return nearest && Math.abs(nearest.at - moment) <= nearMs ? { ...nearest, n: 1 } : null;
}

function nearestTo(rows: readonly HeartRateRow[], moment: number): HeartRateRow | null {
  return rows.reduce<HeartRateRow | null>(
    (nearest, row) => (nearest && Math.abs(nearest.at - moment) <= Math.abs(row.at - moment) ? nearest : row),
    null,
  );
}

function sayReading(reading: ReadingAt | null, moment: number, rows: readonly HeartRateRow[], local: LocalTime) {
  if (reading === null) {
    const nearest = nearestTo(rows, moment);
    const instead =
      nearest === null
        ? ""
        : `; the nearest is ${nearest.bpm} bpm at ${sayClock(nearest.at, local)} on ${formatDay(dayAt(nearest.at, local))}`;
    return `no heart rate within 10 minutes${instead}`;
  }
  const { bpm, at, source, n } = reading;
  if (n > 1) return `heart rate ${round(bpm)} bpm (${source}; mean of ${n} readings in that minute)`;
  return `heart rate ${round(bpm)} bpm (${source}${at === moment ? "" : `; read at ${sayClock(at, local)}`})`;
}

function describeReading(reading: ReadingAt | null, local: LocalTime): Record<string, Cell> {
  return {
    bpm: reading && round(reading.bpm),
    read_at: reading && sayInstant(reading.at, local),
    source: reading?.source ?? null,
  };
}

function describeWakefulness(awake: Wakefulness | null, moment: number, local: LocalTime): Record<string, Cell> {
  switch (awake?.kind) {
    case "in_bed":
      return { state: awake.stage ?? "in_bed", since: sayInstant(awake.start, local), hours_awake: null };
    case "awake":
      return {
        state: "up",
        since: sayInstant(awake.since, local),
        hours_awake: round((moment - awake.since) / 3_600_000, 1),
      };
    default:
      return { state: null, since: null, hours_awake: null };
  }
}

function sayWakefulness(awake: Wakefulness | null, moment: number, local: LocalTime): string | null {
  switch (awake?.kind) {
    case "in_bed": {
      const times = `${sayClock(awake.start, local)}-${sayClock(awake.end, local)}`;
      const stage =
        awake.stage === null
          ? "in bed"
          : awake.stage === "awake"
            ? "awake in bed"
            : `in ${nameStage(awake.stage)} sleep`;
      return `Then ${stage} (${awake.what} ${times}).`;
    }
    case "awake": {
      const minutes = Math.round((moment - awake.since) / minuteMs);
      const napped = awake.naps.map(({ start, end }) => `${sayClock(start, local)}-${sayClock(end, local)}`);
      const naps =
        napped.length === 0 ? "" : `, with ${napped.length === 1 ? "a nap" : "naps"} at ${formatList(napped)}`;
      return `Up for ${formatMinutes(minutes)} then, since the sleep that ended at ${sayClock(awake.since, local)} on ${formatDay(dayAt(awake.since, local))}${naps}.`;
    }
    case "unknown":
      return `How long awake cannot be said: no night to ${formatDay(awake.day)} is recorded.`;
    default:
      return null;
  }
}

function nameStage(stage: string): string {
  return stage === "rem" ? "REM" : stage;
}
