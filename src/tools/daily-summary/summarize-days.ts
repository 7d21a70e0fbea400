import { formatDays, type IsoDay } from "../../analytics/day.ts";
import { newestNight, type SleepDay } from "../../oura/night.ts";
import { hoursWorn, type WearTime } from "../../oura/wear.ts";
import type { MissingEntry } from "../../question/missing-entries.ts";
import { sayShortSleep } from "../../words/night-words.ts";
import {
  formatCount,
  formatDay,
  formatMinutes,
  formatSigned,
  formatSpan,
  joinSentences,
  sayDays,
  upperFirst,
} from "../../words/present.ts";
import { type DayValue, sayMeanWithEnds } from "../../words/range-words.ts";
import { bedtimeFound, type Column, isStillCounting, otherWord } from "./sections.ts";

type Value = string | number | null;

export interface SummaryInput {
  today: IsoDay;
  shown: readonly Column[];
  /**
   * Whether the question named the columns. If it did, the summary mentions every named column. If it did not, the
   * summary mentions only the most important columns.
   */
  isChosen: boolean;
  rows: readonly { day: IsoDay; values: readonly Value[] }[];
  missing: readonly MissingEntry[];
  /** Shows how long the ring was worn and whether the activity goal was reached. */
  activity: readonly (WearTime & GoalDay)[];
  /** The sleep of the requested days, and perhaps of some days before them. */
  sleep: readonly SleepDay[];
}

/**
 * For one day, gives the figures of that day. For several days, gives the mean of each column and the number of days in
 * each mean.
 */
export function summarizeDays(input: SummaryInput): string {
  const { shown, rows } = input;
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last) return "No days were asked for.";
  const columns = shown.map(({ name }) => name);
  const text = rows.length === 1 ? describeDay(input, first.day, pick(columns, first.values)) : describeRange(input);
  const span = formatSpan({ start: first.day, end: last.day });
  return joinSentences(text === null ? `${span}: no data.` : `${span}: ${text}.`, pointToNewestNight(input, last.day));
}

/** Names the newest available night, if the ring has not synced the requested night. */
function pointToNewestNight({ missing, sleep }: SummaryInput, lastDay: IsoDay): string | null {
  const waiting = missing.some(
    ({ what, reason }) => (reason === "not_synced" || reason === "unfinished") && what.split(", ").includes("sleep"),
  );
  const newest = newestNight(sleep);
  return waiting && newest !== null && newest < lastDay ? `The newest night is ${formatDay(newest)}.` : null;
}

function pick(columns: readonly string[], values: readonly Value[]): (name: string) => Value {
  return (name) => values[columns.indexOf(name)] ?? null;
}

function describeDay(
  { today, sleep, activity, shown, isChosen }: SummaryInput,
  day: IsoDay,
  value: (name: string) => Value,
): string | null {
  const night = sleep.find((one) => one.day === day);
  const asleep = value("total_sleep_min");
  const temperature = value("temperature_deviation_c");
  const steps = value("steps");
  const soFar = (name: string) =>
    shown.some((one) => one.name === name && stillGrows(one, day, today)) ? " so far" : "";
  const ofNight = [
    phrase(value("sleep_score"), (score) => `sleep score ${score}`),
    typeof asleep === "number"
      ? `${night?.isShort && night.night ? sayShortSleep(night.night) : `asleep ${formatMinutes(asleep)}`}${stages(value)}`
      : null,
    phrase(value("readiness_score"), (score) => `readiness ${score}`),
    typeof temperature === "number" ? `skin temperature ${formatSigned(temperature)} °C from usual` : null,
  ];
  const ofActivity = [
    typeof steps === "number"
      ? `${formatCount(steps)} steps${soFar("steps") || sayWorn(activity.findLast((one) => one.day === day))}`
      : null,
    phrase(value("activity_score"), (score) => `activity score ${score}${soFar("activity_score")}`),
    sayGoal(value, day === today),
    phrase(
      value("walking_equivalent_m"),
      (metres) => `activity equal to walking ${sayMetres(metres)}${soFar("walking_equivalent_m")}`,
    ),
    phrase(
      value("sitting_min"),
      (sat) => `sitting ${formatMinutes(Number(sat))}${soFar("sitting_min")}${sayResting(value, soFar("resting_min"))}`,
    ),
    phrase(value("inactivity_alerts"), (alerts) => `${sayAlerts(alerts)}${soFar("inactivity_alerts")}`),
  ];
  const others = [
    phrase(
      value("stress_high_min"),
      (minutes) => `high stress ${formatMinutes(Number(minutes))}${soFar("stress_high_min")}`,
    ),
    phrase(value("spo2_pct"), (percent) => `blood oxygen ${percent} %`),
    phrase(value("resilience"), (level) => (level === otherWord ? null : `resilience ${level}`)),
    phrase(value("vascular_age_years"), (age) => `vascular age ${age} years`),
    phrase(value("bedtime_advice"), sayAdvice) ?? phrase(value("bedtime_status"), sayNoAdvice),
    ...(isChosen ? sayOthers(shown, value, soFar, day === today) : []),
  ];
  const sentences = [ofNight, ofActivity, others]
    .map((phrases) => phrases.filter((one) => one !== null).join(", "))
    .filter((sentence) => sentence !== "");
  // The first sentence follows the day and a colon, so only the others begin with a capital letter.
  return sentences.length === 0 ? null : sentences.map((one, at) => (at === 0 ? one : upperFirst(one))).join(". ");
}

