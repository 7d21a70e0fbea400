import { countDays, type DayRange } from "../../analytics/day.ts";
import { explainMissing, type MissingEntry } from "../../question/gaps.ts";
import { formatDay, formatMinutes, joinSentences, meanOf, minutes, round } from "../../words/present.ts";
import type { DayTotal } from "./day-totals.ts";
import { type CountedPeriod, localTime, newestNight, type SleepPeriod } from "./sleep-periods.ts";

export interface SummaryInput {
  range: DayRange;
  counted: readonly CountedPeriod[];
  totals: readonly DayTotal[];
  missing: readonly MissingEntry[];
  /** All periods that were read, including days around the range. */
  read: readonly SleepPeriod[];
}

/**
 * The summary: the figures of one night, or the means of several with the number of nights of each, and what is
 * missing.
 */
export function summarizeSleeps(input: SummaryInput): string {
  const { range, counted, missing } = input;
  const nights = counted.filter(({ kind }) => kind === "night");
  const oneDay = countDays(range) === 1;
  return joinSentences(
    oneDay ? describeNight(input, nights[0]) : describeNights(input, nights),
    describeNaps(counted),
    explainMissing(missing),
    pointToNewest(input),
  );
}

function describeNight({ range }: SummaryInput, night: CountedPeriod | undefined): string {
  const { start } = range;
  if (!night) return `${formatDay(start)}: no night.`;
  const { period } = night;
  const asleep = minutes(period.total_sleep_duration);
  const inBed = minutes(period.time_in_bed);
  const times = [localTime(period.bedtime_start), localTime(period.bedtime_end)].filter((time) => time !== null);
  const figures = [
    part(minutes(period.deep_sleep_duration), (value) => `deep ${formatMinutes(value)}`),
    part(minutes(period.rem_sleep_duration), (value) => `REM ${formatMinutes(value)}`),
    part(minutes(period.latency), (value) => `asleep after ${formatMinutes(value)}`),
    part(period.efficiency, (value) => `efficiency ${value} %`),
    part(period.lowest_heart_rate, (value) => `lowest heart rate ${value} bpm`),
    part(period.average_hrv, (value) => `HRV ${value} ms`),
    part(round(period.average_breath, 1), (value) => `${value} breaths a minute`),
  ].filter((figure) => figure !== null);
  return (
    `Night to ${formatDay(start)}: ` +
    `asleep ${asleep === null ? "for an unknown time" : formatMinutes(asleep)}` +
    `${inBed === null ? "" : ` of ${formatMinutes(inBed)} in bed`}` +
    `${times.length === 2 ? ` (${times.join("-")})` : ""}${figures.length > 0 ? `, ${figures.join(", ")}` : ""}.`
  );
}

const nightMeans: readonly { read(period: SleepPeriod): number | null; say(mean: number): string }[] = [
  {
    read: (period) => minutes(period.total_sleep_duration),
    say: (mean) => `asleep ${formatMinutes(Math.round(mean))}`,
  },
  { read: (period) => period.efficiency, say: (mean) => `efficiency ${mean.toFixed(0)} %` },
  { read: (period) => minutes(period.deep_sleep_duration), say: (mean) => `deep ${formatMinutes(Math.round(mean))}` },
  { read: (period) => minutes(period.rem_sleep_duration), say: (mean) => `REM ${formatMinutes(Math.round(mean))}` },
  { read: (period) => period.lowest_heart_rate, say: (mean) => `lowest heart rate ${mean.toFixed(0)} bpm` },
  { read: (period) => period.average_hrv, say: (mean) => `HRV ${mean.toFixed(0)} ms` },
];

function describeNights({ range }: SummaryInput, nights: readonly CountedPeriod[]): string {
  const span = `${formatDay(range.start)} to ${formatDay(range.end)}`;
  const parts = nightMeans.flatMap(({ read, say }) => {
    const found = meanOf(nights.map(({ period }) => read(period)));
    return found ? [`${say(found.mean)} (n ${found.n})`] : [];
  });
  const count = `${nights.length} of ${countDays(range)} nights`;
  return parts.length === 0 ? `${span}: no night.` : `${span}: ${count}; on average ${parts.join(", ")}.`;
}

function describeNaps(counted: readonly CountedPeriod[]): string | null {
  const naps = counted.filter(({ kind }) => kind === "nap");
  const others = counted.filter(({ kind }) => kind === "long_sleep");
  const days = new Set(naps.map(({ day }) => day)).size;
  return joinSentences(
    naps.length === 0
      ? null
      : `${naps.length} ${naps.length === 1 ? "nap" : "naps"} on ${days} ${days === 1 ? "day" : "days"}.`,
    others.length === 0
      ? null
      : `${others.length} more long ${others.length === 1 ? "sleep" : "sleeps"} beside the night.`,
  );
}

function pointToNewest({ range, missing, read }: SummaryInput): string | null {
  const newest = newestNight(read);
  const waiting = missing.some(({ what, reason }) => reason === "not_synced" && what === "night");
  return waiting && newest !== null && newest < range.end ? `The newest night is ${newest}.` : null;
}

function part(value: number | null, say: (value: number) => string): string | null {
  return value === null ? null : say(value);
}
