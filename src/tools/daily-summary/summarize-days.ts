import type { IsoDay } from "../../analytics/day.ts";
import { newestNight, type SleepDay } from "../../oura/night.ts";
import { hoursWorn, type WearTime } from "../../oura/wear.ts";
import { explainMissing, type MissingEntry } from "../../question/gaps.ts";
import { sayShortSleep } from "../../words/night-words.ts";
import { formatCount, formatDay, formatMinutes, formatSigned, joinSentences, meanOf } from "../../words/present.ts";
import { type Column, isStillCounting, otherWord } from "./sections.ts";

type Value = string | number | null;

export interface SummaryInput {
  today: IsoDay;
  shown: readonly Column[];
  rows: readonly { day: IsoDay; values: readonly Value[] }[];
  missing: readonly MissingEntry[];
  /** The activity that was read, which shows how long the ring was worn. */
  activity: readonly (WearTime & { day: IsoDay })[];
  /** The sleep that was read, which may reach back before the requested days. */
  sleep: readonly SleepDay[];
}

/** The summary: the figures of a day, or the means of a range with the number of days of each. */
export function summarizeDays(input: SummaryInput): string {
  const { shown, rows, missing } = input;
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last) return "No days were asked for.";
  const columns = shown.map(({ name }) => name);
  const text = rows.length === 1 ? describeDay(input, first.day, pick(columns, first.values)) : describeRange(input);
  const span = rows.length === 1 ? formatDay(first.day) : `${formatDay(first.day)} to ${formatDay(last.day)}`;
  return joinSentences(
    text === null ? `${span}: no data.` : `${span}: ${text}.`,
    explainMissing(missing, rows.length === 1 ? 3 : 1),
    pointToNewestNight(input, last.day),
  );
}

/** Names the newest available night when the requested one has not synced. */
function pointToNewestNight({ missing, sleep }: SummaryInput, lastDay: IsoDay): string | null {
  const waiting = missing.some(
    ({ what, reason }) => (reason === "not_synced" || reason === "unfinished") && what.split(", ").includes("sleep"),
  );
  const newest = newestNight(sleep);
  return waiting && newest !== null && newest < lastDay ? `The newest night is ${newest}.` : null;
}

function pick(columns: readonly string[], values: readonly Value[]): (name: string) => Value {
  return (name) => values[columns.indexOf(name)] ?? null;
}

function describeDay(
  { today, sleep, activity }: SummaryInput,
  day: IsoDay,
  value: (name: string) => Value,
): string | null {
  const night = sleep.find((one) => one.day === day);
  const asleep = value("total_sleep_min");
  const temperature = value("temperature_deviation_c");
  const steps = value("steps");
  const parts = [
    phrase(value("sleep_score"), (score) => `sleep score ${score}`),
    typeof asleep === "number"
      ? `${night?.isShort && night.night ? sayShortSleep(night.night) : `asleep ${formatMinutes(asleep)}`}${stages(value)}`
      : null,
    phrase(value("readiness_score"), (score) => `readiness ${score}`),
    typeof temperature === "number" ? `skin temperature ${formatSigned(temperature)} °C from usual` : null,
    typeof steps === "number"
      ? `${formatCount(steps)} steps${day === today ? " so far" : sayWorn(activity.findLast((one) => one.day === day))}`
      : null,
    phrase(value("activity_score"), (score) => `activity score ${score}`),
    phrase(value("stress_high_min"), (minutes) => `${minutes} min of high stress`),
    phrase(value("spo2_pct"), (percent) => `blood oxygen ${percent} %`),
    phrase(value("resilience"), (level) => (level === otherWord ? null : `resilience ${level}`)),
    phrase(value("vascular_age_years"), (age) => `vascular age ${age} years`),
    phrase(value("bedtime_advice"), sayAdvice),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(", ");
}

/** How long the ring was worn, where that was only part of the day. */
function sayWorn(wear: WearTime | undefined): string {
  const hours = wear ? hoursWorn(wear) : null;
  return hours === null ? "" : ` (worn ${hours} of 24 hours)`;
}

function stages(value: (name: string) => Value): string {
  const deep = value("deep_min");
  const rem = value("rem_min");
  const efficiency = phrase(value("sleep_efficiency_pct"), (percent) => `${percent} % efficiency`);
  const parts = [
    typeof deep === "number" ? `deep ${formatMinutes(deep)}` : null,
    typeof rem === "number" ? `REM ${formatMinutes(rem)}` : null,
    efficiency,
  ].filter((part) => part !== null);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}

const rangeMeans: readonly { column: string; say(mean: number): string }[] = [
  { column: "sleep_score", say: (mean) => `sleep score ${mean.toFixed(0)}` },
  { column: "total_sleep_min", say: (mean) => `asleep ${formatMinutes(Math.round(mean))}` },
  { column: "readiness_score", say: (mean) => `readiness ${mean.toFixed(0)}` },
  { column: "steps", say: (mean) => `${formatCount(Math.round(mean))} steps` },
  { column: "stress_high_min", say: (mean) => `${mean.toFixed(0)} min of high stress` },
  { column: "spo2_pct", say: (mean) => `blood oxygen ${mean.toFixed(1)} %` },
  { column: "vascular_age_years", say: (mean) => `vascular age ${mean.toFixed(0)} years` },
];

function describeRange({ today, shown, rows }: SummaryInput): string | null {
  const parts = rangeMeans.flatMap(({ column: name, say }) => {
    const index = shown.findIndex((column) => column.name === name);
    const column = shown[index];
    if (!column) return [];
    const whole = rows.filter(({ day }) => !isStillCounting(column, day, today));
    const values = whole
      .map((row) => row.values[index] ?? null)
      .map((value) => (typeof value === "number" ? value : null));
    const found = meanOf(values);
    return found ? [`${say(found.mean)} (n ${found.n})`] : [];
  });
  return parts.length === 0 ? null : `${rows.length} days; on average ${parts.join(", ")}`;
}

/** "advised bedtime 22:30-23:15 (earlier)"; without words that are not known. */
function sayAdvice(advice: string | number): string | null {
  const [, time = "", words = ""] = /^(\d\d:\d\d-\d\d:\d\d)? ?(.*)$/.exec(`${advice}`) ?? [];
  const known = words === otherWord ? "" : words;
  if (time === "" && known === "") return null;
  return `advised bedtime ${time === "" ? known : `${time}${known === "" ? "" : ` (${known})`}`}`;
}

function phrase(value: Value, say: (value: string | number) => string | null): string | null {
  return value === null ? null : say(value);
}