/**
 * Whether the column's value on the day may still change. Only today's values can change. The goals of a day cannot
 * change, because they are fixed when the day begins.
 */
function stillGrows(column: Column, day: IsoDay, today: IsoDay): boolean {
  return isStillCounting(column, day, today) && !goalColumns.includes(column.name);
}

/**
 * A summary of one day has a wording of its own for each of these columns. It gives any other column with its name and
 * value.
 */
const phrased: readonly string[] = [
  ...["sleep_score", "total_sleep_min", "readiness_score", "temperature_deviation_c", "steps", "activity_score"],
  ...["walking_equivalent_m", "sitting_min", "inactivity_alerts", "stress_high_min", "spo2_pct", "resilience"],
  ...["vascular_age_years", "bedtime_advice", "bedtime_status"],
];
/**
 * Maps a column to the column whose phrase mentions it too. For example, the phrase about the total sleep also mentions
 * the deep sleep. On a day without total sleep, the deep sleep gets a phrase of its own.
 */
const phrasedWith: Readonly<Record<string, string>> = {
  deep_min: "total_sleep_min",
  rem_min: "total_sleep_min",
  sleep_efficiency_pct: "total_sleep_min",
  resting_min: "sitting_min",
};

/** Phrases (name, value and unit) for the columns that the question names and that no other phrase mentions. */
function sayOthers(
  shown: readonly Column[],
  value: (name: string) => Value,
  soFar: (name: string) => string,
  isToday: boolean,
): (string | null)[] {
  const hasGoal = sayGoal(value, isToday) !== null;
  return shown.map(({ name }) => {
    const own = value(name);
    const within = phrasedWith[name];
    if (own === null || own === otherWord || phrased.includes(name)) return null;
    if (within !== undefined && value(within) !== null) return null;
    if (hasGoal && (name === "active_kcal" || name === "goal_kcal")) return null;
    if (name === "to_goal_m") return hasGoal ? null : sayToGoal(Number(own), isToday);
    return `${labelOf(name)} ${typeof own === "number" ? sayAmount(name, own) : own}${soFar(name)}`;
  });
}

/** How far the wearer would still have to walk to reach the activity goal, or that the goal is reached. */
function sayToGoal(metres: number, isToday: boolean): string {
  if (metres <= 0) return `activity goal reached${metres < 0 ? `, by ${sayMetres(-metres)} of walking` : ""}`;
  return isToday
    ? `activity goal not reached yet, ${sayMetres(metres)} of walking to go`
    : `activity goal missed by ${sayMetres(metres)} of walking`;
}

/**
 * Example: "goal reached (520 of 450 active kcal)". Example for today: "goal not reached yet (320 of 450 active kcal so
 * far, equal to walking 1.9 km more)".
 */
