import { countDays, type DayRange, isWithin } from "../../analytics/day.ts";
import { newestNight, type Sleep, type SleepDay } from "../../oura/night.ts";
import type { MissingEntry } from "../../question/missing-entries.ts";
import { sayShortSleep, sayTimes, sayUncounted, sayUnfinished } from "../../words/night-words.ts";
import { formatDay, formatMinutes, formatSpan, joinSentences, minutes, round } from "../../words/present.ts";
import { type DayValue, sayMeanWithEnds } from "../../words/range-words.ts";
import { figureColumns, figureOf } from "./sleep-table.ts";

export interface SummaryInput {
  range: DayRange;
  missing: readonly MissingEntry[];
  /** Includes days around the range. */
  days: readonly SleepDay[];
  kind: "all" | "night" | "nap";
  /** The columns that the question names. The summary mentions each of them. */
  named: readonly string[] | undefined;
  /** Whether the answer lists the parts of nights that were joined from several records. */
  listsParts: boolean;
}

/**
 * For one night, gives its figures. For several nights, gives the means and the number of nights in each mean. Also
 * states what is missing.
 */
export function summarizeSleeps(input: SummaryInput): string {
  const { range, kind } = input;
  const oneDay = countDays(range) === 1;
  const asked = input.days.filter(({ day }) => isWithin(day, range));
  return joinSentences(
    kind === "nap" ? null : oneDay ? describeNight(range, asked[0]) : describeNights(input, asked),
    kind === "night" ? null : describeNaps(range, asked, kind),
    kind === "nap" ? null : describeOthers(asked, kind),
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

/** When each part of a night began and ended, if the night was joined from several records. */
function sayParts({ parts }: Sleep): string | null {
  if (parts.length === 1) return null;
  return `One night in ${parts.length} parts (${parts.map(sayTimes).join(", ")}), with less than 3 hours between them.`;
}

/** When the question names no columns, a summary of several nights mentions these columns. */
const foremost: readonly string[] = ["asleep_min", "efficiency_pct", "deep_min", "rem_min", "hr_low_bpm", "hrv_ms"];

/**
 * The words for each column. The lowest heart rate of a night is called the resting heart rate. A summary gives the
 * mean of these values over several nights, and the words "lowest heart rate" would be wrong for a mean.
 */
const labels: Readonly<Record<string, string>> = {
  in_bed_min: "in bed",
  asleep_min: "asleep",
  deep_min: "deep",
  rem_min: "REM",
  light_min: "light",
  awake_min: "awake",
  latency_min: "asleep after",
  efficiency_pct: "efficiency",
  hr_avg_bpm: "average heart rate",
  hr_low_bpm: "resting heart rate",
  hrv_ms: "HRV",
  breath_per_min: "breathing",
  restless_periods: "restless periods",
};

const addingUp: readonly string[] = ["in_bed_min", "asleep_min", "awake_min"];

function sayFigure(name: string, value: number): string {
  if (name.endsWith("_min") && name !== "breath_per_min") return formatMinutes(Math.round(value));
  if (name === "breath_per_min") return `${value.toFixed(1)} breaths a minute`;
  const [, unit = ""] = /_(bpm|ms|pct)$/.exec(name) ?? [];
  return `${value.toFixed(0)}${unit === "pct" ? " %" : unit === "" ? "" : ` ${unit}`}`;
}

function describeNights({ range, named, listsParts }: SummaryInput, days: readonly SleepDay[]): string {
  const nights = days.flatMap(({ day, night }) => (night ? [{ day, night }] : []));
  const span = formatSpan(range);
  const parts = figureColumns.flatMap((column) => {
    if (!(named ?? foremost).includes(column.name)) return [];
    const values = nights.flatMap(({ day, night }): DayValue[] => {
      const value = figureOf(column, night);
      return value === null ? [] : [{ day, value }];
    });
    const said = sayMeanWithEnds(values, {
      say: (value) => sayFigure(column.name, value),
      addsUp: addingUp.includes(column.name),
      within: range,
      saysLatest: named !== undefined,
    });
    return said === null ? [] : [`${labels[column.name] ?? column.name} ${said}`];
  });
  const count = `${nights.length} of ${countDays(range)} nights`;
  const joined = nights.filter(({ night }) => night.parts.length > 1).length;
  const short = days.filter(({ isShort }) => isShort).length;
  return joinSentences(
    nights.length === 0
      ? `${span}: no night.`
      : `${span}: ${count}${parts.length === 0 ? "" : `; on average ${parts.join("; ")}`}.`,
    joined === 0
      ? null
      : `${countOf(joined, "night")} in parts with less than 3 hours between them${listsParts ? " (under joined)" : ""}.`,
    short === 0 ? null : `${countOf(short, "night")} of one short sleep.`,
  );
}

/** States how many naps there were. If there were none, this is stated only if the question is about naps. */
function describeNaps(range: DayRange, days: readonly SleepDay[], kind: SummaryInput["kind"]): string | null {
  const naps = days.flatMap((one) =>
    one.naps.filter((nap) => nap !== one.uncounted).map((nap) => ({ day: one.day, nap })),
  );
  const count = `${countOf(naps.length, "nap")} on ${countOf(new Set(naps.map(({ day }) => day)).size, "day")}`;
  if (kind === "all") return naps.length === 0 ? null : `${count}.`;
  const span = formatSpan(range);
  if (naps.length === 0) return `${span}: no naps.`;
  const asleep = naps.flatMap(({ day, nap }): DayValue[] => {
    const value = minutes(nap.total_sleep_duration);
    return value === null ? [] : [{ day, value }];
  });
  const said = sayMeanWithEnds(asleep, { say: (value) => sayFigure("asleep_min", value), addsUp: true, within: range });
  return `${span}: ${count}${said === null ? "" : `; on average asleep ${said}`}.`;
}

/**
 * States how many second sleeps (long sleeps in addition to the night) there were. Also states which records of sleep
 * are not counted. For example, a record that lies within another record is not counted again.
 */
function describeOthers(days: readonly SleepDay[], kind: SummaryInput["kind"]): string | null {
  const seconds = kind === "night" ? 0 : days.flatMap(({ secondSleeps }) => secondSleeps).length;
  const covered = days.flatMap((one) => one.covered).length;
  return joinSentences(
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
