import { countDays, type DayRange, isWithin } from "../../analytics/day.ts";
import { newestNight, type Sleep, type SleepDay } from "../../oura/night.ts";
import { explainMissing, type MissingEntry } from "../../question/gaps.ts";
import { sayShortSleep, sayTimes, sayUncounted, sayUnfinished } from "../../words/night-words.ts";
import { formatDay, formatMinutes, joinSentences, meanOf, minutes, round } from "../../words/present.ts";

export interface SummaryInput {
  range: DayRange;
  missing: readonly MissingEntry[];
  /** All days that were read, including those around the range. */
  days: readonly SleepDay[];
}

/**
 * The summary: the figures of one night, or the means of several with the number of nights of each, and what is
 * missing.
 */
export function summarizeSleeps(input: SummaryInput): string {
  const { range, missing } = input;
  const oneDay = countDays(range) === 1;
  const asked = input.days.filter(({ day }) => isWithin(day, range));
  return joinSentences(
    oneDay ? describeNight(range, asked[0]) : describeNights(range, asked),
    describeOthers(asked),
    explainMissing(missing),
    pointToNewest(input),
  );
}

function describeNight({ start }: DayRange, day: SleepDay | undefined): string {
  const night = day?.night;
  if (!day || !night) return `${formatDay(start)}: no night.`;
  const asleep = minutes(night.total_sleep_duration);
  const figures = [
    part(minutes(night.deep_sleep_duration), (value) => `deep ${formatMinutes(value)}`),
    part(minutes(night.rem_sleep_duration), (value) => `REM ${formatMinutes(value)}`),
    part(minutes(night.latency), (value) => `asleep after ${formatMinutes(value)}`),
    part(round(night.efficiency), (value) => `efficiency ${value} %`),
    part(night.lowest_heart_rate, (value) => `lowest heart rate ${value} bpm`),
    part(round(night.average_hrv), (value) => `HRV ${value} ms`),
    part(round(night.average_breath, 1), (value) => `${value} breaths a minute`),
  ].filter((figure) => figure !== null);
  const slept = `asleep ${asleep === null ? "for an unknown time" : formatMinutes(asleep)} of`;
  return joinSentences(
    `Night to ${formatDay(start)}: ${day.isShort ? `${sayShortSleep(night)},` : slept} ` +
      `${formatMinutes(minutes(night.time_in_bed) ?? 0)} in bed (${sayTimes(night)})` +
      `${figures.length > 0 ? `, ${figures.join(", ")}` : ""}.`,
    sayParts(night),
  );
}

/** The times of a night's parts, where it was joined from several. */
function sayParts({ parts }: Sleep): string | null {
  if (parts.length === 1) return null;
  return `One night in ${parts.length} parts (${parts.map(sayTimes).join(", ")}), with less than 3 hours between them.`;
}

const nightMeans: readonly { read(night: Sleep): number | null; say(mean: number): string }[] = [
  {
    read: (night) => minutes(night.total_sleep_duration),
    say: (mean) => `asleep ${formatMinutes(Math.round(mean))}`,
  },
  { read: (night) => round(night.efficiency), say: (mean) => `efficiency ${mean.toFixed(0)} %` },
  { read: (night) => minutes(night.deep_sleep_duration), say: (mean) => `deep ${formatMinutes(Math.round(mean))}` },
  { read: (night) => minutes(night.rem_sleep_duration), say: (mean) => `REM ${formatMinutes(Math.round(mean))}` },
  { read: (night) => night.lowest_heart_rate, say: (mean) => `lowest heart rate ${mean.toFixed(0)} bpm` },
  { read: (night) => night.average_hrv, say: (mean) => `HRV ${mean.toFixed(0)} ms` },
];

function describeNights(range: DayRange, days: readonly SleepDay[]): string {
  const nights = days.flatMap(({ night }) => (night ? [night] : []));
  const span = `${formatDay(range.start)} to ${formatDay(range.end)}`;
  const parts = nightMeans.flatMap(({ read, say }) => {
    const found = meanOf(nights.map(read));
    return found ? [`${say(found.mean)} (n ${found.n})`] : [];
  });
  const count = `${nights.length} of ${countDays(range)} nights`;
  const joined = nights.filter((night) => night.parts.length > 1).length;
  const short = days.filter(({ isShort }) => isShort).length;
  return joinSentences(
    parts.length === 0 ? `${span}: no night.` : `${span}: ${count}; on average ${parts.join(", ")}.`,
    joined === 0 ? null : `${countOf(joined, "night")} in parts with less than 3 hours between them (under joined).`,
    short === 0 ? null : `${countOf(short, "night")} of one short sleep.`,
  );
}

/** Naps, second sleeps, and what is told but not counted. */
function describeOthers(days: readonly SleepDay[]): string | null {
  const naps = days.flatMap((one) => one.naps.filter((nap) => nap !== one.uncounted));
  const withNaps = days.filter((one) => one.naps.some((nap) => nap !== one.uncounted)).length;
  const seconds = days.flatMap(({ secondSleeps }) => secondSleeps).length;
  const covered = days.flatMap((one) => one.covered).length;
  return joinSentences(
    naps.length === 0 ? null : `${countOf(naps.length, "nap")} on ${countOf(withNaps, "day")}.`,
    seconds === 0 ? null : `${countOf(seconds, "second sleep")} beside the night.`,
    covered === 0
      ? null
      : `${countOf(covered, "record")} within another ${covered === 1 ? "is" : "are"} not counted again.`,
    ...days.flatMap(({ day, uncounted, isScored, unfinished }) => [
      ...(uncounted ? [`On ${formatDay(day)} ${sayUncounted(uncounted, isScored)}.`] : []),
      ...unfinished.map((record) => `On ${formatDay(day)} ${sayUnfinished(record)}.`),
    ]),
  );
}

/** "1 nap", "2 naps" */
function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function pointToNewest({ range, missing, days }: SummaryInput): string | null {
  const newest = newestNight(days);
  const waiting = missing.some(
    ({ what, reason }) => (reason === "not_synced" || reason === "unfinished") && what === "night",
  );
  return waiting && newest !== null && newest < range.end ? `The newest night is ${formatDay(newest)}.` : null;
}

function part(value: number | null, say: (value: number) => string): string | null {
  return value === null ? null : say(value);
}