function sayGoal(value: (name: string) => Value, isToday: boolean): string | null {
  const [active, goal, left] = [value("active_kcal"), value("goal_kcal"), value("to_goal_m")];
  if (typeof active !== "number" || typeof goal !== "number" || goal <= 0) return null;
  if (active >= goal) return `goal reached (${active} of ${goal} active kcal${isToday ? " so far" : ""})`;
  const metres = typeof left === "number" && left > 0 ? `, equal to walking ${sayMetres(left)} more` : "";
  return isToday
    ? `goal not reached yet (${active} of ${goal} active kcal so far${metres})`
    : `goal missed (${active} of ${goal} active kcal)`;
}

function sayResting(value: (name: string) => Value, soFar: string): string {
  const resting = value("resting_min");
  return typeof resting === "number" ? `, resting ${formatMinutes(resting)}${soFar}` : "";
}

function sayAlerts(alerts: string | number): string {
  return `${alerts} inactivity ${alerts === 1 ? "alert" : "alerts"}`;
}

/** The reason why Oura gives no bedtime advice. Null for a status that gives none. */
function sayNoAdvice(status: string | number): string | null {
  return status === otherWord || status === bedtimeFound ? null : `no bedtime advice: ${status}`;
}

/** 7785 becomes "7.8 km", and 640 becomes "640 m". */
function sayMetres(metres: string | number): string {
  const count = Number(metres);
  return Math.abs(count) < 1000 ? `${count} m` : `${(count / 1000).toFixed(1)} km`;
}

/** How many hours the ring was worn, if it was worn only part of the day. */
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

/** When the question names no columns, a summary of several days mentions these columns. */
const foremost: readonly string[] = [
  "sleep_score",
  "total_sleep_min",
  "readiness_score",
  "steps",
  "stress_high_min",
  "spo2_pct",
];

/** Names for columns whose own names are not clear enough. */
const labels: Readonly<Record<string, string>> = {
  total_sleep_min: "asleep",
  stress_high_min: "high stress",
  recovery_high_min: "high recovery",
  spo2_pct: "blood oxygen",
  readiness_score: "readiness",
  steps: "",
  walking_equivalent_m: "activity equal to walking",
  temperature_deviation_c: "temperature deviation",
  temperature_trend_c: "temperature trend",
};

/** Matches columns whose daily values can be added up, such as steps. Scores, for example, cannot be added up. */
const addsUp = /^(steps|inactivity_alerts|.+_kcal|walking_equivalent_m|(?!deep|rem|light).+_min)$/;

function labelOf(name: string): string {
  return labels[name] ?? name.replace(/_(min|kcal|pct|c|m|years)$/, "").replaceAll("_", " ");
}

/** Example: "7 h 12 min", "9,214 steps" or "96.4 %". */
function sayAmount(name: string, value: number): string {
  if (name === "steps") return `${formatCount(Math.round(value))} steps`;
  if (name.endsWith("_min")) return formatMinutes(Math.round(value));
  if (name.endsWith("_kcal")) return `${formatCount(Math.round(value))} kcal`;
  if (name.endsWith("_pct")) return `${value.toFixed(name === "spo2_pct" ? 1 : 0)} %`;
  if (name.endsWith("_c")) return `${formatSigned(value, 2)} °C`;
  if (name.endsWith("_years")) return `${value.toFixed(0)} years`;
  if (name === "pulse_wave_velocity_m_s") return `${value.toFixed(1)} m/s`;
  if (name === "vo2_max_ml_kg_min") return `${value.toFixed(0)} ml/kg/min`;
  if (name.endsWith("_m")) return sayMetres(Math.round(value));
  return value.toFixed(name.endsWith("_score") || Number.isInteger(value) ? 0 : 1);
}

function describeRange(input: SummaryInput): string | null {
  const { today, shown, isChosen, rows } = input;
  const parts = shown.flatMap((column, index) => {
    // The distance to the activity goal is left out, because the summary states on how many days the goal was reached.
    if (isChosen ? column.name === "to_goal_m" : !foremost.includes(column.name)) return [];
    const days = rows.flatMap(({ day, values }) => {
      const value = values[index];
      return typeof value === "number" && !isStillCounting(column, day, today) ? [{ day, value }] : [];
    });
    const over = rows.filter(({ day }) => !isStillCounting(column, day, today));
    const said = sayWords(column, over, index) ?? sayRangeOf(column.name, days, rows, isChosen);
    return said === null ? [] : [said];
  });
  const goal = isChosen && !shown.some(({ name }) => goalColumns.includes(name)) ? null : sayGoals(input);
  if (parts.length === 0) return goal === null ? null : `${rows.length} days; ${goal}`;
  return `${rows.length} days; on average ${parts.join("; ")}${goal === null ? "" : `. ${goal}`}`;
}

/** If a column of words has more than this many different words, the summary gives only the number of its values. */
const mostWords = 5;

/**
 * Example: "resilience solid on 5 days, strong on 2, latest strong on Fri 20 Nov 2026". Null for a column of numbers.
 */
function sayWords({ name }: Column, rows: SummaryInput["rows"], index: number): string | null {
  const words = rows.flatMap(({ day, values }) => {
    const value = values[index];
    return typeof value === "string" ? [{ day, value }] : [];
  });
  const latest = words.at(-1);
  if (latest === undefined) return null;
  const counts = [...Map.groupBy(words, ({ value }) => value)].toSorted(([, one], [, two]) => two.length - one.length);
  const said = counts.map(
    ([word, { length }], place) => `${word} on ${length}${place > 0 ? "" : length === 1 ? " day" : " days"}`,
  );
  const counted = counts.length > mostWords ? `${words.length} values` : said.join(", ");
  return `${labelOf(name)} ${counted}, latest ${latest.value} on ${formatDay(latest.day)}`;
}

/**
 * The columns about the activity goal. When a question names only other columns, the summary does not mention the goal.
 */
const goalColumns: readonly string[] = ["goal_kcal", "goal_m", "to_goal_m"];

/** A day's active energy and the goal for it, in kcal. */
interface GoalDay {
  day: IsoDay;
  active_calories: number | null;
  target_calories: number | null;
}

/** The summary names the days on which the activity goal was reached if there are at most this many. */
const mostGoalDays = 7;

/**
 * Example: "Activity goal reached on 3 of 6 measured days (14–16 Nov 2026)". Today is left out because it is not over.
 */
function sayGoals({ activity, rows, today }: SummaryInput): string | null {
  const newest = new Map(activity.map((one) => [one.day, one]));
  const judged = rows.flatMap(({ day }) => {
    const { active_calories: active = null, target_calories: goal = null } = newest.get(day) ?? {};
    return day === today || active === null || goal === null || goal <= 0 ? [] : [{ day, isReached: active >= goal }];
  });
  if (judged.length === 0) return null;
  const reached = judged.filter(({ isReached }) => isReached).map(({ day }) => day);
  const named =
    reached.length > 0 && reached.length <= mostGoalDays && reached.length < judged.length
      ? ` (${sayDays(formatDays(reached))})`
      : "";
  return `Activity goal reached on ${reached.length} of ${judged.length} measured days${named}`;
}

/** Example: "sleep score 78 (n 14; lowest 61 on Sat 14 Nov, highest 88 on Tue 17 Nov)". */
function sayRangeOf(
  name: string,
  days: readonly DayValue[],
  rows: readonly { day: IsoDay }[],
  saysLatest: boolean,
): string | null {
  const [start, end] = [rows[0]?.day, rows.at(-1)?.day];
  if (start === undefined || end === undefined) return null;
  const said = sayMeanWithEnds(days, {
    say: (value) => sayAmount(name, value),
    addsUp: addsUp.test(name),
    within: { start, end },
    saysLatest,
  });
  return said === null ? null : [labelOf(name), said].filter((part) => part !== "").join(" ");
}

/**
 * Example: "advised bedtime 22:30-23:15 (earlier)". Words of Oura that this code does not know are left out. Null when
 * nothing is left.
 */
function sayAdvice(advice: string | number): string | null {
  const [, time = "", words = ""] = /^(\d\d:\d\d-\d\d:\d\d)? ?(.*)$/.exec(`${advice}`) ?? [];
  const known = words === otherWord ? "" : words;
  if (time === "" && known === "") return null;
  return `advised bedtime ${time === "" ? known : `${time}${known === "" ? "" : ` (${known})`}`}`;
}

function phrase(value: Value, say: (value: string | number) => string | null): string | null {
  return value === null ? null : say(value);
}
